"""Tables of PDF files: with few rulings or none, broken over lines and pages, side by side, turned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4

from pdf_files import FONT, LEFT, Sheet, make
from reportcheck.model import Document
from reportcheck.read.pdf import read

PROSE = "全年部门预算安排一千二百四十五万元，支出一千二百三十万元，执行率为百分之九十八，结余十五万元。"
HEAD = ["项目", "预算数", "决算数", "执行率"]
ROWS = [
    ["一、基本支出", "1,234.50", "1,200.00", "97.2%"],
    ["人员经费", "1,000.00", "980.00", "98.0%"],
    ["公用经费", "234.50", "220.00", "93.8%"],
    ["二、项目支出", "60", "52.05", "86.75%"],
    ["合计", "1,294.50", "1,252.05", "96.7%"],
]
XS = (80.0, 300.0, 400.0, 500.0)


def of(*pages: Callable[[Sheet], None], **options: Any) -> Document:
    return read(Path("a.pdf"), make(*pages, **options))


def prose(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.role != "cell"]


def grid(document: Document, index: int = 0) -> list[list[str | None]]:
    return [[block.text if block else None for block in row] for row in document.tables[index].cells]


def named(document: Document) -> list[tuple[str, str]]:
    return [(table.caption, table.unit_note) for table in document.tables]


def put(sheet: Sheet, rows: Sequence[Sequence[str]], *, pitch: float = 18, xs: Sequence[float] = XS) -> None:
    """Rows without rulings: words begin at the first place, all else ends at the others."""
    for row in rows:
        for place, (x, text) in enumerate(zip(xs, row, strict=False)):
            sheet.canvas.setFont(FONT, 10)
            draw = sheet.canvas.drawRightString if place else sheet.canvas.drawString
            draw(x, sheet.height - sheet.y, text)
        sheet.y += pitch


def rule(sheet: Sheet) -> None:
    """A level line above the next row."""
    sheet.canvas.line(75, sheet.height - sheet.y + 13, 505, sheet.height - sheet.y + 13)


def heading(sheet: Sheet) -> None:
    sheet.centred("表1 部门支出情况", 12)
    sheet.at(420, sheet.y, "单位：万元", 10)
    sheet.y += 20


# --- few rulings or none ---


def test_three_lines() -> None:
    def page(sheet: Sheet) -> None:
        sheet.paragraph(PROSE)
        heading(sheet)
        for rows in ([HEAD], ROWS):
            rule(sheet)
            put(sheet, rows)
        rule(sheet)
        sheet.y += 20
        sheet.paragraph(PROSE)

    document = of(page)
    assert grid(document) == [HEAD, *ROWS]
    assert named(document) == [("表1部门支出情况", "单位：万元")]
    assert prose(document) == [PROSE, "表1部门支出情况", "单位：万元", PROSE]
    cell = document.tables[0].cells[1][1]
    assert cell is not None
    assert cell.origin.page == 1
    x0, top, x1, bottom = cell.origin.box or (0, 0, 0, 0)
    assert x0 < 265 < 300 < x1
    assert 14 < bottom - top < 22


def test_a_header_over_columns_between_three_lines() -> None:
    def page(sheet: Sheet) -> None:
        heading(sheet)
        rule(sheet)
        sheet.at(380, sheet.y, "2023年", 10)
        sheet.y += 16
        put(sheet, [["项目", "2022年", "预算", "决算"]], xs=(80, 250, 370, 460))
        rule(sheet)
        put(sheet, [["甲", "1", "2", "3"], ["乙", "10", "20", "30"], ["丙", "4", "", "6"]], xs=(80, 250, 370, 460))
        rule(sheet)

    document = of(page)
    assert grid(document) == [
        ["项目", "2022年", "2023年", "2023年"],
        ["项目", "2022年", "预算", "决算"],
        ["甲", "1", "2", "3"],
        ["乙", "10", "20", "30"],
        ["丙", "4", "", "6"],
    ]
    cells = document.tables[0].cells
    assert cells[0][0] is cells[1][0]
    assert cells[0][2] is cells[0][3]


def test_words_between_lines_in_every_column() -> None:
    rows = [["序号", "单位", "职责"], ["1", "甲局", "负责水务"], ["2", "乙局", "负责农业"], ["3", "丙局", "负责教育"]]

    def page(sheet: Sheet) -> None:
        for row in rows:
            rule(sheet)
            put(sheet, [row], xs=(80, 200, 350))
        rule(sheet)

    assert grid(of(page)) == rows


def test_nothing_but_blanks_below_a_name() -> None:
    def page(sheet: Sheet) -> None:
        sheet.paragraph(PROSE)
        heading(sheet)
        put(sheet, [["项目", "金额"], ["工资", "60"], ["其中：奖金", "8"]])
        sheet.y += 20
        sheet.paragraph(PROSE)

    document = of(page)
    assert grid(document) == [["项目", "金额"], ["工资", "60"], ["其中：奖金", "8"]]
    assert named(document) == [("表1部门支出情况", "单位：万元")]
    assert prose(document) == [PROSE, "表1部门支出情况", "单位：万元", PROSE]


def test_nothing_but_blanks_and_no_name() -> None:
    def page(sheet: Sheet) -> None:
        sheet.paragraph(PROSE)
        put(sheet, [HEAD, *ROWS])
        sheet.y += 20
        sheet.paragraph(PROSE)

    document = of(page)
    assert grid(document) == [HEAD, *ROWS]
    assert named(document) == [("", "")]
    assert prose(document) == [PROSE, PROSE]


def test_an_outer_frame_only() -> None:
    def page(sheet: Sheet) -> None:
        heading(sheet)
        top = sheet.y - 14
        put(sheet, [HEAD, *ROWS])
        sheet.canvas.rect(75, sheet.height - sheet.y + 4, 430, sheet.y - top - 4)

    assert grid(of(page)) == [HEAD, *ROWS]


def test_words_broken_over_lines_without_rulings() -> None:
    def page(sheet: Sheet) -> None:
        heading(sheet)
        put(sheet, [HEAD, ROWS[0]], pitch=24)
        put(sheet, [["机关事业单位基本养老"]], pitch=12)
        put(sheet, [["保险缴费支出", "10", "9", "90%"], ROWS[3], ["其他"], ROWS[4]], pitch=24)

    assert grid(of(page)) == [
        HEAD,
        ROWS[0],
        ["机关事业单位基本养老保险缴费支出", "10", "9", "90%"],
        ROWS[3],
        ["其他", "", "", ""],
        ROWS[4],
    ]


def test_lines_between_columns_only() -> None:
    def page(sheet: Sheet) -> None:
        top = sheet.y - 14
        put(sheet, [HEAD])
        below_head = sheet.y - 12
        put(sheet, [*ROWS[:3], ["其他"], *ROWS[3:]])
        bottom = sheet.y - 4
        sheet.canvas.rect(75, sheet.height - bottom, 430, bottom - top)
        sheet.canvas.line(75, sheet.height - below_head, 505, sheet.height - below_head)
        for x in (230, 320, 420):
            sheet.canvas.line(x, sheet.height - top, x, sheet.height - bottom)

    assert grid(of(page)) == [HEAD, *ROWS[:3], ["其他", "", "", ""], *ROWS[3:]]


def contents(sheet: Sheet) -> None:
    sheet.centred("目录", 16)
    for number, text in enumerate(("部门概况", "收支情况", "绩效情况", "其他事项"), start=3):
        sheet.at(80, sheet.y, text, 12)
        sheet.at(500, sheet.y, str(number), 12)
        sheet.y += 20


def form(sheet: Sheet) -> None:
    for x, text in ((80, "填报人：某某"), (240, "电话：1380000"), (420, "日期：2024")):
        sheet.at(x, sheet.y, text, 12)
    sheet.y += 20
    sheet.paragraph(PROSE)
    for text in ("甲县水务局", "2024年3月1日"):
        sheet.at(300, sheet.y, text, 12)
        sheet.y += 20


def few(sheet: Sheet) -> None:
    sheet.paragraph(PROSE)
    put(sheet, [["工资", "100", "98"], ["公用", "50", "49"]])
    sheet.y += 20
    sheet.paragraph(PROSE)


def askew(sheet: Sheet) -> None:
    for number, xs in enumerate(((80, 200, 300), (80, 230, 345), (80, 255, 390), (80, 240, 420))):
        put(sheet, [["项", str(number), str(10 + number)]], xs=xs)


def between_rules(sheet: Sheet) -> None:
    """Lines at the head and foot of a page with prose between them."""
    rule(sheet)
    sheet.paragraph(PROSE)
    rule(sheet)
    sheet.paragraph(PROSE)
    rule(sheet)


@pytest.mark.parametrize("page", [contents, form, few, askew, between_rules])
def test_what_is_no_table(page: Callable[[Sheet], None]) -> None:
    assert of(page).tables == ()


# --- cells ---


def test_numbers_broken_over_lines_are_whole_and_two_numbers_stay_two() -> None:
    def page(sheet: Sheet) -> None:
        sheet.table(
            [
                ["项目", "金额", "备注"],
                ["甲", "1,234,5\n67.89", "12\n34"],
                ["乙", "12345678\n.90", "1234.56\n7890.12"],
                ["丙", "12345678\n90", "98.5%\n99%"],
                ["机关事业单\n位", "123,\n456.78", "3\n-4"],
            ],
            [60, 46, 60],
            40,
        )

    assert grid(of(page)) == [
        ["项目", "金额", "备注"],
        ["甲", "1,234,567.89", "12 34"],
        ["乙", "12345678.90", "1234.56 7890.12"],
        ["丙", "1234567890", "98.5%99%"],
        ["机关事业单位", "123,456.78", "3-4"],
    ]


def indents(document: Document) -> list[list[int | None]]:
    return [[block.indent if block else None for block in row] for row in document.tables[0].cells]


def test_how_far_texts_are_set_in() -> None:
    def page(sheet: Sheet) -> None:
        rows = ["项目", "一、税收", "增值税", "其中：地方", "二、其他", "专项", "合计"]
        sheet.table([["", str(number)] for number in range(len(rows))], [160, 80])
        for number, (text, x) in enumerate(zip(rows, (150, 84, 94, 104, 84, 94, 150), strict=True)):
            sheet.at(x, 100 + 24 * number + 16, text, 10)

    assert indents(of(page)) == [[0, 0], [0, 0], [2, 0], [4, 0], [0, 0], [2, 0], [0, 0]]


def test_texts_set_in_that_end_near_the_side_or_look_centred() -> None:
    def page(sheet: Sheet) -> None:
        rows = ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金", "数量指标", "质量指标", "时效指标"]
        sheet.table([["", str(number)] for number in range(len(rows))], [110, 80])
        for number, (text, x) in enumerate(zip(rows, (84, 94, 124, 124, 84, 84, 84), strict=True)):
            sheet.at(x, 100 + 24 * number + 16, text, 10)

    assert [row[0] for row in indents(of(page))] == [0, 2, 8, 8, 0, 0, 0]


def test_texts_in_the_middle_are_not_set_in() -> None:
    def page(sheet: Sheet) -> None:
        rows = ["项目", "一般公共服务", "教育支出", "科学技术支出事项", "其他"]
        sheet.table([["", str(number)] for number in range(len(rows))], [160, 80])
        sheet.canvas.setFont(FONT, 10)
        for number, text in enumerate(rows):
            sheet.canvas.drawCentredString(LEFT + 80, sheet.height - (100 + 24 * number + 16), text)

    assert indents(of(page)) == [[0, 0]] * 5


def test_tables_side_by_side_have_their_own_names() -> None:
    def page(sheet: Sheet) -> None:
        sheet.at(90, sheet.y, "表1 收入", 10)
        sheet.at(340, sheet.y, "表2 支出", 10)
        sheet.y += 14
        top = sheet.y
        sheet.table([["项目", "金额"], ["税收", "10"], ["其他", "20"]], [80, 80], 20)
        for number, row in enumerate([["科目", "数额"], ["教育", "5"], ["农业", "7"]]):
            for place, text in enumerate(row):
                sheet.canvas.rect(330 + 80 * place, sheet.height - top - 20 * (number + 1), 80, 20)
                sheet.at(334 + 80 * place, top + 20 * number + 14, text, 10)

    document = of(page)
    assert [grid(document), grid(document, 1)] == [
        [["项目", "金额"], ["税收", "10"], ["其他", "20"]],
        [["科目", "数额"], ["教育", "5"], ["农业", "7"]],
    ]
    assert named(document) == [("表1收入", ""), ("表2支出", "")]


# --- over pages ---

COLUMNS = ["科目", "预算", "决算"]
UPPER = [["一、人员经费", "10", "9"], ["二、公用经费", "20", "18"]]
LOWER = [["三、项目支出", "30", "27"], ["合计", "60", "54"]]


def part(rows: Sequence[Sequence[str]], *above: str, foot: str = "1", width: float = 200) -> Callable[[Sheet], None]:
    def page(sheet: Sheet) -> None:
        sheet.y = 60 if foot != "1" else 600
        for text in above:
            sheet.at(LEFT, sheet.y, text, 10)
            sheet.y += 18
        sheet.table(rows, [width, 100, 100])
        sheet.foot(foot)

    return page


FIRST = part([COLUMNS, *UPPER], "表1 支出情况", "单位：万元")


@pytest.mark.parametrize(
    "second",
    [
        part([COLUMNS, *LOWER], foot="2"),
        part(LOWER, foot="2"),
        part([COLUMNS, *LOWER], "续表1", "单位：万元", foot="- 2 -"),
        part([COLUMNS, *LOWER], "表1续", foot="2"),
        part([COLUMNS, *LOWER], "表1 支出情况（续）", foot="2"),
        part([COLUMNS, *LOWER], "表1 支出情况", "单位：万元", foot="第 2 页"),
    ],
)
def test_a_table_goes_on_over_the_page(second: Callable[[Sheet], None]) -> None:
    document = of(FIRST, second)
    assert grid(document) == [COLUMNS, *UPPER, *LOWER]
    assert named(document) == [("表1支出情况", "单位：万元")]
    assert prose(document) == ["表1支出情况", "单位：万元"]


@pytest.mark.parametrize(
    "second",
    [
        part([COLUMNS, *LOWER], "表2 收入情况", "单位：万元", foot="2"),
        part([COLUMNS, *LOWER], "注：不含上年结转。", foot="2"),
        part([["项目", "收入决算表", ""], *LOWER], foot="2", width=180),
    ],
)
def test_another_table_on_the_next_page(second: Callable[[Sheet], None]) -> None:
    assert len(of(FIRST, second).tables) == 2


def test_another_name_in_the_first_row_is_another_table() -> None:
    def named_grid(name: str, foot: str) -> Callable[[Sheet], None]:
        def page(sheet: Sheet) -> None:
            sheet.y = 60
            sheet.canvas.rect(LEFT, sheet.height - 84, 400, 24)
            sheet.at(LEFT + 150, 76, name, 10)
            sheet.y = 84
            sheet.table([COLUMNS, *UPPER], [200, 100, 100])
            sheet.foot(foot)

        return page

    document = of(named_grid("收入决算表", "1"), named_grid("支出决算表", "2"))
    assert named(document) == [("收入决算表", ""), ("支出决算表", "")]
    assert [grid(document), grid(document, 1)] == [[COLUMNS, *UPPER]] * 2


def test_words_broken_over_the_page() -> None:
    upper = part([COLUMNS, ["机关事业单位基本养老", "446.11", "400"]], width=104)
    lower = part([["保险缴费支出", "", ""], ["二、公用", "20", "18"]], foot="2", width=104)
    assert grid(of(upper, lower)) == [
        COLUMNS,
        ["机关事业单位基本养老保险缴费支出", "446.11", "400"],
        ["二、公用", "20", "18"],
    ]


@pytest.mark.parametrize("words", ["二、公用经费", "公用经费"])
def test_a_row_without_figures_at_the_top_of_a_page_stays_one(words: str) -> None:
    upper = part([COLUMNS, ["人员经费", "446.11", "400"]], width=104)
    lower = part([[words, "", ""], ["水费", "20", "18"]], foot="2", width=104)
    assert grid(of(upper, lower))[1:] == [["人员经费", "446.11", "400"], [words, "", ""], ["水费", "20", "18"]]


def test_a_table_without_rulings_goes_on_over_the_page() -> None:
    def first(sheet: Sheet) -> None:
        sheet.y = 650
        heading(sheet)
        put(sheet, [HEAD, *ROWS[:3]])
        sheet.foot("1")

    def second(sheet: Sheet) -> None:
        sheet.y = 60
        put(sheet, [HEAD, *ROWS[3:], ["其他", "1", "1", "100%"]])
        sheet.foot("2")

    assert grid(of(first, second)) == [HEAD, *ROWS, ["其他", "1", "1", "100%"]]


def test_running_heads_do_not_part_a_table() -> None:
    def page(rows: Sequence[Sequence[str]], number: int, *above: str) -> Callable[[Sheet], None]:
        def drawn(sheet: Sheet) -> None:
            sheet.at(LEFT, 40, "某局2023年度部门决算", 9)
            sheet.y = 70
            for text in above:
                sheet.at(LEFT, sheet.y, text, 10)
                sheet.y += 18
            sheet.table(rows, [200, 100, 100])
            sheet.foot(str(number))

        return drawn

    document = of(page([COLUMNS, *UPPER], 1, "支出情况表", "单位：元"), page(LOWER, 2), page([["其他", "5", "4"]], 3))
    assert grid(document) == [COLUMNS, *UPPER, *LOWER, ["其他", "5", "4"]]
    assert [(block.origin.part, block.text) for block in document.blocks if block.role == "note"] == [
        ("header", "某局2023年度部门决算")
    ]


def test_a_merged_cell_goes_on_over_the_page_even_into_one_row() -> None:
    def first(sheet: Sheet) -> None:
        top = 600.0
        sheet.canvas.rect(LEFT, sheet.height - top - 48, 80, 48)
        for row, (text, figure) in enumerate((("当年拨款", "10"), ("上年结转", "20"))):
            for place, (x, width) in enumerate(((160, 120), (280, 80))):
                sheet.canvas.rect(x, sheet.height - top - 24 * (row + 1), width, 24)
                sheet.at(x + 4, top + 24 * row + 16, (text, figure)[place], 10)
        sheet.at(LEFT + 4, top + 30, "项目资金", 10)
        sheet.foot("1")

    def second(sheet: Sheet) -> None:
        sheet.y = 60
        sheet.table([["", "其他资金", "5"], ["总分", "", "100"]], [80, 120, 80])
        sheet.foot("2")

    assert grid(of(first, second)) == [
        ["项目资金", "当年拨款", "10"],
        ["项目资金", "上年结转", "20"],
        ["项目资金", "其他资金", "5"],
        ["总分", "", "100"],
    ]


# --- turned ---


def drawn_turned(degrees: int) -> Callable[[Sheet], None]:
    """A page whose content is drawn turned counter-clockwise, but for its number."""

    def page(sheet: Sheet) -> None:
        sheet.canvas.saveState()
        sheet.canvas.translate(*{90: (A4[0], 0), 180: A4, 270: (0, A4[1])}[degrees])
        sheet.canvas.rotate(degrees)
        sheet.height, sheet.y = A4[1] if degrees == 180 else A4[0], 60
        sheet.at(300, sheet.y, "支出情况表", 12)
        sheet.y += 10
        sheet.table([HEAD, *ROWS], [140, 100, 100, 100])
        sheet.canvas.restoreState()
        sheet.foot("1")

    return page


@pytest.mark.parametrize(
    ("degrees", "box"),
    [(90, (70, 621.9, 94, 761.9)), (180, (375.3, 747.9, 515.3, 771.9)), (270, (501.3, 80, 525.3, 220))],
)
def test_pages_drawn_turned(degrees: int, box: tuple[float, ...]) -> None:
    document = of(drawn_turned(degrees))
    assert grid(document) == [HEAD, *ROWS]
    assert named(document) == [("支出情况表", "")]
    assert prose(document) == ["支出情况表"]
    assert document.blocks[1].text == "项目"
    assert document.blocks[1].origin.box == pytest.approx(box, abs=0.6)


def test_letters_under_each_other_are_not_turned() -> None:
    def page(sheet: Sheet) -> None:
        for number, letter in enumerate("某县水务局二零二三年度部门决算公开"):
            sheet.at(300, 100 + 20 * number, letter, 16)

    document = of(page)
    assert "".join(prose(document)) == "某县水务局二零二三年度部门决算公开"
    assert document.blocks[0].origin.box == pytest.approx((300, 86, 316, 102), abs=4)


# --- whatever the layout ---

_WORDS = ("项目", "预算数", "1,234.50", "60", "98.7%", "-", "支出情况表", "单位：万元", "全年合计。", "12", "——")


@pytest.mark.parametrize("seed", range(24))
def test_no_character_is_lost_or_doubled(seed: int) -> None:
    chance = Random(seed)
    drawn: Counter[str] = Counter()

    def page(sheet: Sheet) -> None:
        places = sorted(chance.sample(range(60, 520, 20), chance.randint(2, 6)))
        size, sheet.y = chance.choice((3, 6, 10.5, 16)), 120.0
        for _ in range(chance.randint(2, 20)):
            end = 0.0
            for x in places:
                if chance.random() < 0.8 and x > end:
                    text = chance.choice(_WORDS)
                    sheet.at(x, sheet.y, text, size)
                    end = x + size * len(text) + 2
                    drawn.update(text)
            if chance.random() < 0.3:
                sheet.canvas.line(places[0] - 5, sheet.height - sheet.y - 4, 540, sheet.height - sheet.y - 4)
            if chance.random() < 0.1:
                sheet.canvas.line(places[-1] - 5, sheet.height - 60, places[-1] - 5, sheet.height - sheet.y)
            sheet.y += chance.choice((1.2, 1.2, 2, 3)) * size
            if sheet.y > 700:
                break

    document = of(page)
    assert Counter(char for block in document.blocks for char in block.text if not char.isspace()) == drawn
    blocks = {block.id: block for block in document.blocks}
    assert all(blocks[cell.id] is cell for table in document.tables for row in table.cells for cell in row if cell)
