"""Workbooks made on the spot: XLSX part by part, for what no library writes, and XLS by xlwt."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import xlwt

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
FIRST_FORMAT = 164

Content = str | int | None
Rows = Sequence[Sequence[Content]]


@dataclass(frozen=True)
class Styled:
    """A cell with more than a value: ``number`` is what the file holds; ``raw`` its XML, as it stands."""

    value: Content = None
    number: str = ""
    format: str = "General"
    indent: int = 0
    align: str = "left"
    border: bool = False
    raw: str = ""


@dataclass(frozen=True)
class Page:
    """A sheet: its rows from A1, or cells by address; ``head`` and ``row`` are more XML and attributes."""

    rows: Sequence[Sequence[Content | Styled]] = ()
    name: str = "表"
    merged: Sequence[str] = ()
    hidden_rows: Iterable[int] = ()
    hidden_columns: Iterable[int] = ()
    state: str = "visible"
    cells: Mapping[str, Content | Styled] | None = None
    kind: str = "worksheet"


def number(held: str, code: str = "General") -> Styled:
    return Styled(number=held, format=code)


def formula(expression: str, result: str | None = None, kind: str = "n") -> Styled:
    held = "" if result is None else f"<v>{result}</v>"
    return Styled(raw=f'<c r="{{at}}" t="{kind}"><f>{expression}</f>{held}</c>')


class _Styles:
    def __init__(self) -> None:
        self.known: list[tuple[str, int, str, bool]] = [("General", 0, "left", False)]

    def of(self, cell: Styled) -> int:
        key = (cell.format, cell.indent, cell.align, cell.border)
        if key not in self.known:
            self.known.append(key)
        return self.known.index(key)

    def xml(self, main: str) -> str:
        codes = sorted({code for code, *_ in self.known if not code.isdecimal()} - {"General"})
        formats = "".join(
            f'<numFmt numFmtId="{FIRST_FORMAT + index}" formatCode={quoteattr(code)}/>'
            for index, code in enumerate(codes)
        )
        numbers = {code: FIRST_FORMAT + index for index, code in enumerate(codes)} | {"General": 0}
        styles = "".join(
            f'<xf numFmtId="{int(code) if code.isdecimal() else numbers[code]}" borderId="{int(border)}">'
            f'<alignment horizontal="{align}" indent="{indent}"/></xf>'
            for code, indent, align, border in self.known
        )
        borders = '<border><left/></border><border><left style="thin"/></border>'
        return (
            f'<styleSheet xmlns="{main}"><numFmts>{formats}</numFmts><borders>{borders}</borders>'
            f"<cellXfs>{styles}</cellXfs></styleSheet>"
        )


def xlsx(*pages: Page, strict: bool = False, settings: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook; ``settings`` are attributes of its ``workbookPr``, ``more`` are parts added or put in place."""
    main, office = (STRICT, STRICT_OFFICE) if strict else (MAIN, OFFICE)
    styles = _Styles()
    sheets = {f"xl/worksheets/sheet{i}.xml": _sheet(page, styles, main) for i, page in enumerate(pages, start=1)}
    entries = "".join(
        f'<sheet name={quoteattr(page.name)} sheetId="{i}" state="{page.state}" r:id="rId{i}"/>'
        for i, page in enumerate(pages, start=1)
    )
    targets = [(page.kind, f"worksheets/sheet{i}.xml") for i, page in enumerate(pages, start=1)]
    parts = {
        "_rels/.rels": _relations(office, [("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><workbookPr {settings}/>'
        f"<sheets>{entries}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(office, [*targets, ("styles", "/xl/styles.xml")]),
        "xl/styles.xml": styles.xml(main),
        **sheets,
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **(more or {})}.items():
            archive.writestr(name, content)
    return held.getvalue()


def _relations(office: str, targets: Sequence[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{i}" Type="{office}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def _sheet(page: Page, styles: _Styles, main: str) -> str:
    placed = {
        f"{_letters(column)}{row}": content
        for row, contents in enumerate(page.rows, start=1)
        for column, content in enumerate(contents, start=1)
        if content is not None
    } | dict(page.cells or {})
    rows: dict[int, list[str]] = {row: [] for row in page.hidden_rows}
    for at in sorted(placed, key=lambda at: (int(at.lstrip(_LETTERS)), len(at), at)):
        rows.setdefault(int(at.lstrip(_LETTERS)), []).append(_cell(at, placed[at], styles))
    hidden = frozenset(page.hidden_rows)
    data = "".join(
        f'<row r="{row}"{_hidden(row in hidden)}>{"".join(cells)}</row>' for row, cells in sorted(rows.items())
    )
    columns = "".join(f'<col min="{column}" max="{column}" hidden="1"/>' for column in page.hidden_columns)
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in page.merged)
    return (
        f'<worksheet xmlns="{main}"><dimension ref="A1:XFD1048576"/>{columns and f"<cols>{columns}</cols>"}'
        f"<sheetData>{data}</sheetData>{merged and f'<mergeCells>{merged}</mergeCells>'}</worksheet>"
    )


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _hidden(hidden: bool) -> str:
    return ' hidden="1"' if hidden else ""


def _letters(column: int) -> str:
    return _LETTERS[column - 1]


def _cell(at: str, content: Content | Styled, styles: _Styles) -> str:
    cell = content if isinstance(content, Styled) else Styled(content)
    if cell.raw:
        return cell.raw.replace("{at}", at)
    style = styles.of(cell)
    held = cell.number or (str(cell.value) if isinstance(cell.value, int) else "")
    if held:
        return f'<c r="{at}" s="{style}"><v>{held}</v></c>'
    if cell.value is None:
        return f'<c r="{at}" s="{style}"/>'
    text = f'<t xml:space="preserve">{escape(str(cell.value))}</t>'
    return f'<c r="{at}" s="{style}" t="inlineStr"><is>{text}</is></c>'


def xls(*pages: Page) -> bytes:
    """The same by xlwt, as far as it goes: no formulas, no raw XML, builtin formats by their code only."""
    book = xlwt.Workbook(encoding="utf-8")
    for page in pages:
        sheet = book.add_sheet(page.name)
        sheet.visibility = int(page.state != "visible")
        for row, contents in enumerate(page.rows):
            for column, content in enumerate(contents):
                if content is not None:
                    _write(sheet, row, column, content if isinstance(content, Styled) else Styled(content))
        for ref in page.merged:
            sheet.merge(*_corners(ref))
        for row in page.hidden_rows:
            sheet.row(row - 1).hidden = True
        for column in page.hidden_columns:
            sheet.col(column - 1).hidden = True
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _write(sheet: xlwt.Worksheet, row: int, column: int, cell: Styled) -> None:
    style = xlwt.XFStyle()
    style.num_format_str = cell.format
    style.alignment.inde = cell.indent
    style.alignment.horz = {"left": 1, "right": 3}[cell.align]
    style.borders.left = int(cell.border)
    sheet.write(row, column, float(cell.number) if cell.number else cell.value, style)


def _corners(ref: str) -> tuple[int, int, int, int]:
    (first, top), (last, bottom) = ((at[0], int(at[1:])) for at in ref.split(":"))
    return top - 1, bottom - 1, _LETTERS.index(first), _LETTERS.index(last)


def under_password(data: bytes) -> bytes:
    """An XLS file whose workbook says that it is encrypted: a record in its head renamed."""
    interface = struct.pack("<HH", 0x00E1, 2)
    at = data.index(interface)
    return data[:at] + struct.pack("<H", 0x002F) + data[at + 2 :]
