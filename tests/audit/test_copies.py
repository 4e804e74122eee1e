from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace

from reportcheck.audit import copies, strangers
from reportcheck.audit.across import Across
from reportcheck.audit.extract import extract_from, extract_of
from reportcheck.audit.folder import Folder
from reportcheck.audit.inspect import Inspection, inspect, packed, tasks_of, unpacked
from reportcheck.audit.passages import Kept, passages_of
from reportcheck.audit.submissions import submissions
from reportcheck.catalog import built_in
from reportcheck.checker import Settings
from reportcheck.extract.bodies import body_of
from reportcheck.extract.head import head
from reportcheck.model import Block, Document, Report, Table
from reportcheck.read.txt import blocks_of
from reportcheck.render.places import Places

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import folders

OWN = "开展执法检查126次，出动执法人员512人次，查处违法案件18起，罚没款36.85万元。"
MORE = "为356户困难家庭发放救助金128.64万元，惠及群众1287人次，资金全部通过银行代发。"
SAMPLE = "开展业务骨干培训12期，培训600人次，参训学员对授课内容表示满意。"
COMMON = "预算执行率在95%以上的得10分，每降低2.5个百分点扣0.5分，低于82.5%的不得分。"


def document(text: str, file: str = "a.txt") -> Document:
    return Document(file, "txt", *blocks_of(text))


def inspected(read: Document, submission: str = "") -> Inspection:
    found = head(read)
    report = Report(read, found.title, found.unit, found.year, (), (), ())
    return Inspection(
        name=read.path,
        submission=submission or read.path,
        key="",
        title=found.title,
        unit=found.unit,
        year=found.year,
        passages=packed(extract_of(report, "zh")),
    )


def inspection(file: str, text: str, submission: str = "") -> Inspection:
    return inspected(document(text, file), submission)


def report_of(unit: str, *paragraphs: str) -> str:
    return "\n".join((f"{unit}2023年度部门整体支出绩效自评报告", "一、绩效目标完成情况", *paragraphs))


def found_in(*inspections: Inspection) -> list[Across]:
    folder = Folder(inspections)
    return [*copies.find(folder, "zh"), *strangers.find(folder, "zh")]


def across(*texts: str) -> list[Across]:
    return found_in(*(inspection(f"{number}.txt", text) for number, text in enumerate(texts, 1)))


def in_short(found: Iterable[Across]) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return [(each.rule, each.severity, each.submissions, tuple(spot.text for spot in each.spots)) for each in found]


# --- a passage ------------------------------------------------------------------------------------------


def with_table(read: Document, rows: Sequence[Sequence[str]]) -> Document:
    cells = tuple(
        tuple(Block(f"t1.r{r}c{c}", text, "cell") for c, text in enumerate(row, 1)) for r, row in enumerate(rows, 1)
    )
    return replace(read, blocks=(*read.blocks, *(cell for row in cells for cell in row)), tables=(Table("t1", cells),))


def kept_in(read: Document, own: str = "") -> list[Kept]:
    return passages_of(read, Places(read, "zh"), body_of(own))


def kept_of(text: str) -> list[Kept]:
    return kept_in(document(text))


def figures(text: str) -> list[list[str]]:
    return [[value + unit for value, unit in kept.figures] for kept in kept_of(text)]


def test_a_sentence_with_two_results_is_a_passage() -> None:
    kept = kept_of("一、概况\n" + OWN)
    assert [(each.block, each.text, each.figures, each.wide) for each in kept] == [
        ("p2", OWN, (("126", "次"), ("512", "人次"), ("18", "起"), ("36.85", "万元")), "")
    ]


def test_sentences_are_taken_together_until_there_are_two_results() -> None:
    text = "全年新建农村供水工程14处，全部通水。铺设管网126公里，受益群众反映良好。全部工程按期完工。"
    assert figures(text) == [["14处", "126公里"]]


def test_a_passage_starts_with_its_own_first_result() -> None:
    assert figures("我局认真履职，各项工作有序推进。" + OWN + MORE) == [
        ["126次", "512人次", "18起", "36.85万元"],
        ["356户", "128.64万元", "1287人次"],
    ]


def test_what_stands_before_a_sentence_with_results_does_not_join_it() -> None:
    assert figures("全年发放宣传册3860份。" + OWN) == [["126次", "512人次", "18起", "36.85万元"]]


@pytest.mark.parametrize("row", built_in("across")["common"], ids=lambda row: row["name"])
def test_what_others_may_state_too_is_no_result(row: dict[str, str]) -> None:
    assert figures(row["example"] + "，各项工作按照要求推进到位。") == []
    assert figures(OWN + row["example"] + "。") == [["126次", "512人次", "18起", "36.85万元"]]


@pytest.mark.parametrize(
    "heading", ["二、年度绩效目标", "二、主要职责", "二、下一步工作打算", "二、评价指标体系和评分标准", "四、名词解释"]
)
def test_aims_and_tasks_are_no_results(heading: str) -> None:
    assert figures(f"一、绩效目标完成情况\n{OWN}\n{heading}\n{MORE}") == [["126次", "512人次", "18起", "36.85万元"]]


def test_the_column_tells_what_is_a_result() -> None:
    rows = (("年度总体目标", "预期目标", "实际完成情况"), ("年度总体目标", OWN, MORE))
    assert [kept.text for kept in kept_in(with_table(document("自评表"), rows))] == [MORE]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (f"全县{OWN}", "县"),
        (f"我市{OWN}", "市"),
        (f"枫渡县共{OWN}", "县"),
        (f"枫渡县林业局{OWN}", ""),
        (f"枫渡县民政局{OWN}", ""),
        (f"全市场{OWN}", ""),
    ],
)
def test_figures_of_a_whole_place_are_marked(text: str, level: str) -> None:
    assert [kept.wide for kept in kept_in(document(text), "枫渡县林业局")] == [level]


def test_the_inspection_of_a_file_keeps_its_passages(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(report_of("枫渡县林业局", OWN), encoding="utf-8")
    (tmp_path / "2.txt").write_text(report_of("云岭县民政局", OWN), encoding="utf-8")
    tasks = [task for submission in submissions(tmp_path) for task in tasks_of(submission, Settings())]
    made = [inspect(task) for task in tasks]
    kept = extract_from(unpacked(made[0].passages))
    assert (kept.kind, kept.names.own, [each.text for each in kept.passages]) == ("whole", "枫渡县林业局", [OWN])
    assert [each.rule for each in found_in(*made)] == ["passage-copied"]


def test_a_file_that_could_not_be_checked_is_left_out() -> None:
    assert found_in(Inspection("1.docx", "1.docx", "", code="damaged")) == []


# --- copies ---------------------------------------------------------------------------------------------


def test_the_same_results_in_two_reports_are_a_question_to_both() -> None:
    found = across(report_of("枫渡县林业局", OWN), report_of("云岭县民政局", OWN))
    assert found == [
        Across(
            "passage-copied",
            "warning",
            "有1处文字连同数字与云岭县民政局的报告相同（126次、512人次、18起、36.85万元），至少一份报告写的不是本单位的情况",
            ("1.txt", "2.txt"),
            found[0].spots,
        )
    ]
    assert [(spot.file, spot.place, spot.text) for spot in found[0].spots] == [
        ("1.txt", "第3行（绩效目标完成情况）", OWN),
        ("2.txt", "第3行（绩效目标完成情况）", OWN),
    ]


BUDGET = "项目预算237.91万元，支出210.07万元，预算执行率88.30%。"


def test_a_figure_that_others_imply_tells_nothing_more() -> None:
    (passage,) = kept_of(BUDGET)
    assert passage.figures == (("237.91", "万元"), ("210.07", "万元"), ("88.30", "%"))
    chances = dict(zip(passage.figures, (Fraction(1, 30000), Fraction(1, 30000), Fraction(1, 300)), strict=True))
    assert copies.independent(chances) == [("237.91", "万元"), ("88.30", "%")]
    apart = {("237.91", "万元"): Fraction(1, 9), ("36.85", "万元"): Fraction(1, 9), ("88.30", "%"): Fraction(1, 3)}
    assert copies.independent(apart) == list(apart)


def test_all_that_two_reports_share_is_one_finding() -> None:
    found = across(report_of("枫渡县林业局", OWN, MORE), report_of("云岭县民政局", MORE + OWN))
    assert in_short(found) == [("passage-copied", "warning", ("1.txt", "2.txt"), (OWN, OWN, MORE, MORE))]
    assert found[0].message.startswith(
        "有2处文字连同数字与云岭县民政局的报告相同（126次、512人次、18起、36.85万元等7项）"
    )


def test_a_few_other_words_hide_no_copy() -> None:
    changed = OWN.replace("开展执法检查", "组织开展检查")
    found = across(report_of("枫渡县林业局", OWN), report_of("云岭县民政局", "一年来，" + changed))
    assert in_short(found) == [("passage-copied", "warning", ("1.txt", "2.txt"), (OWN, "一年来，" + changed))]


def test_the_name_of_the_other_unit_tells_who_copied() -> None:
    named = "枫渡县林业局" + OWN
    found = across(report_of("云岭县民政局", named), report_of("枫渡县林业局", named))
    assert in_short(found) == [("passage-copied", "error", ("1.txt", "2.txt"), (named, named))]
    assert "文中还写着“枫渡县林业局”" in found[0].message
    again = across(report_of("枫渡县林业局", named), report_of("云岭县民政局", named))
    assert again[0].submissions == ("2.txt", "1.txt")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(OWN, OWN.replace("126", "127"), id="other figures"),
        pytest.param(OWN, "查处违法案件18起，罚没款36.85万元，执法人员出动512人次，共检查126次。", id="other words"),
        pytest.param(COMMON, COMMON, id="scoring bands"),
        pytest.param(SAMPLE.replace("600", "4"), SAMPLE.replace("600", "4"), id="numbers of the calendar"),
        pytest.param("全县" + OWN, "全县" + OWN, id="the whole county, in two counties' reports of one"),
    ],
)
def test_what_is_no_copy(one: str, other: str) -> None:
    assert across(report_of("枫渡县林业局", one), report_of("枫渡县民政局", other)) == []


def test_a_whole_county_tells_where_the_units_are_of_two_counties() -> None:
    found = across(report_of("枫渡县林业局", "全县" + OWN), report_of("云岭县林业局", "全县" + OWN))
    assert [each.rule for each in found] == ["passage-copied"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("枫渡县林业局", "枫渡县林业局", id="one unit"),
        pytest.param("枫渡县林业局", "安平市枫渡县林业局", id="one unit, with the larger place"),
        pytest.param("枫渡县水利局", "枫渡县水利局河道管理站", id="a part of it"),
        pytest.param("枫渡县人民政府", "枫渡县水利局", id="a government and a bureau of its place"),
        pytest.param("枫渡县白鹭镇人民政府", "枫渡县白鹭镇中心小学", id="a town and its school"),
    ],
)
def test_bodies_that_belong_together_say_the_same(one: str, other: str) -> None:
    assert across(report_of(one, OWN), report_of(other, OWN)) == []


@pytest.mark.parametrize(
    "said",
    ["我局下属单位有枫渡县河道管理站、枫渡县水库管理所。", "纳入汇总范围的单位包括县河道管理站。"],
)
def test_a_report_tells_who_belongs_to_the_unit(said: str) -> None:
    assert across(report_of("枫渡县水利局", said, OWN), report_of("枫渡县河道管理站", OWN)) == []
    assert len(across(report_of("枫渡县水利局", OWN), report_of("枫渡县河道管理站", OWN))) == 1


def test_a_form_tells_who_carries_out_a_project() -> None:
    rows = (("主管部门", "枫渡县农业农村局"), ("实施单位", "枫渡县白鹭镇人民政府"))
    one = inspected(with_table(document(report_of("枫渡县农业农村局", OWN), "1.txt"), rows))
    assert found_in(one, inspection("2.txt", report_of("枫渡县白鹭镇人民政府", OWN))) == []


def test_a_summary_of_towns_repeats_what_they_say() -> None:
    towns = [f"枫渡县{name}镇" for name in ("白鹭", "青石", "龙泉", "双溪", "大河")]
    lines = [f"{town}{OWN.replace('126', str(131 + number))}" for number, town in enumerate(towns)]
    summary = inspection("0.txt", report_of("枫渡县农业农村局", *lines))
    own = [inspection(f"{n}.txt", report_of(f"{town}人民政府", lines[n])) for n, town in enumerate(towns)]
    assert found_in(summary, *own) == []


def test_the_other_files_of_a_submission_tell_whose_a_form_is() -> None:
    form = inspection("a/form.txt", "自评表\n" + OWN, "a")
    report = inspection("a/report.txt", report_of("枫渡县林业局", MORE), "a")
    found = found_in(form, report, inspection("b.txt", report_of("云岭县民政局", OWN)))
    assert [each.submissions for each in found] == [("a", "b.txt")]


def test_a_unit_under_two_names_is_told_once() -> None:
    found = across(*(report_of(name, OWN) for name in ("枫渡县林业局", "安平市枫渡县林业局", "云岭县民政局")))
    assert [each.submissions for each in found] == [("1.txt", "3.txt")]


def test_files_of_one_submission_say_the_same() -> None:
    one, other = report_of("枫渡县林业局", OWN), report_of("云岭县民政局", OWN)
    assert found_in(inspection("a/1.txt", one, "a"), inspection("a/2.txt", other, "a")) == []


def test_nothing_is_told_where_it_is_not_known_whose_a_report_is() -> None:
    assert across(report_of("枫渡县林业局", OWN), "绩效自评报告\n" + OWN) == []


def test_the_name_of_the_file_tells_whose_a_report_is() -> None:
    found = found_in(
        inspection("1.txt", report_of("枫渡县林业局", OWN)), inspection("云岭县民政局自评.txt", "绩效自评报告\n" + OWN)
    )
    assert [each.submissions for each in found] == [("1.txt", "云岭县民政局自评.txt")]


# --- samples of the template ----------------------------------------------------------------------------


def test_what_many_units_say_alike_is_one_finding() -> None:
    names = folders.units(20)
    texts = [
        report_of(name, SAMPLE if n < 6 else SAMPLE.replace("12期，培训600", f"{n}期，培训{n * 37}"))
        for n, name in enumerate(names)
    ]
    found = across(*texts)
    assert [(each.rule, each.submissions) for each in found] == [
        ("template-left-shared", ("1.txt", "2.txt", "3.txt", "4.txt", "5.txt", "6.txt"))
    ]
    assert found[0].message.startswith("6个单位的报告写着同样的文字和数字（12期、600人次）")
    assert {spot.text for spot in found[0].spots} == {SAMPLE}


def test_figures_that_all_who_use_a_phrase_may_share_are_no_sample() -> None:
    names = folders.units(60)
    texts = [
        report_of(name, f"召开专题会议{3 + n % 4}次，印发工作简报{20 + n % 3 * 10}期，各项工作有序推进。")
        for n, name in enumerate(names)
    ]
    assert across(*texts) == []


def test_what_most_reports_of_a_kind_say_is_no_sample() -> None:
    names = folders.units(12)
    assert (
        across(*(report_of(name, SAMPLE if n < 7 else "各项工作完成较好。") for n, name in enumerate(names[:9]))) == []
    )
    found = across(*(report_of(name, SAMPLE if n < 6 else f"走访{n + 11}户。") for n, name in enumerate(names)))
    assert [(each.rule, len(each.submissions)) for each in found] == [("template-left-shared", 6)]


# --- other units' names ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("填报单位：枫渡县民政局", "枫渡县民政局"),
        ("枫渡县民政局2023年度部门整体支出为862.35万元。", "枫渡县民政局"),
        ("县民政局2023年度部门整体支出为862.35万元。", "县民政局"),
        ("二、枫渡县民政局概况", "枫渡县民政局"),
        ("枫渡县民政局\n2024年3月15日", "枫渡县民政局"),
    ],
)
def test_another_unit_stands_for_ones_own(line: str, name: str) -> None:
    found = across(report_of("枫渡县林业局", line), report_of("枫渡县民政局", "各项工作完成较好。"))
    assert in_short(found)[0] == ("other-unit-named", "error", ("1.txt", "2.txt"), (name,) * len(found[0].spots))
    assert len(found) == 1
    assert found[0].message == f"此处应为本单位（枫渡县林业局），写的却是“{name}”；该单位也报送了材料"


@pytest.mark.parametrize(
    "line",
    [
        "会同枫渡县民政局开展检查。",
        "根据枫渡县民政局2023年度部门决算批复，我局收到转入资金。",
        "原枫渡县民政局职责划入我局。\n填报单位：枫渡县民政局",
        "拨付枫渡县民政局救助资金126.85万元。",
        "主管部门：枫渡县民政局",
    ],
)
def test_other_units_are_named_rightly(line: str) -> None:
    assert across(report_of("枫渡县林业局", line), report_of("枫渡县民政局", "各项工作完成较好。")) == []


def test_a_title_left_over_is_told_where_all_else_names_another() -> None:
    text = report_of("枫渡县民政局", "填报单位：枫渡县林业局", "枫渡县林业局2023年度部门整体支出为862.35万元。")
    found = across(text, report_of("枫渡县民政局", "各项工作完成较好。"))
    assert [(each.rule, each.submissions, each.spots[0].text) for each in found] == [
        ("other-unit-named", ("1.txt", "2.txt"), "枫渡县民政局")
    ]


# --- a whole folder -------------------------------------------------------------------------------------


def planted() -> tuple[list[Inspection], list[tuple[str, tuple[str, ...]]]]:
    """200 reports that share phrases, policies and facts of their county; in some of them something is copied."""
    made = list(folders.folder(200))
    texts = {each.file: each.text.split("\n") for each in made}
    file = [each.file for each in made]
    dice = random.Random(5)
    told: list[tuple[str, tuple[str, ...]]] = []

    def results(number: int) -> list[int]:
        lines = texts[file[number]]
        start = lines.index("三、绩效目标完成情况") + 1
        return [start, start + 1, start + 2]

    # Paragraphs as they stand, with words before them, and with the name of the unit.
    for one, other in ((3, 57), (11, 122), (40, 178)):
        for place in results(one)[:2]:
            texts[file[other]].insert(-4, texts[file[one]][place])
        told.append(("passage-copied", (file[one], file[other])))
    for one, other in ((21, 66), (90, 145)):
        for place in results(one)[:2]:
            texts[file[other]].insert(-4, "此外，" + texts[file[one]][place])
        told.append(("passage-copied", (file[one], file[other])))
    texts[file[77]][results(77)[0]] = made[77].unit + OWN
    texts[file[150]].insert(-4, made[77].unit + OWN)
    told.append(("passage-copied", (file[150], file[77])))
    # A sample of the template.
    many = sorted(dice.sample(range(200), 15))
    for number in many:
        texts[file[number]].insert(-4, SAMPLE)
    told.append(("template-left-shared", tuple(file[number] for number in many)))
    # Names.
    for own, other in ((30, 31), (101, 140)):
        texts[file[own]].insert(4, f"填报单位：{made[other].unit}")
        told.append(("other-unit-named", (file[own], file[other])))
    inspections = [inspection(each.file, "\n".join(texts[each.file])) for each in made]
    # The same unit once more.
    inspections.append(inspection("project.txt", "\n".join(texts[file[5]])))
    return inspections, sorted(told)


def test_what_was_planted_is_found_and_nothing_else() -> None:
    inspections, told = planted()
    found = found_in(*inspections)
    assert sorted((each.rule, each.submissions) for each in found) == told
    assert [each.severity for each in found if each.submissions == ("00151.txt", "00078.txt")] == ["error"]
    shuffled = list(inspections)
    random.Random(9).shuffle(shuffled)
    assert found_in(*shuffled) == found
