"""Reading PDF: generated files against the blocks and tables that a reader sees."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from pdf_files import LEFT, Sheet, make
from pdf_pages import changed, files
from reportcheck.errors import ReadError
from reportcheck.model import Document, Notice
from reportcheck.read.pdf import read

PATH = Path("a.pdf")
PROSE = (
    "二〇二三年度本部门收入总计1245.60万元，比上年增加98.20万元，增长8.56%，主要是项目经费增加。"
    "支出总计1230.15万元，执行率为98.76%。"
)


def of(*pages: Any, **options: Any) -> Document:
    return read(PATH, make(*pages, **options))


def texts(document: Document) -> list[tuple[str, str]]:
    return [(block.role, block.text) for block in document.blocks]


def grid(document: Document, index: int = 0) -> list[list[str | None]]:
    return [[block.text if block else None for block in row] for row in document.tables[index].cells]


def test_title_headings_and_paragraphs() -> None:
    def page(sheet: Sheet) -> None:
        sheet.centred("某县水务局2023年度部门整体支出", 22)
        sheet.centred("绩效自评报告", 22)
        sheet.y += 20
        sheet.line("一、部门概况", indent=2)
        sheet.paragraph(PROSE)
        sheet.line("（一）预算执行情况", indent=2)
        sheet.paragraph(PROSE)
        sheet.foot("— 1 —")

    assert texts(of(page)) == [
        ("title", "某县水务局2023年度部门整体支出绩效自评报告"),
        ("heading", "一、部门概况"),
        ("paragraph", PROSE),
        ("heading", "（一）预算执行情况"),
        ("paragraph", PROSE),
    ]


def test_a_figure_that_a_short_line_breaks_is_whole_again() -> None:
    def page(sheet: Sheet) -> None:
        sheet.paragraph(PROSE)
        sheet.line("本年安排60万元，实际支出52.", indent=2)
        sheet.line("05万元，全部用于设备更新。")
        sheet.line("共有在职人员52", indent=2)
        sheet.line("人员经费80万元。")

    assert texts(of(page))[1:] == [
        ("paragraph", "本年安排60万元，实际支出52.05万元，全部用于设备更新。"),
        ("paragraph", "共有在职人员52"),
        ("paragraph", "人员经费80万元。"),
    ]


def test_a_paragraph_goes_on_over_the_page() -> None:
    def first(sheet: Sheet) -> None:
        sheet.paragraph(PROSE * 2)
        sheet.y = 700
        sheet.line("全年共办理水利建设项目三十五个，其中新建二十个，", indent=2)
        sheet.foot("1")

    def second(sheet: Sheet) -> None:
        sheet.line("续建项目十五个。")
        sheet.paragraph(PROSE)
        sheet.foot("2")

    document = of(first, second)
    assert texts(document) == [
        ("paragraph", PROSE * 2),
        ("paragraph", "全年共办理水利建设项目三十五个，其中新建二十个，续建项目十五个。"),
        ("paragraph", PROSE),
    ]
    assert [block.origin.page for block in document.blocks] == [1, 1, 2]
    assert [block.id for block in document.blocks] == ["p1", "p2", "p3"]
    box = document.blocks[1].origin.box
    assert box is not None
    assert box[0] == pytest.approx(LEFT + 32, abs=0.1)
    assert 680 < box[1] < box[3] < 710


def test_broken_numbers_are_whole_and_layout_blanks_are_gone() -> None:
    def page(sheet: Sheet) -> None:
        sheet.line("全年部门预算安排的公用经费和项目经费合计为一千二百45.", indent=0)
        sheet.line("00万元，其中三公经费预算为全年安排的公用经费部分共计2,")
        sheet.line("735元，其他各项经费预算为全年所安排的项目经费合计1234")
        sheet.line("万元。")
        x = LEFT + 32
        for part in ("2024", "年度", "3.98", "万元，", "Word file"):
            sheet.at(x, sheet.y, part)
            x += sum(8 if ord(char) < 256 else 16 for char in part) + 5

    assert texts(of(page)) == [
        (
            "paragraph",
            "全年部门预算安排的公用经费和项目经费合计为一千二百45.00万元，其中三公经费预算为全年安排的公用经费部分共计2,"
            "735元，其他各项经费预算为全年所安排的项目经费合计1234万元。",
        ),
        ("paragraph", "2024年度3.98万元，Word file"),
    ]


def test_letter_spaced_text_is_closed_up() -> None:
    def page(sheet: Sheet) -> None:
        sheet.paragraph(PROSE)
        for index, char in enumerate("总预算"):
            sheet.at(LEFT + 26 * index, sheet.y, char)
        sheet.at(LEFT + 84, sheet.y, "37337407.64")
        sheet.at(LEFT + 84 + 98, sheet.y, "元")

    assert texts(of(page))[1] == ("paragraph", "总预算37337407.64元")


def test_contents_running_heads_and_page_numbers() -> None:
    def cover(sheet: Sheet) -> None:
        sheet.centred("目    录", 16)
        sheet.line("一、部门概况" + "." * 40 + "2")
        sheet.line("二、决算情况" + "." * 40 + "3")
        sheet.at(LEFT, 50, "某县水务局", 10)
        sheet.foot("第1页 共4页")

    def body(number: int) -> Any:
        def page(sheet: Sheet) -> None:
            sheet.at(LEFT, 50, "某县水务局", 10)
            sheet.paragraph(PROSE)
            sheet.foot(f"第{number}页 共4页")

        return page

    document = of(cover, body(2), body(3), body(4))
    assert texts(document) == [
        ("note", "某县水务局"),
        ("contents", "目录"),
        ("contents", "一、部门概况" + "." * 40 + "2"),
        ("contents", "二、决算情况" + "." * 40 + "3"),
        ("paragraph", PROSE),
        ("paragraph", PROSE),
        ("paragraph", PROSE),
    ]
    assert document.blocks[0].origin.part == "header"


def test_a_ruled_table() -> None:
    def page(sheet: Sheet) -> None:
        sheet.centred("项目支出情况表", 16)
        sheet.line("单位：万元", indent=22)
        sheet.table([["项目", "预算数", "决算数"], ["水库\n除险", "1,234", "60.5"], ["", "", "0"]], [120, 100, 100], 30)
        sheet.line("注：本表金额保留一位小数。")

    document = of(page)
    table = document.tables[0]
    assert grid(document) == [["项目", "预算数", "决算数"], ["水库除险", "1,234", "60.5"], ["", "", "0"]]
    assert (table.id, table.caption, table.unit_note) == ("t1", "项目支出情况表", "单位：万元")
    assert [block.id for block in document.blocks] == [
        *("p1", "p2", "t1.r1c1", "t1.r1c2", "t1.r1c3", "t1.r2c1", "t1.r2c2", "t1.r2c3", "t1.r3c1", "t1.r3c2"),
        *("t1.r3c3", "p3"),
    ]
    cell = table.cells[1][0]
    assert cell is not None
    assert cell.role == "cell"
    assert cell.origin.page == 1
    assert cell.origin.box == pytest.approx((80, 182, 200, 212), abs=0.6)


def test_merged_cells_repeat_their_block() -> None:
    def page(sheet: Sheet) -> None:
        canvas, top = sheet.canvas, sheet.height - 100
        canvas.rect(80, top - 30, 200, 30)
        canvas.rect(80, top - 90, 100, 60)
        canvas.rect(180, top - 60, 100, 30)
        canvas.rect(180, top - 90, 100, 30)
        for x, y, text in ((90, 120, "合计"), (90, 160, "其中"), (190, 150, "60"), (190, 180, "40")):
            sheet.at(x, y, text, 10)

    document = of(page)
    assert grid(document) == [["合计", "合计"], ["其中", "60"], ["其中", "40"]]
    cells = document.tables[0].cells
    assert cells[0][0] is cells[0][1]
    assert cells[1][0] is cells[2][0]
    assert [block.id for block in document.blocks] == ["t1.r1c1", "t1.r2c1", "t1.r2c2", "t1.r3c2"]


def test_a_table_over_two_pages_is_one() -> None:
    head = ["科目", "金额", "说明"]

    def first(sheet: Sheet) -> None:
        sheet.y = 600
        sheet.table([head, ["工资", "10", "按编制数"], ["公用", "20", "按定额标准"]], [100, 100, 200])
        sheet.foot("1")

    def second(sheet: Sheet) -> None:
        sheet.y = 80
        sheet.table([head, ["", "", "核定"], ["项目", "30", ""]], [100, 100, 200])
        sheet.foot("2")

    document = of(first, second)
    assert len(document.tables) == 1
    assert grid(document) == [head, ["工资", "10", "按编制数"], ["公用", "20", "按定额标准核定"], ["项目", "30", ""]]
    assert [row[0].origin.page for row in document.tables[0].cells if row[0]] == [1, 1, 1, 2]


def test_tables_with_text_between_stay_apart() -> None:
    def first(sheet: Sheet) -> None:
        sheet.table([["科目", "金额"], ["工资", "10"]], [100, 100])

    def second(sheet: Sheet) -> None:
        sheet.line("表2 支出情况")
        sheet.table([["科目", "金额"], ["公用", "20"]], [100, 100])

    document = of(first, second)
    assert [len(table.cells) for table in document.tables] == [2, 2]
    assert document.tables[1].caption == "表2支出情况"


def test_a_frame_around_text_is_no_table() -> None:
    def page(sheet: Sheet) -> None:
        sheet.canvas.rect(LEFT - 10, sheet.height - 400, 460, 330)
        sheet.canvas.line(LEFT - 10, sheet.height - 300, LEFT + 450, sheet.height - 300)
        sheet.paragraph(PROSE)

    document = of(page)
    assert document.tables == ()
    assert texts(document) == [("paragraph", PROSE)]


def test_rows_without_rulings_keep_their_lines() -> None:
    def page(sheet: Sheet) -> None:
        sheet.paragraph(PROSE)
        for row in (("项目", "预算", "备注"), ("工资", "100", "按编制"), ("公用", "50", "按定额")):
            for x, text in zip((80, 240, 400), row, strict=True):
                sheet.at(x, sheet.y, text)
            sheet.y += 28

    assert [text for _, text in texts(of(page))] == [PROSE, "项目\t预算\t备注", "工资\t100\t按编制", "公用\t50\t按定额"]


def test_rotated_pages_read_the_same() -> None:
    def page(sheet: Sheet) -> None:
        sheet.table([["科目", "金额"], ["工资", "10"]], [100, 100])

    upright = of(page)
    for degrees in (90, 180, 270):
        turned = of(page, rotate=degrees)
        assert [(b.id, b.text) for b in turned.blocks] == [(b.id, b.text) for b in upright.blocks]
        assert turned.blocks[0].origin.box == pytest.approx(upright.blocks[0].origin.box, abs=0.2)


@pytest.mark.parametrize("degrees", [0, 90])
def test_pages_that_inherit_their_boxes_read_the_same(degrees: int) -> None:
    def page(sheet: Sheet) -> None:
        sheet.at(LEFT, 30, "附件")
        sheet.paragraph(PROSE)

    own = make(page, rotate=degrees)
    assert read(PATH, changed(own, inherit=True)) == read(PATH, own)


def test_what_stands_aside_on_a_page_drawn_turned_keeps_its_place() -> None:
    blocks = {block.text: block.origin.box for block in read(PATH, files()["turned 90"]).blocks}
    assert blocks["上页"] == pytest.approx((LEFT, 21.4, 100, 31.4), abs=0.15)
    assert blocks["注：全年支出1,200万元"] == pytest.approx((LEFT, 811.4, 180.9, 821.4), abs=0.15)


def test_owner_password_is_no_hindrance_but_a_user_password_is() -> None:
    def page(sheet: Sheet) -> None:
        sheet.line("全年预算60万元。")

    owned = StandardEncryption("", ownerPassword="owner", strength=128)
    assert texts(of(page, encrypt=owned)) == [("paragraph", "全年预算60万元。")]
    with pytest.raises(ReadError) as caught:
        of(page, encrypt=StandardEncryption("secret", strength=128))
    assert caught.value.code == "encrypted"


def picture(sheet: Sheet) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    sheet.canvas.drawImage(ImageReader(Image.new("L", (8, 8), 200)), 0, 0, 595, 842)


def test_scans_are_told() -> None:
    with pytest.raises(ReadError) as caught:
        of(picture, picture)
    assert (caught.value.code, caught.value.facts) == ("scan", {"pages": 2})


def test_scanned_pages_among_others_are_named() -> None:
    def page(sheet: Sheet) -> None:
        sheet.paragraph(PROSE)

    assert of(page, picture, picture).notices == (Notice("pages-not-read", {"pages": "2, 3"}),)


def test_no_text() -> None:
    with pytest.raises(ReadError) as caught:
        of(lambda sheet: sheet.canvas.line(0, 0, 10, 10))
    assert caught.value.code == "no-text"


def test_garbage_is_told() -> None:
    with pytest.raises(ReadError) as caught:
        of(lambda sheet: sheet.line("\ue000\ue001\ue002\ue003\ue004\ue005年"))
    assert (caught.value.code, caught.value.facts) == ("garbled", {"share": "86%"})


def test_a_private_decimal_point() -> None:
    def page(sheet: Sheet) -> None:
        sheet.line("全年预算12\ue0b05亿元，支出11\ue0b08亿元，完成94\ue0b04%。")

    document = of(page)
    assert texts(document) == [("paragraph", "全年预算12.5亿元，支出11.8亿元，完成94.4%。")]
    assert document.notices == (Notice("private-characters", {"count": 3}),)


def test_other_private_characters_stay() -> None:
    document = of(lambda sheet: sheet.line("全年预算\ue0b0亿元，支出11\ue0b08亿元，完成94.4%，超额。"))
    assert texts(document) == [("paragraph", "全年预算\ue0b0亿元，支出11\ue0b08亿元，完成94.4%，超额。")]


def test_no_character_is_lost_against_pdfplumber() -> None:
    import pdfplumber

    def page(sheet: Sheet) -> None:
        sheet.centred("某县水务局部门决算", 22)
        sheet.paragraph(PROSE)
        sheet.table([["科目", "金额"], ["工资", "10,234.50"]], [100, 100])
        sheet.paragraph(PROSE)

    data = make(page, page)
    with pdfplumber.open(io.BytesIO(data)) as reference:
        expected = Counter(char["text"] for each in reference.pages for char in each.chars if char["text"].strip())
        tables = [table for each in reference.pages for table in each.extract_tables()]
    document = read(PATH, data)
    assert Counter("".join("".join(block.text.split()) for block in document.blocks)) == expected
    assert [grid(document, 0), grid(document, 1)] == tables


def test_damaged_files_raise_only_read_errors() -> None:
    data = make(lambda sheet: sheet.paragraph(PROSE), lambda sheet: sheet.table([["a", "b"], ["1", "2"]], [60, 60]))
    for cut in range(0, len(data), max(1, len(data) // 40)):
        for broken in (data[:cut], data[:cut] + b"\x00" * 40 + data[cut + 40 :]):
            try:
                read(PATH, broken)
            except ReadError as error:
                assert error.code in {"damaged", "encrypted", "no-text", "garbled"}  # noqa: PT017


def test_the_second_reader_helps_where_the_first_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportcheck.read import pdf_page

    monkeypatch.setattr(pdf_page, "_glyphs", lambda page, place: iter(()))
    assert texts(of(lambda sheet: sheet.paragraph(PROSE))) == [("paragraph", PROSE)]
