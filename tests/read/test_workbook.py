"""Workbooks read cell by cell: what is displayed, merged, hidden, not computed; and files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbook_files import Page, Rows, Styled, formula, number, under_password, xls, xlsx

from docx_files import zipped
from reportcheck.errors import ReadError
from reportcheck.model import Block, Document, Notice, Origin
from reportcheck.read import read, workbook, workbook_boxes, workbook_sheet

BOTH = pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
HEAD = ["项目", "金额"]


def opened(folder: Path, data: bytes, name: str = "表.xlsx") -> Document:
    path = folder / name
    path.write_bytes(data)
    return read(path)


def made(folder: Path, suffix: str, *pages: Page) -> Document:
    return opened(folder, xlsx(*pages) if suffix == ".xlsx" else xls(*pages), "表" + suffix)


def refused(folder: Path, data: bytes, name: str = "表.xlsx") -> tuple[str, dict[str, object]]:
    with pytest.raises(ReadError) as caught:
        opened(folder, data, name)
    return caught.value.code, caught.value.facts


def grids(document: Document) -> list[list[list[str | None]]]:
    return [[[cell.text if cell else None for cell in row] for row in table.cells] for table in document.tables]


def lines(document: Document) -> list[tuple[str, str, str]]:
    return [(block.id, block.role, block.text) for block in document.blocks if block.role != "cell"]


def facts(document: Document) -> dict[str, object]:
    return {notice.code: dict(notice.facts) for notice in document.notices}


# --- cells ---


@BOTH
def test_a_sheet_with_a_title_a_unit_and_a_table(tmp_path: Path, suffix: str) -> None:
    page = Page(
        [["支出表"], [None, "单位：万元"], HEAD, [Styled("  甲", indent=1), number("12.5", "0.00")]],
        name="支出",
        merged=["A1:B1"],
    )
    document = made(tmp_path, suffix, page)

    def at(address: str | None) -> Origin:
        return Origin(sheet="支出", address=address)

    assert document.blocks == (
        Block("p1", "支出", "heading", at(None)),
        Block("p2", "支出表", "paragraph", at("A1")),
        Block("p3", "单位：万元", "paragraph", at("B2")),
        Block("t1.r1c1", "项目", "cell", at("A3")),
        Block("t1.r1c2", "金额", "cell", at("B3")),
        Block("t1.r2c1", "甲", "cell", at("A4"), indent=5),
        Block("t1.r2c2", "12.50", "cell", at("B4")),
    )
    (table,) = document.tables
    assert (table.id, table.caption, table.unit_note, table.header_rows) == ("t1", "支出表", "单位：万元", 0)
    assert table.cells == (document.blocks[3:5], document.blocks[5:7])
    assert (document.kind, document.notices) == (suffix[1:], ())


@BOTH
def test_cells_are_read_as_displayed(tmp_path: Path, suffix: str) -> None:
    row = [
        "甲",
        number("0.86749999", "0.00%"),
        number("1234.5", "#,##0.00"),
        number("12.3456789", '0.00"万元"'),
        number("-3", "0.0_ ;[Red](0.0)"),
        number("45530", "yyyy-mm-dd"),
        number("182506.58999999997"),
        Styled("乙", format='@"级"'),
    ]
    shown = ["甲", "86.75%", "1,234.50", "12.35万元", "(3.0)", "2024-08-26", "182506.59", "乙级"]
    assert grids(made(tmp_path, suffix, Page([["名称"] * 8, row]))) == [[["名称"] * 8, shown]]


def test_formats_by_number_only(tmp_path: Path) -> None:
    row: list[str | Styled] = [
        "甲",
        number("0.5", "10"),
        number("45530", "14"),
        number("45530", "31"),
        number("-5", "41"),
    ]
    document = opened(tmp_path, xlsx(Page([["名称"] * 5, row])))
    assert grids(document)[0][1] == ["甲", "50.00%", "2024/8/26", "2024年8月26日", "-5"]


@BOTH
def test_the_builtin_date_is_written_as_in_china(tmp_path: Path, suffix: str) -> None:
    code = "14" if suffix == ".xlsx" else "M/D/YY"
    assert grids(made(tmp_path, suffix, Page([HEAD, ["甲", number("45530", code)]])))[0][1] == ["甲", "2024/8/26"]


def test_dates_from_1904(tmp_path: Path) -> None:
    document = opened(tmp_path, xlsx(Page([HEAD, ["甲", number("0", "yyyy")]]), settings='date1904="1"'))
    assert grids(document)[0][1] == ["甲", "1904"]


@BOTH
@pytest.mark.parametrize(
    ("cell", "indent"),
    [
        (Styled("甲"), 0),
        (Styled("　　甲"), 4),
        (Styled(" \u3000甲"), 3),
        (Styled("甲", indent=2), 6),
        (Styled("  甲", indent=2), 8),
        (Styled("甲", indent=2, align="right"), 0),
    ],
)
def test_indents(tmp_path: Path, suffix: str, cell: Styled, indent: int) -> None:
    block = made(tmp_path, suffix, Page([HEAD, [cell, "1"]])).tables[0].cells[1][0]
    assert block is not None
    assert (block.text, block.indent) == ("甲", indent)


RAW = {
    "rich text": ('<c r="{at}" t="inlineStr"><is><r><t>支</t></r><r><t>出</t></r><rPh><t>x</t></rPh></is></c>', "支出"),
    "boolean": ('<c r="{at}" t="b"><v>1</v></c>', "TRUE"),
    "error": ('<c r="{at}" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
    "text of a formula": ('<c r="{at}" t="str"><f>A1</f><v> 支出 </v></c>', "支出"),
    "escaped": ('<c r="{at}" t="str"><v>支_x000D_\n出</v></c>', "支\n出"),
    "date by the standard": ('<c r="{at}" t="d"><v>2024-08-26T12:00:00</v></c>', "45530.5"),
    "no number": ('<c r="{at}"><v>支出</v></c>', "支出"),
    "a number beyond all bounds": ('<c r="{at}"><v>1E+999</v></c>', "1E+999"),
    "a string that is not there": ('<c r="{at}" t="s"><v>7</v></c>', ""),
    "a style that is not there": ('<c r="{at}" s="99"><v>7</v></c>', "7"),
    "no place": ("<c><v>7</v></c>", "7"),
}


@pytest.mark.parametrize("name", RAW)
def test_kinds_of_cells(tmp_path: Path, name: str) -> None:
    xml, text = RAW[name]
    document = opened(tmp_path, xlsx(Page([[*HEAD, "注"], ["甲", Styled(raw=xml), "乙"]])))
    assert grids(document)[0][1] == ["甲", text, "乙"]


@BOTH
@pytest.mark.parametrize("held", ["nan", "inf", "-inf"])
def test_what_is_no_finite_number_is_read_as_it_is_written(tmp_path: Path, suffix: str, held: str) -> None:
    document = made(tmp_path, suffix, Page([HEAD, ["甲", number(held, "0.00")], ["乙", number("1.5", "0.00")]]))
    assert grids(document) == [[HEAD, ["甲", held], ["乙", "1.50"]]]


def test_shared_strings(tmp_path: Path) -> None:
    strings = "<sst xmlns='x'><si><t>支出</t></si><si><r><t>收</t></r><r><t>入</t></r></si></sst>"
    relations = xlsx_relations('<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/>')
    cells = [Styled(raw=f'<c r="{{at}}" t="s"><v>{index}</v></c>') for index in (0, 1)]
    data = xlsx(
        Page([HEAD, cells]),
        more={"xl/sharedStrings.xml": strings.encode(), "xl/_rels/workbook.xml.rels": relations},
    )
    assert grids(opened(tmp_path, data))[0][1] == ["支出", "收入"]


def xlsx_relations(more: str) -> bytes:
    sheet = '<Relationship Id="rId1" Type="x/worksheet" Target="worksheets\\Sheet1.xml"/>'
    return f"<Relationships xmlns='x'>{sheet}{more}</Relationships>".encode()


def test_the_strict_form_is_read_too(tmp_path: Path) -> None:
    document = opened(tmp_path, xlsx(Page([HEAD, ["甲", number("0.5", "0%")]]), strict=True))
    assert grids(document) == [[["项目", "金额"], ["甲", "50%"]]]


# --- formulas ---


def test_formulas_show_their_stored_result(tmp_path: Path) -> None:
    document = opened(tmp_path, xlsx(Page([HEAD, ["甲", formula("SUM(B3:B4)", "7")]])))
    assert grids(document)[0][1] == ["甲", "7"]
    assert document.notices == ()


def test_formulas_without_a_result_are_empty_and_told(tmp_path: Path) -> None:
    rows: Rows = [[*HEAD, "注"], ["甲", formula("SUM(B3:B4)"), formula('""', "", "str")]]  # type: ignore[list-item]
    document = opened(tmp_path, xlsx(Page(rows), Page([["乙"], *[[formula("A1")]] * 9], name="二")))
    assert grids(document)[0] == [["项目", "金额", "注"], ["甲", "", ""]][:2]
    cells = ("表!B2", *(f"二!A{row}" for row in range(2, 9)), "…")
    assert document.notices == (Notice("formulas-not-computed", {"count": 10, "cells": cells}),)


# --- merged and hidden ---


@BOTH
def test_merged_cells_repeat_their_block(tmp_path: Path, suffix: str) -> None:
    rows: Rows = [["项目", "2023年", None], [None, "预算", "决算"], ["甲", "1", "2"], ["乙", None, "3"]]
    document = made(tmp_path, suffix, Page(rows, merged=["A1:A2", "B1:C1", "B3:B4"]))
    (table,) = document.tables
    assert grids(document) == [
        [["项目", "2023年", "2023年"], ["项目", "预算", "决算"], ["甲", "1", "2"], ["乙", "1", "3"]]
    ]
    assert table.cells[0][0] is table.cells[1][0]
    assert table.cells[0][1] is table.cells[0][2]
    assert table.cells[2][1] is table.cells[3][1]
    assert [block.id for block in document.blocks][1:4] == ["t1.r1c1", "t1.r1c2", "t1.r2c2"]


@BOTH
def test_hidden_rows_stay_in_their_table(tmp_path: Path, suffix: str) -> None:
    rows: Rows = [
        ["码", "X#"],
        ["支出表"],
        HEAD,
        ["甲", "1"],
        ["乙", "2"],
        ["合计", "6"],
        ["丙", "3"],
        [],
        ["码", "Y#"],
    ]
    document = made(tmp_path, suffix, Page(rows, hidden_rows=[1, 5, 7, 9]))
    assert lines(document) == [("p1", "heading", "表"), ("p2", "paragraph", "支出表")]
    assert grids(document) == [[["项目", "金额"], ["甲", "1"], ["乙", "2"], ["合计", "6"], ["丙", "3"]]]
    assert [row[0].origin.hidden for row in document.tables[0].cells if row[0]] == [False, False, True, False, True]
    assert document.notices == (
        Notice("rows-hidden", {"count": 2, "rows": ("表!5:5", "表!7:7")}),
        Notice("rows-hidden-left-out", {"count": 2, "rows": ("表!1:1", "表!9:9")}),
    )


@BOTH
def test_hidden_columns_are_left_out(tmp_path: Path, suffix: str) -> None:
    rows: Rows = [["支出表"], ["码", *HEAD, "内部"], ["X1", "甲", "1", "9"]]
    document = made(tmp_path, suffix, Page(rows, merged=["A1:D1"], hidden_columns=[1, 4, 7]))
    assert lines(document)[1] == ("p2", "paragraph", "支出表")
    assert grids(document) == [[["项目", "金额"], ["甲", "1"]]]
    assert [block.id for block in document.blocks][2:4] == ["t1.r1c1", "t1.r1c2"]
    assert document.notices == (Notice("columns-hidden", {"count": 2, "columns": ("表!A", "表!D")}),)


@BOTH
def test_hidden_sheets_are_left_out(tmp_path: Path, suffix: str) -> None:
    hidden = Page([HEAD, ["乙", "2"]], name="底稿", state="hidden")
    document = made(tmp_path, suffix, Page([HEAD, ["甲", "1"]]), hidden, Page(name="空"))
    assert lines(document) == [("p1", "heading", "表")]
    assert grids(document) == [[["项目", "金额"], ["甲", "1"]]]
    assert document.notices == (Notice("sheets-hidden", {"count": 1, "sheets": ("底稿",)}),)


def test_rows_and_columns_without_size_are_hidden(tmp_path: Path) -> None:
    sheet = (
        '<worksheet xmlns="x"><cols><col min="2" max="2" width="0"/></cols><sheetData>'
        + "".join(
            f'<row ht="{height}">' + "".join(f'<c t="str"><v>{text}</v></c>' for text in texts) + "</row>"
            for height, texts in (("15", "甲乙丙"), ("0", "丁戊己"), ("15.0", "庚辛壬"))
        )
        + "</sheetData></worksheet>"
    )
    document = opened(tmp_path, xlsx(Page(), more={"xl/worksheets/sheet1.xml": sheet.encode()}))
    assert grids(document) == [[["甲", "丙"], ["丁", "己"], ["庚", "壬"]]]
    assert facts(document) == {
        "columns-hidden": {"count": 1, "columns": ("表!B",)},
        "rows-hidden": {"count": 1, "rows": ("表!2:2",)},
    }


# --- size ---


def test_a_cell_at_the_far_end_costs_nothing(tmp_path: Path) -> None:
    cells = {"A1": "项目", "B1": "金额", "A2": "甲", "B2": 1, "XFD1048576": "端"}
    document = opened(tmp_path, xlsx(Page(cells=cells, merged=["A5:XFD1048575", "D1:XFD1"])))
    assert grids(document) == [[["项目", "金额"], ["甲", "1"]]]
    assert lines(document) == [("p1", "heading", "表"), ("p2", "paragraph", "端")]


def test_a_table_without_end_is_refused(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="str"><v>甲</v></c><c r="ALM{row}" t="str"><v>乙</v></c></row>'
        for row in range(1, 1002)
    )
    merged = '<mergeCells><mergeCell ref="A1:ALL1"/></mergeCells>'
    xml = f'<worksheet xmlns="x"><sheetData>{rows}</sheetData>{merged}</worksheet>'
    assert refused(tmp_path, xlsx(Page(), more={"xl/worksheets/sheet1.xml": xml.encode()})) == (
        "sheet-too-large",
        {"sheet": "表", "cells": 1_002_001, "limit": 1_000_000},
    )


def test_too_many_cells_are_refused_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sheet, "MAX_POSITIONS", 3)
    assert refused(tmp_path, xlsx(Page([HEAD, ["甲", "1"]]))) == (
        "sheet-too-large",
        {"sheet": "表", "cells": 4, "limit": 3},
    )


def test_the_limit_holds_for_all_tables_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_POSITIONS", 6)
    pages = [Page([HEAD, ["甲", "1"]], name=name) for name in ("一", "二")]
    assert refused(tmp_path, xlsx(*pages)) == ("sheet-too-large", {"sheet": "二", "cells": 8, "limit": 6})


def test_merged_ranges_that_overlap_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_boxes, "_MOST_EFFORT", 39)
    merged = [f"A{row}:B20" for row in range(1, 11)]
    rows = [["甲", "乙"]] * 2
    assert grids(opened(tmp_path, xlsx(Page(rows, merged=merged[:9])))) == []
    assert refused(tmp_path, xlsx(Page(rows, merged=merged))) == ("damaged", {"detail": "merged ranges overlap"})


# --- files ---


@pytest.mark.parametrize(
    ("name", "data", "code", "facts"),
    [
        ("表.xlsx", xlsx(Page()), "no-text", {"kind": "xlsx"}),
        ("表.xls", xls(Page()), "no-text", {"kind": "xls"}),
        ("表.xlsx", xlsx(Page([HEAD], state="hidden")), "no-text", {"kind": "xlsx"}),
        ("表.xlsx", xlsx(Page(kind="chartsheet")), "no-text", {"kind": "xlsx"}),
        ("表.xlsx", zipped({"xl/workbook.xml": b"<x/>"}), "damaged", {"detail": "no workbook"}),
        ("表.xlsb", zipped({"xl/workbook.bin": b"x"}), "unsupported", {"found": "xlsb", "suffix": ".xlsb"}),
        ("表.xls", under_password(xls(Page([HEAD]))), "encrypted", {}),
    ],
)
def test_refusals(tmp_path: Path, name: str, data: bytes, code: str, facts: dict[str, object]) -> None:
    assert refused(tmp_path, data, name) == (code, facts)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"<x><y></x>", b"<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>"])
def test_parts_that_are_no_markup_are_damage(tmp_path: Path, part: str, content: bytes) -> None:
    code, facts = refused(tmp_path, xlsx(Page([HEAD]), more={part: content}))
    assert (code, facts["member"]) == ("damaged", part)


@pytest.mark.parametrize("share", [0.4, 0.7, 0.95])
@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_truncated_files_are_refused(tmp_path: Path, suffix: str, share: float) -> None:
    page = Page([["甲" * 200] * 20 for _ in range(40)])
    data = xlsx(page) if suffix == ".xlsx" else xls(page)
    assert refused(tmp_path, data[: int(len(data) * share)], "表" + suffix)[0] in ("damaged", "unsupported")


@pytest.mark.parametrize(
    ("name", "data", "kind", "found"),
    [
        ("表.et", xls(Page([HEAD])), "xls", []),
        ("表.et", xlsx(Page([HEAD])), "xlsx", []),
        ("表.xlsm", xlsx(Page([HEAD])), "xlsx", []),
        ("表.xls", xlsx(Page([HEAD])), "xlsx", [{"suffix": ".xls", "found": "xlsx"}]),
        ("表.xlsx", xls(Page([HEAD])), "xls", [{"suffix": ".xlsx", "found": "xls"}]),
    ],
)
def test_suffixes(tmp_path: Path, name: str, data: bytes, kind: str, found: list[dict[str, str]]) -> None:
    document = opened(tmp_path, data, name)
    assert (document.kind, [notice.facts for notice in document.notices]) == (kind, found)
    assert [notice.code for notice in document.notices] == ["wrong-suffix"] * len(found)


def test_the_same_file_gives_the_same_document(tmp_path: Path) -> None:
    data = xlsx(Page([["支出表"], HEAD, ["甲", "1"]], merged=["A1:B1"]))
    assert opened(tmp_path, data) == opened(tmp_path, data)
