"""Columns, panels and bands: what each column holds, and in which unit."""

from __future__ import annotations

import pytest

from reportcheck.extract.columns import Column
from reportcheck.extract.grid import Band
from reportcheck.extract.tabular import cell_facts, read_sheets
from tables import document_of, sheet_of, text_of


def bands(*rows: str, unit: str = "万元", caption: str = "") -> tuple[Band, ...]:
    return sheet_of(*rows, unit=unit, caption=caption).grid.bands


def columns(*rows: str, unit: str = "万元", caption: str = "") -> list[str]:
    """``kind unit`` of each column of the only band; ``-`` for no unit."""
    (band,) = bands(*rows, unit=unit, caption=caption)
    return [described(column) for column in band.columns]


def described(column: Column) -> str:
    if column.unit is None:
        return f"{column.kind} -"
    return f"{column.kind} {column.unit.symbol or column.unit.dimension}"


def panels(*rows: str, unit: str = "万元") -> list[tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]]:
    (band,) = bands(*rows, unit=unit)
    return [(panel.labels, panel.codes, panel.values) for panel in band.panels]


# --- kinds and units ----------------------------------------------------------------------


def test_columns_of_many_kinds() -> None:
    assert columns(
        "序号|项目|预算数（元）|决算数|增减额|增减%|占比|执行率|备注",
        "1|甲|1.00|2.00|1.00|100.00|40.1%|88.1%|按期",
        "2|乙|3.00|4.00|1.00|33.33|59.9%|77.7%|按期",
    ) == [
        "index 万元",
        "label 万元",
        "amount 元",
        "amount 万元",
        "difference 万元",
        "growth %",
        "share %",
        "rate %",
        "note 万元",
    ]


def test_columns_of_a_score_sheet() -> None:
    assert columns(
        "指标|年度指标值|实际完成值|分值|扣分|得分",
        "数量|≥3个|4个|10|1|9",
        "质量|≥90%|95%|20|2|18",
        unit="",
    ) == ["label -", "target -", "completion -", "weight 分", "deduction 分", "score 分"]


def test_a_weight_is_whole_and_a_score_may_be_rounded() -> None:
    (band,) = bands("指标|分值|得分", "数量|10|9", "质量|20|18", unit="")
    assert [column.unit.counted for column in band.columns[1:] if column.unit] == [True, False]


@pytest.mark.parametrize(
    ("header", "fields", "expected"),
    [
        # The words of the header, or the signs in most of its cells, make a percentage.
        ("执行率", ["88.1", "77.2"], "rate %"),
        ("执行率", ["0.881", "0.772"], "rate ratio"),
        ("执行率（%）", ["0.88", "1.00"], "rate %"),
        ("执行情况", ["88.1%", "77.2%"], "completion 万元"),
        ("比上年", ["12.11%", "-5.22%"], "growth %"),
        ("比上年", ["12.11", "-5.22"], "difference 万元"),
        ("占总支出", ["12.11%", "5.22%"], "share %"),
        ("占预算", ["12.11%", "5.22%"], "rate %"),
        ("利率", ["3.11", "4.22"], "amount 万元"),
        ("人数", ["3", "4"], "amount number"),
        ("数量（台）", ["3", "4"], "amount 台"),
        ("编制数(人)", ["3", "4"], "amount 人"),
        ("金额（元）", ["3.11", "4.22"], "amount 元"),
        ("人均支出", ["3.11", "4.22"], "average -"),
        ("单价（元）", ["3.11", "4.22"], "average 元"),
        ("年末结余", ["3.11", "4.22"], "difference 万元"),
        ("文号", ["3", "4"], "index 万元"),
        ("备注", ["按期", "按期"], "note 万元"),
        ("备注", ["3.11", "4.22"], "amount 万元"),
        ("其他", ["", ""], "empty 万元"),
        ("科室", ["甲科", "乙科"], "label 万元"),
        ("责任单位", ["甲局", "乙局"], "note 万元"),
        # Mostly words, and some figures.
        ("其他", ["甲局", "乙局", "3.11"], "label 万元"),
    ],
)
def test_a_column_by_its_header_and_its_cells(header: str, fields: list[str], expected: str) -> None:
    rows = [f"{label}|{field}|1.11" for label, field in zip("甲乙丙", fields, strict=False)]
    assert columns(f"项目|{header}|金额", *rows)[1] == expected


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        # Counted from one; years; codes of two lengths: these number their rows.
        (["1", "2", "3"], "index"),
        (["2021", "2022", "2023"], "index"),
        (["205", "20502", "2050201"], "index"),
        (["1", "2"], "amount"),
        (["3", "2", "1"], "amount"),
        (["2021.00", "2022.00", "2023.00"], "amount"),
        (["2021", "2022", "2019"], "amount"),
        (["205", "206", "207"], "amount"),
    ],
)
def test_figures_that_number_their_rows(fields: list[str], kind: str) -> None:
    rows = [f"{field}|{label}|1.11" for label, field in zip("甲乙丙", fields, strict=False)]
    assert columns("类别|项目|金额", *rows)[0].split()[0] == kind


@pytest.mark.parametrize(
    ("unit", "caption", "header", "expected"),
    [
        ("万元", "", "甲数|乙数", "amount 万元"),
        ("元", "", "甲数|乙数", "amount 元"),
        ("万元、%", "", "甲数|乙数", "amount 万元"),
        ("人", "", "甲数|乙数", "amount 人"),
        ("人、辆", "", "甲数|乙数", "amount number"),
        # Whole figures without a word of money are counts.
        ("", "", "甲数|乙数", "amount number"),
        ("", "支出情况表", "甲数|乙数", "amount -"),
        ("", "", "甲金额|乙金额", "amount -"),
    ],
)
def test_the_unit_of_a_table(unit: str, caption: str, header: str, expected: str) -> None:
    assert columns(f"项目|{header}", "甲|31|20", "乙|42|51", unit=unit, caption=caption)[1] == expected


def test_the_header_of_the_stub_names_the_unit_of_amounts() -> None:
    assert columns("项目资金（万元）|预算数|执行率", "总额|12.11|88.1%", "拨款|11.11|77.1%", unit="") == [
        "label 万元",
        "amount 万元",
        "rate %",
    ]


def test_a_number_in_brackets_is_no_unit() -> None:
    assert columns("项目|预算（1）|支出（2023）", "甲|12.5|20.11", "乙|14.5|51.22")[1:] == [
        "amount 万元",
        "amount 万元",
    ]


def test_the_unit_of_one_column_is_not_that_of_the_others() -> None:
    assert columns("项目|面积|投资（万元）", "甲|12.5|20.11", "乙|14.5|51.22", unit="") == [
        "label -",
        "amount -",
        "amount 万元",
    ]


def test_a_column_whose_figures_all_begin_further_left_repeats_them() -> None:
    assert columns("项目|金额|补充", "甲|1.11|<", "乙|2.22|<")[1:] == ["amount 万元", "repeat 万元"]


def test_words_that_run_on_from_the_left_belong_to_the_column_in_which_they_begin() -> None:
    rows = ["项目|预算数|执行数", "总额|12.11|10.11", "按性质分|<|", "基本支出：1.10|<|", "项目支出：11.01|<|"]
    assert [each.split()[0] for each in columns(*rows)] == ["label", "amount", "amount"]


# --- panels and bands ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["项目|预算|决算", "甲|1.11|2.22", "乙|3.33|4.44"], [((0,), (), (1, 2))]),
        # Two sides, each with its stub.
        (
            ["收入|<|支出|<", "项目|决算数|项目|决算数", "甲|1.11|丙|2.22", "乙|3.33|丁|4.44"],
            [((0,), (), (1,)), ((2,), (), (3,))],
        ),
        (["收入|金额|支出|金额", "甲|1.11|丙|2.22", "乙|3.33|丁|4.44"], [((0,), (), (1,)), ((2,), (), (3,))]),
        (
            ["资产|期末|期初|负债和净资产|期末|期初", "甲|1.11|1.22|丙|2.22|2.33", "乙|3.33|3.44|丁|4.44|4.55"],
            [((0,), (), (1, 2)), ((3,), (), (4, 5))],
        ),
        (["项目|金额|备注", "甲|1.11|按期", "乙|2.22|按期"], [((0,), (), (1,))]),
        # Names of groups and of rows, codes, and what only describes a row.
        (["类别|项目|金额", "甲|子|1.11", "^|丑|2.22", "乙|寅|3.33"], [((0, 1), (), (2,))]),
        (["项目|责任单位|金额", "甲|子局|1.11", "乙|子局|2.22"], [((0,), (), (2,))]),
        (["项目|单位|数量", "面积|平方米|1.11", "户数|户|222"], [((0,), (), (2,))]),
        (
            ["科目编码|科目名称|金额", "205|教育支出|1.11", "20502|普通教育|1.11", "2050201|学前教育|1.11"],
            [((1,), (0,), (2,))],
        ),
        (
            ["类|款|项|科目名称|金额", "205|02|02|甲|1.11", "205|02|99|乙|1.11", "210|03|01|丙|1.11"],
            [((3,), (0, 1, 2), (4,))],
        ),
        (["序号|项目|金额", "1|甲|1.11", "2|乙|2.22", "3|丙|2.22"], [((1,), (), (2,))]),
        (["预算|决算", "1.11|2.22", "3.33|4.44"], [((), (), (0, 1))]),
    ],
)
def test_panels(rows: list[str], expected: list[object]) -> None:
    assert panels(*rows) == expected


def test_codes_that_count_up_are_still_codes() -> None:
    assert panels(
        "类|款|项|科目名称|金额",
        "205|||教育支出|43.66",
        "205|02||普通教育|43.66",
        "205|02|01|学前教育|20.41",
        "205|02|02|小学教育|23.25",
    ) == [((3,), (0, 1, 2), (4,))]


@pytest.mark.parametrize(
    ("header", "labels"),
    [("日期", ["上年结转", "1月", "合计"]), ("级别", ["省级", "市级", "合计"]), ("年度", ["2022", "2023", "合计"])],
)
def test_a_column_of_words_names_its_rows_whatever_its_header(header: str, labels: list[str]) -> None:
    rows = [f"{label}|1.11|2.22" for label in labels]
    sheet = sheet_of(f"{header}|收入|支出", *rows)
    assert [row.total for part in sheet.parts for row in part.rows] == [False, False, True]


def test_a_form_has_a_band_for_each_block() -> None:
    rows = (
        "项目资金（万元）||全年预算数|全年执行数|分值|执行率|得分",
        "^|年度资金总额|120.50|101.33|10|84.09%|8.41",
        "一级指标|二级指标|年度指标值|实际完成值|分值|得分|原因",
        "产出指标|数量|≥20个|21个|50|50|",
        "效益指标|满意度|≥95%|96%|40|40|",
        "总分|<|<|<|100|98.41|",
    )
    first, second = bands(*rows, unit="")
    assert [(band.number, band.first, band.last) for band in (first, second)] == [(0, 1, 2), (1, 3, 6)]
    assert [described(column) for column in first.columns] == [
        "label 万元",
        "label 万元",
        "amount 万元",
        "amount 万元",
        "weight 分",
        "rate %",
        "score 分",
    ]
    assert [column.kind for column in second.columns] == [
        "label",
        "label",
        "target",
        "completion",
        "weight",
        "score",
        "empty",
    ]


def test_a_table_without_figures_is_no_sheet() -> None:
    assert read_sheets(document_of(text_of(["项目|内容", "甲|养护", "乙|维修"]))) == ()


# --- facts --------------------------------------------------------------------------------


def test_a_fact_for_each_figure_and_one_for_a_merged_cell() -> None:
    sheet = sheet_of("项目|预算数|执行率", "甲|1.11|88.8%", "乙|2.22|^", caption="表1 支出情况表")
    assert [
        (fact.indicator, fact.role, fact.scope, fact.quantity.text, fact.quantity.unit.symbol)
        for fact in cell_facts([sheet])
    ] == [
        ("甲·预算数", "amount", "表1 支出情况表", "1.11", "万元"),
        ("甲·执行率", "rate", "表1 支出情况表", "88.8%", "%"),
        ("乙·预算数", "amount", "表1 支出情况表", "2.22", "万元"),
    ]


def test_a_row_may_name_the_unit_of_its_figures() -> None:
    sheet = sheet_of("项目|单位|上年|本年", "面积|平方米|11.5|12.5", "投资（万元）||3.3|4.4", "执行率||88|99", unit="")
    assert [(f.indicator, f.quantity.text, f.quantity.unit.symbol) for f in cell_facts([sheet])] == [
        ("面积·上年", "11.5", "平方米"),
        ("面积·本年", "12.5", "平方米"),
        ("投资（万元）·上年", "3.3", "万元"),
        ("投资（万元）·本年", "4.4", "万元"),
        ("执行率·上年", "88", "%"),
        ("执行率·本年", "99", "%"),
    ]


SIDES = (
    "年度预算（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
    "^|年度资金总额|100.00|120.50|101.33|10|84.09%|8.41",
    "^|按收入性质分|<|101.33|按支出性质分|<|101.33|<",
    "^|其中：一般公共预算|<|90.11|其中：基本支出|<|61.13|<",
    "^|其他资金|<|11.22|项目支出|<|40.20|<",
)


def test_names_and_figures_side_by_side_below_a_header_are_not_under_it() -> None:
    first, second = bands(*SIDES, unit="")
    assert [(band.first, band.last) for band in (first, second)] == [(1, 2), (2, 5)]
    assert [(panel.labels, panel.values) for panel in second.panels] == [((0, 1), (3,)), ((4,), (6,))]
    assert described(second.columns[3]) == described(second.columns[6]) == "amount 万元"


def test_figures_of_both_kinds_below_one_header_stay_under_it() -> None:
    assert len(bands(*SIDES, "^|结转资金|2.00|3.00|4.00|5|80.00%|4.00", unit="")) == 1
