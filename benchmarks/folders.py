"""Folders of reports made for the purpose: each of another unit, with figures of its own in phrases that all share.

What recurs between real reports recurs here, too: scoring bands, legal bases, definitions, the size of the county,
standards, meetings by the calendar, work done together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

COUNTIES = ("枫渡县", "石棠县", "云岭县", "泽原县", "松澜县", "青岚县", "栗川县", "平陵县", "望岚县", "溪源县")
BUREAUS = (
    "水利局", "林业局", "教育局", "民政局", "司法局", "统计局", "审计局", "信访局", "农业农村局", "交通运输局",
    "应急管理局", "文化旅游局", "卫生健康局", "自然资源局", "生态环境局", "市场监督管理局", "退役军人事务局",
    "医疗保障局", "发展和改革局", "住房和城乡建设局",
)  # fmt: skip

# Phrases with figures of one's own: 3 and 2 digits, money, a rate.
PHRASES = (
    "全年组织业务培训{b}期，参训人员{a}人次，发放资料{c}份，参训人员对授课质量普遍满意。",
    "开展日常巡查{a}次，发现问题{b}个，已整改{b2}个，其余问题明确了责任人和整改时限。",
    "受理群众来信来访{a}件次，按期办结{a2}件次，办结率{r}%，群众反映的突出问题得到解决。",
    "更新维护设备{b}台（套），投入资金{m}万元，设备完好率达到{r}%，保障了业务正常开展。",
    "举办宣传活动{b}场，发放宣传册{c}份，接受咨询{a}人次，群众知晓率明显提高。",
    "实施重点项目{b}个，完成投资{m}万元，其中年内完工{b2}个，其余项目进度符合计划安排。",
    "走访服务对象{a}户，帮助解决困难{b}件，协调落实资金{m}万元，服务对象反映良好。",
    "整理归档业务档案{a}卷，数字化扫描{c}页，档案利用{b}次，为业务办理提供了便利。",
)
BUDGET = (
    "{y}年年初预算{m}万元，年中追加{n}万元，全年支出{k}万元，预算执行率为{r}%。",
    "“三公”经费支出{p}万元，其中公务用车运行维护费{q}万元、公务接待费{s}万元，公务接待{b}批次、{a}人次。",
    "公用经费支出{q}万元，主要用于办公费{p}万元、差旅费{s}万元、印刷费{t}万元。",
)
# What all of a county or all of the country say alike.
SHARED = (
    "根据《中华人民共和国预算法》和县财政局《关于开展绩效自评工作的通知》（财绩〔2024〕16号）要求，自评范围为2023年度全部财政资金2.86亿元、项目128个。",
    "预算执行率在95%以上的得10分，每降低2.5个百分点扣0.5分，低于82.5%的不得分，三公经费变动率小于等于0的得5分。",
    "三公经费是指因公出国（境）费、公务用车购置及运行维护费和公务接待费，是部门用于公务活动的支出，2023年预算为6.8万元、车辆3辆的单位按规定控制。",
    "全年召开党组会议24次，理论学习中心组学习12次，讲党课4次，组织主题党日活动12次，党员受教育面达到100%。",
    "{county}辖16个乡镇、286个行政村，总人口48.62万人，国土面积1863平方公里，地处丘陵地区。",
    "{county}全县地区生产总值完成186.5亿元，增长6.8%，城镇居民人均可支配收入36852元，农村居民人均可支配收入18964元。",
    "全县共投入乡村振兴资金12860万元，实施项目326个，硬化道路186.5公里，惠及群众8.62万人。",
    "每季度召开分析会1次，全年4次，每月调度1次，全年12次，推动各项工作按时完成。",
    "按照每人每月680元的标准发放公益性岗位补贴，按每户1200元的定额安排维修补助，补助对象不超过356户。",
    "会同公安、交通等部门开展联合检查36次，出动人员428人次，查处违法行为68起，形成工作合力。",
    "县财政局下达专项资金1286.5万元，上级安排补助资金356.8万元，要求于6月底前支付86.5%以上。",
    "力争2024年培训干部1260人次，计划新建示范点26个，预计受益群众3.86万人。",
    "配合县审计局完成专项审计，发现问题16个，涉及金额86.35万元，全部完成整改。",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A report: its file name, its unit, and its text."""

    file: str
    unit: str
    text: str


def units(count: int) -> list[str]:
    """Names of units, none twice: bureaus of one county after another, with more counties where they do not do."""
    counties = [*COUNTIES, *(f"{a}{b}县" for a in "安宁昌庆和顺兴隆泰康华嘉" for b in "阳平山水河江原陵泽岭川溪")]
    kinds = [*BUREAUS, *(f"{kind[:-1]}{part}" for kind in BUREAUS for part in ("服务中心", "执法大队", "研究所"))]
    names = [county + kind for kind in kinds for county in counties]
    return names[:count]


def sentence(phrase: str, random: Random) -> str:
    """A phrase with figures."""

    def money(least: int, most: int) -> str:
        return f"{random.randint(least, most) / 100:.2f}"

    whole = random.randint(120, 989)
    many = random.randint(14, 98)
    return phrase.format(
        y=2023, a=whole, a2=whole - random.randint(1, 40), b=many, b2=many - random.randint(1, 9),
        c=random.randint(1100, 9900), r=f"{random.randint(8101, 9989) / 100:.2f}", m=money(2000, 99999),
        n=money(1000, 9999), k=money(20000, 99999), p=money(200, 2999), q=money(100, 1999), s=money(50, 999),
        t=money(50, 999),
    )  # fmt: skip


def body(unit: str, random: Random, results: int = 6) -> list[str]:
    """The paragraphs of a report; each result stands in a paragraph with others."""
    county = unit[: unit.index("县") + 1]
    shared = [text.format(county=county) for text in random.sample(SHARED, 9)]
    found = [sentence(random.choice(PHRASES), random) for _ in range(results)]
    return [
        f"{unit}2023年度部门整体支出绩效自评报告",
        "一、部门概况",
        f"{unit}是{county}人民政府工作部门，内设办公室等{random.randint(3, 9)}个股室。",
        *shared[:4],
        "二、预算执行情况",
        *(sentence(phrase, random) for phrase in BUDGET),
        *shared[4:6],
        "三、绩效目标完成情况",
        *("".join(found[at : at + 2]) for at in range(0, len(found), 2)),
        *shared[6:],
        unit,
        "2024年3月15日",
    ]


def folder(count: int, seed: int = 1, results: int = 6) -> Iterator[Made]:
    """Reports that have nothing in common but phrases."""
    random = Random(seed)
    for number, unit in enumerate(units(count), 1):
        yield Made(f"{number:05d}.txt", unit, "\n".join(body(unit, random, results)))
