"""Rows of a panel: what their labels say, and how they belong to one another."""

from __future__ import annotations

import pytest

from reportcheck.extract.rows import Row, levels, parents, read_rows
from tables import sheet_of


def rows(*fields: str, header: str = "项目|金额") -> tuple[Row, ...]:
    (part,) = sheet_of(header, *fields).parts
    assert part.rows == read_rows(sheet_of(header, *fields).grid, part.band, part.panel)
    return part.rows


def row(label: str, *others: str) -> Row:
    """The row with this label, above others that tell its order."""
    return rows(f"{label}|1.11", "甲|2.22", *(f"{other}|1.11" for other in others))[0]


def belonging(way: str, *fields: str, header: str = "项目|金额") -> dict[str, str]:
    """For each row that belongs to another this other, both by label, in one way to read their order."""
    found = rows(*fields, header=header)
    names = {each.index: each.label for each in found}
    tree = parents(found, levels(found)[way], way == "code")
    return {names[index]: names[above] for index, above in tree.items() if above is not None}


# --- labels -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "total"),
    [
        ("合计", True),
        ("小　计", True),
        ("总计", True),
        ("本年收入合计", True),
        ("合计（万元）", True),
        ("（七）总计", True),
        ("全市政府性基金预算收入", True),
        ("总分", True),
        ("承前页", True),
        ("合计（剔重）", False),
        ("会计服务", False),
        ("累计完成", False),
        ("合计划", False),
        ("甲", False),
        ("", False),
    ],
)
def test_labels_of_totals(label: str, total: bool) -> None:
    assert row(label).total is total


def test_a_total_may_be_told_by_the_first_of_several_labels() -> None:
    found = rows("甲|子|1.11", "^|丑|1.11", "合计|二项|2.22", header="类别|项目|金额")
    assert [each.total for each in found] == [False, False, True]


@pytest.mark.parametrize(
    ("label", "depth", "number"),
    [
        ("一、教育支出", 1, 1),
        ("十二、其他支出", 1, 12),
        ("（三）小学", 2, 3),
        ("2.业务费", 3, 2),
        ("⑤差旅费", 5, 5),
        ("教育支出", 99, 0),
    ],
)
def test_numbers_of_labels(label: str, depth: int, number: int) -> None:
    assert (row(label).depth, row(label).number) == (depth, number)


@pytest.mark.parametrize(
    ("label", "among", "indent"),
    [
        ("其中：小学", True, 6),
        ("　其中:小学", True, 8),
        ("含：小学", True, 6),
        ("1.其中：小学", True, 6),
        ("　　小学", False, 4),
        ("小学", False, 0),
        ("其他", False, 0),
    ],
)
def test_labels_set_in_by_blanks_or_by_their_words(label: str, among: bool, indent: int) -> None:
    assert (row(label).among, row(label).indent) == (among, indent)


def test_signs_go_on_to_the_next_sign_or_number() -> None:
    found = rows(
        "一、年初结转|1.11",
        "加：拨款收入|1.11",
        "　　其他收入|1.11",
        "减：支出|1.11",
        "　　上缴|1.11",
        "二、年末结余|1.11",
    )
    assert [(each.label, each.sign, each.depth) for each in found] == [
        ("一、年初结转", 1, 1),
        ("加：拨款收入", 1, 1),
        ("其他收入", 1, 1),
        ("减：支出", -1, 1),
        ("上缴", -1, 1),
        ("二、年末结余", 1, 1),
    ]


@pytest.mark.parametrize(
    ("code", "read"),
    [("205", "205"), ("20502", "20502"), ("1.2", "1.2."), ("7", "7."), ("二", "")],
)
def test_codes_of_one_column(code: str, read: str) -> None:
    fields = [f"{code}|甲|1.11", "30101|乙|1.11", "30102|丙|1.11", "30199|丁|1.11"]
    assert rows(*fields, header="科目编码|科目名称|金额")[0].code == read


def test_codes_of_three_columns_are_joined() -> None:
    found = rows(
        "205|||教育|1.11",
        "205|02||普教|1.11",
        "205|02|02|小学|1.11",
        "205|02|99|其他|1.11",
        "合计|<|<|<|1.11",
        header="类|款|项|科目名称|金额",
    )
    assert [each.code for each in found] == ["205", "20502", "2050202", "2050299", ""]
    assert [each.total for each in found] == [False, False, False, False, True]


def test_rows_that_share_a_merged_label() -> None:
    found = rows("甲|子|1.11", "^|丑|1.11", "乙|寅|1.11", "合计|<|3.33", header="类别|项目|金额")
    assert [(each.label, each.group, each.group_rows) for each in found] == [
        ("子", "t1.r2c1", (1, 3)),
        ("丑", "t1.r2c1", (1, 3)),
        ("寅", "", (0, 0)),
        ("合计", "", (0, 0)),
    ]


def test_rows_without_figures_and_blank_rows() -> None:
    found = rows("一、收入|", "甲|1.11", "|", "乙|2.22", "注：略|")
    assert [(each.label, each.empty, each.apart) for each in found] == [
        ("一、收入", True, False),
        ("甲", False, False),
        ("乙", False, True),
        ("注：略", True, False),
    ]


def test_notes_below_the_table_are_no_rows() -> None:
    assert [each.label for each in rows("甲|1.11", "乙|2.22", "注：单位为万元|<")] == ["甲", "乙"]


def test_rows_that_a_column_before_them_numbers() -> None:
    found = rows("1|甲|1.11", "|其中|1.11", "2|乙|1.11", "3|丙|1.11", header="序号|项目|金额")
    assert [each.listed for each in found] == [True, False, True, True]


def test_units_in_the_label_and_beside_it() -> None:
    found = rows("面积|平方米|1.11", "投资（万元）||1.11", "执行率||88", "覆盖率||0.9", header="项目|单位|数量")
    units = [
        tuple(unit.symbol if unit else None for unit in (each.unit, each.unit_beside, each.percent)) for each in found
    ]
    assert units == [(None, "平方米", None), ("万元", None, None), (None, None, "%"), (None, None, "")]


# --- order --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "header", "ways"),
    [
        (["甲|1.11", "乙|1.11"], "项目|金额", ["flat"]),
        (["一、甲|1.11", "二、乙|1.11"], "项目|金额", ["flat"]),
        (["一、甲|1.11", "1.乙|1.11"], "项目|金额", ["number", "flat"]),
        (["甲|1.11", "　乙|1.11"], "项目|金额", ["indent", "flat"]),
        (["一、甲|1.11", "　乙|1.11"], "项目|金额", ["both", "number", "indent", "flat"]),
        (["205|甲|1.11", "20502|乙|1.11", "20503|丙|1.11"], "科目编码|科目名称|金额", ["code", "flat"]),
        (["1|甲|1.11", "|子|1.11", "2|乙|1.11", "3|丙|1.11"], "序号|项目|金额", ["list", "flat"]),
        # A total tells nothing of the order of the others.
        (["一、甲|1.11", "二、乙|1.11", "合计|1.11"], "项目|金额", ["flat"]),
    ],
)
def test_ways_to_read_the_order(fields: list[str], header: str, ways: list[str]) -> None:
    assert list(levels(rows(*fields, header=header))) == ways


@pytest.mark.parametrize(
    ("way", "fields", "expected"),
    [
        (
            "number",
            ["一、甲|1.11", "（一）子|1.11", "1.寅|1.11", "（二）丑|1.11", "二、乙|1.11", "1.卯|1.11"],
            {"（一）子": "一、甲", "1.寅": "（一）子", "（二）丑": "一、甲", "1.卯": "二、乙"},
        ),
        (
            "indent",
            ["甲|1.11", "　子|1.11", "　　寅|1.11", "　丑|1.11", "乙|1.11"],
            {"子": "甲", "寅": "子", "丑": "甲"},
        ),
        ("flat", ["甲|1.11", "　子|1.11"], {}),
        # A total without a number ends what stands above it, and belongs to nothing.
        ("indent", ["甲|1.11", "　子|1.11", "小计|1.11", "　丑|1.11"], {"子": "甲"}),
        ("indent", ["甲|1.11", "　子|1.11", "|", "　丑|1.11"], {"子": "甲"}),
        # A numbered total is a row like any other.
        (
            "number",
            ["一、合计|1.11", "（一）甲|1.11", "（二）乙|1.11", "二、丙|1.11"],
            {"（一）甲": "一、合计", "（二）乙": "一、合计"},
        ),
    ],
)
def test_the_row_that_a_row_belongs_to(way: str, fields: list[str], expected: dict[str, str]) -> None:
    assert belonging(way, *fields) == expected


def test_a_code_belongs_only_to_one_that_it_begins_with() -> None:
    fields = ["205|教育|1.11", "20502|普教|1.11", "2050202|小学|1.11", "2080501|养老|1.11", "210|卫生|1.11"]
    assert belonging("code", *fields, header="科目编码|科目名称|金额") == {"普教": "教育", "小学": "普教"}
