"""Which rows are headers, and what stands above each column."""

from __future__ import annotations

import pytest

from reportcheck.extract.cells import matrix
from reportcheck.extract.headers import Header, find_headers
from tables import table_of


def headers(*rows: str) -> list[Header]:
    return find_headers(matrix(table_of(*rows)))


def paths(header: Header) -> list[str]:
    return ["/".join(cell.text for cell in path) for path in header.paths]


def extents(found: list[Header]) -> list[tuple[int, int]]:
    return [(header.top, header.bottom) for header in found]


def test_one_row() -> None:
    (header,) = headers("项目|预算数|决算数", "甲|1.11|2.22", "乙|3.33|4.44")
    assert (header.top, header.bottom, header.marks) == (0, 1, {})
    assert paths(header) == ["项目", "预算数", "决算数"]


def test_two_levels_joined_by_merged_cells() -> None:
    (header,) = headers("项目|预算数|<|决算数", "^|年初|全年|^", "甲|1.11|2.22|3.33", "乙|1.11|2.22|3.33")
    assert (header.top, header.bottom) == (0, 2)
    assert paths(header) == ["项目", "预算数/年初", "预算数/全年", "决算数"]


def test_three_levels() -> None:
    (header,) = headers(
        "单位|三公经费|<|<|<",
        "^|合计|公务用车|<|接待费",
        "^|^|购置|运行|^",
        "甲|6.66|1.11|2.22|3.33",
        "乙|6.66|1.11|2.22|3.33",
    )
    assert (header.top, header.bottom) == (0, 3)
    assert paths(header) == [
        "单位",
        "三公经费/合计",
        "三公经费/公务用车/购置",
        "三公经费/公务用车/运行",
        "三公经费/接待费",
    ]


def test_a_header_over_one_row_without_a_label() -> None:
    (header,) = headers("合计|出国费|接待费", "3.33|1.11|2.22")
    assert (header.top, header.bottom) == (0, 1)
    assert paths(header) == ["合计", "出国费", "接待费"]


def test_a_row_of_numbers_marks_the_columns() -> None:
    (header,) = headers("项目|合计|基本支出|项目支出", "栏次|1=2+3|2|3", "甲|3.33|1.11|2.22")
    assert (header.top, header.bottom) == (0, 2)
    assert paths(header) == ["项目", "合计", "基本支出", "项目支出"]
    assert header.marks == {0: ("栏次", ()), 1: ("1", ((1, "2"), (1, "3"))), 2: ("2", ()), 3: ("3", ())}


def test_numbers_that_count_rows_below_a_gap_are_still_marks() -> None:
    (header,) = headers("项目|行次|金额|项目|行次|金额", "栏次||1|栏次||2", "一、收入|1|1.11|一、支出|31|2.22")
    assert header.bottom == 2
    assert {column: mark for column, (mark, _) in header.marks.items()} == {0: "栏次", 2: "1", 3: "栏次", 5: "2"}


def test_whole_amounts_are_no_marks() -> None:
    (header,) = headers("项目|预算数|决算数", "甲|30|20", "乙|40|10")
    assert (header.bottom, header.marks) == (1, {})


@pytest.mark.parametrize(
    ("titles", "marks"),
    [
        (
            "合计（A=B+C）|基本（B）|项目（C）",
            {1: ("A", ((1, "B"), (1, "C"))), 2: ("B", ()), 3: ("C", ())},
        ),
        (
            "预算（1）|支出（2）|结余（3=1-2）",
            {1: ("1", ()), 2: ("2", ()), 3: ("3", ((1, "1"), (-1, "2")))},
        ),
        ("预算（万元）|支出|结余", {}),
    ],
)
def test_marks_in_the_words_of_a_header(titles: str, marks: dict[int, object]) -> None:
    (header,) = headers(f"项目|{titles}", "甲|3.33|1.11|2.22", "乙|3.33|1.11|2.22")
    assert header.marks == marks


def test_a_row_of_letters_marks_the_columns() -> None:
    (header,) = headers("单位|预算|支出|结余", "栏次|A|B|C=A-B", "东|10.17|6.04|4.13", "西|23.25|9.12|14.13")
    assert paths(header) == ["单位", "预算", "支出", "结余"]
    assert header.marks == {0: ("栏次", ()), 1: ("A", ()), 2: ("B", ()), 3: ("C", ((1, "A"), (-1, "B")))}


FORM = (
    "项目名称|道路养护|<|<|<|<|<|<",
    "主管部门|交通局|<|<|实施单位|养护中心|<|<",
    "项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
    "^|年度资金总额|120.50|120.50|101.33|10|84.09%|8.41",
    "绩效指标|一级指标|二级指标|年度指标值|实际完成值|分值|得分|偏差原因",
    "^|产出指标|数量|≥20个|21个|50|50|",
    "^|效益指标|满意度|≥95%|96%|40|40|",
    "总分|<|<|<|<|100|98.41|",
)


def test_a_form_has_a_header_for_each_block_and_none_of_its_own_rows() -> None:
    first, second = headers(*FORM)
    assert extents([first, second]) == [(2, 3), (4, 5)]
    assert paths(first) == ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    assert paths(second) == ["绩效指标", "一级指标", "二级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"]


def test_words_that_always_make_a_header_need_no_figures_below() -> None:
    found = headers("一级指标|年度指标值|实际完成值", "产出|完成改造|已完成", "效益|群众满意|满意")
    assert extents(found) == [(0, 1)]


def test_a_list_without_a_header() -> None:
    (header,) = headers("甲|1.11|2.22", "乙|3.33|4.44")
    assert (header.top, header.bottom) == (0, 0)
    assert paths(header) == ["", "", ""]


def test_a_row_of_words_among_figures_is_no_header() -> None:
    found = headers("项目|预算数|决算数", "甲|1.11|2.22", "乙|未安排资金|4.44", "丙|5.55|6.66")
    assert extents(found) == [(0, 1)]


def test_a_second_header_further_down_begins_a_new_block() -> None:
    found = headers(
        "收入项目|预算数|决算数",
        "甲|1.11|2.22",
        "乙|3.33|4.44",
        "支出项目|预算数|决算数",
        "丙|1.11|2.22",
        "丁|3.33|4.44",
    )
    assert extents(found) == [(0, 1), (3, 4)]


def test_a_table_of_words_has_no_header_with_figures() -> None:
    (header,) = headers("甲|乙", "丙|丁")
    assert (header.top, header.bottom) == (0, 0)
