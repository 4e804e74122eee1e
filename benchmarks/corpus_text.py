"""The reports of a made-up corpus: figures that agree with each other, in phrases that all units share.

What is written here is in the format of the sources of the samples (`samples/sample_source.py`), so that a report can
be drawn as text, Word, PDF or workbook by the writers of the samples.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random

import folders

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
sys.path.insert(0, str(SAMPLES))

import generate  # type: ignore[import-not-found, unused-ignore]  # noqa: E402
from sample_docx import chinese  # type: ignore[import-not-found, unused-ignore]  # noqa: E402
from sample_figures import write_number  # type: ignore[import-not-found, unused-ignore]  # noqa: E402
from sample_source import Sample, elements  # type: ignore[import-not-found, unused-ignore]  # noqa: E402

FEWEST, MOST = 3, 8
OF_TOPIC = 10
OF_COUNTY = re.compile(r"\d+(?:\.\d+)?(?!月|\d|\.)")
NARRATIVES = 14
PHRASES = (
    *(phrase for phrase in folders.PHRASES if "办结率" not in phrase),
    "全年排查风险隐患{a}处，其中当场整改{b}处，挂牌督办{b2}处，对整改不到位的单位进行了约谈。",
    "办理行政许可事项{a}件，平均办理时间压缩到{b}个工作时，网上办理{a2}件，窗口服务评价良好。",
    "开展调研走访{b}次，形成调研报告{b2}篇，提出意见建议{a}条，为领导决策提供了参考。",
    "维修改造业务用房{a}平方米，更换老旧管线{c}米，支出{m}万元，办公条件得到改善。",
    "发放补助资金{m}万元，惠及{c}人，抽查发放情况{a}户，没有发现截留挪用现象。",
    "抽检样品{a}批次，检出不合格{b}批次，对不合格样品全部追溯来源并依法处理。",
    "新建和改造站点{b}个，铺设线路{m}公里，服务范围新增{c}人，运行情况总体平稳。",
    "印制政策解读手册{c}册，发送提醒短信{a}条，推送公众号文章{b}篇，阅读量稳步上升。",
    "采集更新基础数据{c}条，核实疑点信息{a}条，修正错误{b}处，数据质量进一步提高。",
    "清理超期未结事项{a}项，办结{a2}项，移交其他单位{b}项，遗留问题明显减少。",
    "聘请专家{b}人次参加论证评审，评审项目{b2}个，审减资金{m}万元，投资效益有所提高。",
    "组织应急演练{b}场，参演{a}人次，补充应急物资{c}件，应急处置能力得到检验。",
    "开展入户核查{c}户，核减不符合条件的{a}户，新增{b}户，做到应保尽保、应退尽退。",
    "化解矛盾纠纷{a}起，调解成功{a2}起，回访当事人{b}人，履约情况较好。",
    "栽植苗木{c}株，抚育管护{a}亩，补植补造{b}亩，成活情况经检查符合要求。",
    "检修巡护线路{a}公里，更换配件{c}个，处置故障{b}次，保证了系统正常运转。",
    "回收有效问卷{a}份，其中表示满意的{a2}份，对提出的{b}条意见逐条研究并作了答复。",
    "引导企业申报扶持项目{b}个，兑现奖补资金{m}万元，带动就业{a}人，企业反映良好。",
)
"""What is reported of results; each report has figures of its own in them."""

TOPICS = (
    "安全生产", "生态保护", "民生保障", "乡村振兴", "营商环境", "基层治理", "人才培养", "项目建设", "政务公开",
    "法治建设", "科技创新", "文明创建",
)  # fmt: skip
PROJECTS = (
    "业务能力提升", "基层站点维护", "信息系统运行", "公共服务保障", "安全隐患整治", "惠民补助发放",
    "设施设备更新", "宣传教育活动", "行业监管检查", "重点工程建设", "档案数字化", "人才队伍建设",
)  # fmt: skip
ITEMS = (
    ("投入", "预算编制", 10), ("投入", "目标设定", 10), ("过程", "预算执行", 10), ("过程", "资金管理", 10),
    ("过程", "资产管理", 10), ("产出", "产出数量", 15), ("产出", "产出质量", 15), ("效果", "社会效益", 10),
    ("效果", "满意度", 10),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """The money of a unit in a year, in hundredths of 万元, and its points in tenths. What follows from these is
    computed; ``previous`` is what was spent in the year before, if it is told."""

    carried: int
    added: int
    left: int
    people: int
    office: int
    cars: int
    guests: int
    projects: tuple[tuple[str, int, int], ...]
    points: tuple[int, ...]
    previous: int | None = None

    @property
    def basic(self) -> int:
        """Spent on staff and office."""
        return self.people + self.office

    @property
    def project(self) -> int:
        """Spent on projects."""
        return sum(spent for _, _, spent in self.projects)

    @property
    def spent(self) -> int:
        """Spent in all."""
        return self.basic + self.project

    @property
    def budget(self) -> int:
        """All that could be spent."""
        return self.spent + self.left

    @property
    def initial(self) -> int:
        """The budget at the beginning of the year."""
        return self.budget - self.carried - self.added


@dataclass(frozen=True, slots=True)
class Case:
    """A report to be written. ``extra`` are paragraphs of results besides its own; ``signed`` is the unit below it;
    ``form_spent`` is what its form states as spent, where that differs from the report; the form stands in the report,
    too, unless it is handed in ``apart``."""

    unit: str
    year: int
    figures: Figures
    seed: str
    extra: tuple[str, ...] = ()
    signed: str = ""
    form_spent: int | None = None
    apart: bool = False


def figures(random: Random, before: Figures | None = None) -> Figures:
    """Figures of a unit; of the year behind ``before``, if that is given."""
    projects = []
    for name in random.sample(PROJECTS, random.randint(3, 5)):
        budget = random.randint(4_000, 60_000)
        projects.append((name, budget, budget * random.randint(850, 999) // 1000))
    people, office = random.randint(30_000, 150_000), random.randint(4_000, 20_000)
    spent = people + office + sum(spent for _, _, spent in projects)
    left = spent * random.randint(20, 120) // 1000
    return Figures(
        carried=before.left if before else random.randint(1_000, 9_000),
        added=spent * random.randint(50, 150) // 1000,
        left=left,
        people=people,
        office=office,
        cars=random.randint(200, 1_500),
        guests=random.randint(50, 800),
        projects=tuple(projects),
        points=tuple(10 * most - random.choice((0, 0, 3, 5, 8, 12)) for _, _, most in ITEMS),
        previous=before.spent if before else None,
    )


def results(random: Random, topic: str, count: int = OF_TOPIC) -> list[str]:
    """Paragraphs of two sentences on the results of work of some kind."""
    told = [f"{topic}方面，" + folders.sentence(phrase, random) for phrase in random.sample(PHRASES, count)]
    return ["".join(told[at : at + 2]) for at in range(0, count, 2)]


# --- documents --------------------------------------------------------------------------------


def report(case: Case) -> Sample:
    """The self-evaluation report with its tables."""
    return _sample(case, [*_prose(case), "---", *_tables(case)], f"{case.unit}{case.year}年度部门整体支出绩效自评报告")


def form(case: Case) -> Sample:
    """The forms alone, as they are handed in as a workbook."""
    changed = case if case.form_spent is None else replace(case, figures=_with_spent(case.figures, case.form_spent))
    title = f"# {case.unit}{case.year}年度部门整体支出绩效自评表"
    return _sample(case, [title, *_form(changed), *_scores(case)], title[2:])


def accounts(case: Case) -> Sample:
    """The final accounts."""
    of, year = case.figures, case.year
    title = f"{case.unit}{year}年度部门决算公开说明"
    lines = [
        f"# {title}",
        "## 一、收入支出决算总体情况",
        f"{year}年度收入总计{_money(of.budget)}万元，其中本年收入{_money(of.initial + of.added)}万元，"
        f"年初结转和结余{_money(of.carried)}万元；支出总计{_money(of.budget)}万元，其中本年支出{_money(of.spent)}万元，"
        f"年末结转和结余{_money(of.left)}万元。",
        "## 二、支出决算情况",
        f"本年支出{_money(of.spent)}万元，其中：基本支出{_money(of.basic)}万元，占{_rate(of.basic, of.spent)}；"
        f"项目支出{_money(of.project)}万元，占{_rate(of.project, of.spent)}。",
        f"“三公”经费支出{_money(of.cars + of.guests)}万元，其中公务用车运行维护费{_money(of.cars)}万元，"
        f"公务接待费{_money(of.guests)}万元。",
        "^ 收入支出决算总表",
        "; 单位：万元",
        "| 收入 | < | 支出 | < |",
        "| 项目 | 金额 | 项目 | 金额 |",
        f"| 一、一般公共预算财政拨款收入 | {_money(of.initial + of.added)} | 一、基本支出 | {_money(of.basic)} |",
        f"| 二、其他收入 | 0.00 | 二、项目支出 | {_money(of.project)} |",
        f"| 本年收入合计 | {_money(of.initial + of.added)} | 本年支出合计 | {_money(of.spent)} |",
        f"| 年初结转和结余 | {_money(of.carried)} | 年末结转和结余 | {_money(of.left)} |",
        f"| 总计 | {_money(of.budget)} | 总计 | {_money(of.budget)} |",
    ]
    return _sample(case, lines, title)


def _sample(case: Case, lines: list[str], header: str) -> Sample:
    parts = elements(lines)
    return Sample(header, {"unit": case.unit, "year": case.year, "header": header}, parts, parts, (), ())


def _with_spent(of: Figures, spent: int) -> Figures:
    """Figures whose sum is another one, by what is spent on staff; the budget stays."""
    gap = spent - of.spent
    return replace(of, people=of.people + gap, left=of.left - gap)


def _prose(case: Case) -> Iterator[str]:
    random, of, year = Random(case.seed), case.figures, case.year
    county = case.unit[: case.unit.index("县") + 1]
    shared = [_local(text, county, year) for text in random.sample(folders.SHARED, 9)]
    told = random.sample(narratives(), NARRATIVES)
    topics = random.sample(TOPICS, random.randint(FEWEST, MOST))
    yield from (f"# {case.unit}{year}年度部门整体支出绩效自评报告", "## 一、部门概况", "### （一）机构情况")
    yield f"{case.unit}是{county}人民政府工作部门，内设办公室等{random.randint(3, 9)}个股室。"
    yield from (*shared[:3], "### （二）履职情况", *told[:4], "## 二、预算执行情况", "### （一）收支情况")
    yield from _money_told(of, year)
    yield from (*shared[3:5], "### （二）项目支出情况")
    for number, (name, budget, spent) in enumerate(of.projects, 1):
        share = _rate(spent, budget)
        yield f"{number}.{name}。项目预算{_money(budget)}万元，支出{_money(spent)}万元，预算执行率{share}。"
        yield told[3 + number]
    yield "## 三、履职成效"
    for number, topic in enumerate(topics, 1):
        yield from (f"### （{chinese(number)}）{topic}", *results(random, topic))
    yield from (f"### （{chinese(len(topics) + 1)}）其他工作", *case.extra, *told[9:12], *shared[5:7])
    points = sum(of.points)
    grade = next(grade for least, grade in ((900, "优"), (800, "良"), (600, "中"), (0, "差")) if points >= least)
    yield from ("## 四、自评结论", *told[12:13])
    yield f"按照评分指标，{year}年部门整体支出绩效自评得分{points / 10:.1f}分，等级为“{grade}”。"
    yield from ("## 五、存在的问题和改进措施", *told[13:], *shared[7:])
    yield from (f"@ {case.signed or case.unit}", f"@ {year + 1}年3月15日")


def _local(text: str, county: str, year: int) -> str:
    """A phrase that all share; what a county states of itself and of a year, with the figures of that one."""
    random = Random(f"{county} {year} {text}")

    def own(match: re.Match[str]) -> str:
        return "".join(random.choice("123456789") if digit.isdigit() else digit for digit in match[0])

    is_local = re.search("全县|会同|县审计局|县财政局下达", text) is not None
    return (OF_COUNTY.sub(own, text) if is_local else text).format(county=county)


def _money_told(of: Figures, year: int) -> Iterator[str]:
    yield (
        f"{year}年本年收入合计{_money(of.initial + of.added)}万元，其中年初预算{_money(of.initial)}万元、"
        f"年中追加{_money(of.added)}万元；加上年初结转{_money(of.carried)}万元，全年可用资金总计{_money(of.budget)}万元。"
    )
    yield (
        f"{year}年支出合计{_money(of.spent)}万元，预算执行率{_rate(of.spent, of.budget)}，"
        f"年末结转{_money(of.left)}万元。"
        f"其中：基本支出{_money(of.basic)}万元，占支出合计的{_rate(of.basic, of.spent)}；"
        f"项目支出{_money(of.project)}万元，占支出合计的{_rate(of.project, of.spent)}。"
    )
    yield f"基本支出由人员经费和公用经费组成：人员经费{_money(of.people)}万元，公用经费{_money(of.office)}万元。"
    yield (
        f"“三公”经费支出{_money(of.cars + of.guests)}万元，其中公务用车运行维护费{_money(of.cars)}万元，"
        f"公务接待费{_money(of.guests)}万元。"
    )
    if of.previous is not None:
        gap = of.spent - of.previous
        way = ("增加", "增长") if gap >= 0 else ("减少", "下降")
        yield (
            f"上年支出合计{_money(of.previous)}万元，本年支出合计比上年{way[0]}{_money(abs(gap))}万元，"
            f"{way[1]}{_rate(abs(gap), of.previous)}。"
        )


def _tables(case: Case) -> Iterator[str]:
    of = case.figures
    if not case.apart:
        yield from (*_form(case), *_scores(case))
    yield from ("^ 部门整体支出情况表", "; 单位：万元", "| 项目 | 金额 | 占本年支出比重 |")
    yield f"| 本年支出合计 | {_money(of.spent)} | 100% |"
    parts = [
        ("一、基本支出", of.basic),
        ("1.人员经费", of.people),
        ("2.公用经费", of.office),
        ("二、项目支出", of.project),
    ]
    for name, value in parts:
        yield f"| {name} | {_money(value)} | {_rate(value, of.spent)} |"
    yield from ("^ 项目支出明细表", "; 单位：万元", "| 序号 | 项目名称 | 预算数 | 支出数 | 执行率 |")
    for number, (name, budget, spent) in enumerate(of.projects, 1):
        yield f"| {number} | {name} | {_money(budget)} | {_money(spent)} | {_rate(spent, budget)} |"
    budget = sum(budget for _, budget, _ in of.projects)
    yield f"| 合计 | < | {_money(budget)} | {_money(of.project)} | {_rate(of.project, budget)} |"


def _form(case: Case) -> Iterator[str]:
    of = case.figures
    yield from (f"^ {case.year}年度部门整体支出绩效自评表", "; 单位：万元")
    yield f"| 单位名称 | {case.unit} | < | < | < |"
    yield "| 项目 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |"
    cells = (_money(of.initial), _money(of.budget), _money(of.spent), _rate(of.spent, of.budget))
    yield f"| 年度资金总额 | {' | '.join(cells)} |"


def _scores(case: Case) -> Iterator[str]:
    yield from ("^ 部门整体支出绩效评价得分表", "; 单位：分", "| 一级指标 | 二级指标 | 分值 | 得分 |")
    last = ""
    for (above, name, most), points in zip(ITEMS, case.figures.points, strict=True):
        yield f"| {'^' if above == last else above} | {name} | {most} | {points / 10:.1f} |"
        last = above
    yield f"| 合计 | < | {sum(most for _, _, most in ITEMS)} | {sum(case.figures.points) / 10:.1f} |"


@cache
def narratives() -> Sequence[str]:
    """Paragraphs without figures and names, out of the samples: what reports have between their figures."""
    samples = generate.samples()
    places = {place for sample in samples for place in re.findall("..(?=[县市区镇乡])", str(sample.options["unit"]))}
    return [
        element.text
        for sample in samples
        for element in sample.clean
        if element.kind == "text"
        and len(element.text) > 60
        and not re.search(r"\d|^（|^说明|^.是|[校院]|区级", element.text)
        and not any(place in element.text for place in places)
    ]


def _money(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}"


def _rate(part: int, whole: int) -> str:
    return str(write_number(Fraction(part, whole), "%"))
