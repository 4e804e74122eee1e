"""Annotated copies of PDF files, read back with libraries that did not write them."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from PIL import ImageChops
from pypdf import PdfWriter
from pypdf.annotations import FreeText

from pdf_files import Sheet, make
from pdf_pages import PROSE, drawn, files
from reportcheck.model import Severity, Span
from reportcheck.read.pdf import read
from reportcheck.read.pdf_places import read_with_places
from reportcheck.render.annotated_pdf import annotate
from reportcheck.render.pdf_marks import COLOURS
from reportcheck.render.remarks import Remark

PATH = Path("a.pdf")
FILES = files()
FIGURE = re.compile(r"\d[\d,.]*[%\u4e00-\u9fff]?")
AUTHOR = "核对"

Quad = tuple[float, float, float, float]


@dataclass(frozen=True)
class Found:
    """An annotation of a copy; ``quads`` are (x0, y0, x1, y1) in the page's own coordinates."""

    page: int
    kind: str
    contents: str
    author: str
    colour: tuple[float, ...]
    quads: tuple[Quad, ...]
    rect: Quad


def found(data: bytes) -> list[Found]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [_found(page.page_number, annotation["data"]) for page in document.pages for annotation in page.annots]


def _found(page: int, data: dict[str, Any]) -> Found:
    values = data.get("QuadPoints", ())
    quads = [(values[i : i + 8 : 2], values[i + 1 : i + 8 : 2]) for i in range(0, len(values), 8)]
    texts = [data[key].decode("utf-16" if data[key][:2] == b"\xfe\xff" else "latin-1") for key in ("Contents", "T")]
    boxes = tuple((min(xs), min(ys), max(xs), max(ys)) for xs, ys in quads)
    return Found(page, data["Subtype"].name, *texts, tuple(data["C"]), boxes, tuple(data["Rect"]))


def words_in(quads: tuple[Quad, ...], page: int, data: bytes) -> str:
    """The characters whose middles lie in quads, those drawn twice for boldness once."""
    text = ""
    for x0, y0, x1, y1 in quads:
        inside = [char for char in drawn(data)[page - 1] if x0 <= char.x <= x1 and y0 <= char.y <= y1]
        for index, char in enumerate(inside):
            twins = [twin for twin in inside[:index] if twin.text == char.text]
            if not any(abs(twin.x - char.x) + abs(twin.y - char.y) < 1 for twin in twins):
                text += char.text
    return text


def remark(block: str, start: int, end: int, *lines: str, severity: Severity | None = "error") -> Remark:
    return Remark(Span(block, start, end), severity, lines or ("x",))


def on(data: bytes, words: str) -> Remark:
    """A remark on the first of some words."""
    block = next(block for block in read(PATH, data).blocks if words in block.text)
    return remark(block.id, block.text.index(words), block.text.index(words) + len(words))


# --- the right boxes -------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_the_words_of_each_remark_lie_in_its_boxes(name: str) -> None:
    data = FILES[name]
    spans, words = [], []
    for block in read(PATH, data).blocks:
        places = [(0, len(block.text)), *(match.span() for match in FIGURE.finditer(block.text))]
        spans += [Span(block.id, *place) for place in places if block.text]
        words += ["".join(block.text[start:end].split()) for start, end in places if block.text]
    copy = annotate(data, [Remark(span, "note", (str(number),)) for number, span in enumerate(spans)], AUTHOR)
    marked = [""] * len(spans)
    for each in found(copy.data):
        marked[int(each.contents)] += words_in(each.quads, each.page, copy.data)
    if "turned" in name:  # words upside down are read from their end
        marked, words = ["".join(sorted(each)) for each in marked], ["".join(sorted(each)) for each in words]
    assert marked == words
    assert copy.displaced == ()


@pytest.mark.parametrize(
    ("name", "figure", "quads"),
    [
        ("prose", "98.20万元", [1]),
        ("prose", "1,230.15万元", [2]),
        ("over pages", "1,245.60万元。", [1, 1]),
        ("over pages", "其中新建二十个，投资1,245", [1, 1]),
        ("ruled", "123456789.50", [2]),
        ("ruled", "人员经费", [2]),
        ("stitched", "机关事业单位基本养老保险缴费支出", [1, 1]),
        ("turned 90", "1,234.50", [1]),
    ],
)
def test_a_quad_for_each_line_and_a_highlight_on_each_page(name: str, figure: str, quads: list[int]) -> None:
    data = FILES[name]
    assert [len(each.quads) for each in found(annotate(data, [on(data, figure)], AUTHOR).data)] == quads


@pytest.mark.parametrize("name", [name for name in FILES if re.match("rotated|turned|cropped|moved|inherited", name)])
def test_the_colour_is_seen_where_the_words_are(name: str) -> None:
    data = FILES[name]
    block = next(block for block in read(PATH, data).blocks if block.text in ("一、部门概况", "支出情况表"))
    copy = annotate(data, [remark(block.id, 0, len(block.text))], AUTHOR).data
    before, after = (pypdfium2.PdfDocument(each)[0] for each in (data, copy))
    seen = ImageChops.difference(before.render(scale=2).to_pil(), after.render(scale=2).to_pil()).getbbox()
    assert seen is not None
    boxes = [place.box for place in read_with_places(PATH, data)[1][block.id] if place]
    x0, top, x1, bottom = zip(*boxes, strict=True)
    assert [value / 2 for value in seen] == pytest.approx((min(x0), min(top), max(x1), max(bottom)), abs=0.75)


def test_an_empty_cell_is_marked_whole() -> None:
    data = FILES["ruled"]
    cell = next(block for block in read(PATH, data).blocks if block.role == "cell" and not block.text)
    (mark,) = found(annotate(data, [remark(cell.id, 0, 0)], AUTHOR).data)
    assert cell.origin.box is not None
    x0, top, x1, bottom = cell.origin.box
    assert mark.quads == (pytest.approx((x0, 841.89 - bottom, x1, 841.89 - top), abs=0.1),)


@pytest.mark.parametrize(("place", "expected"), [(0, "二"), (5, "年"), (len(PROSE), "。")])
def test_a_place_between_characters_marks_the_one_before(place: int, expected: str) -> None:
    data = FILES["prose"]
    block = next(block for block in read(PATH, data).blocks if block.text == PROSE)
    (mark,) = found(annotate(data, [remark(block.id, place, place)], AUTHOR).data)
    assert words_in(mark.quads, mark.page, data) == expected


def test_pages_of_the_second_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportcheck.read import pdf_page

    data = FILES["prose"]
    wanted = on(data, "98.20万元")
    monkeypatch.setattr(pdf_page, "_glyphs", lambda page, place: iter(()))
    (mark,) = found(annotate(data, [wanted], AUTHOR).data)
    assert words_in(mark.quads, mark.page, data) == "98.20万元"


# --- notes -----------------------------------------------------------------------------------


def test_what_a_note_says() -> None:
    data = FILES["prose"]
    place = on(data, "8.56%").span
    severities: list[Severity | None] = ["error", "warning", "note", None]
    remarks = [Remark(place, each, ("第一行", "second\x00\ud800 😀", "")) for each in severities]
    marks = found(annotate(data, remarks, "核对 (甲)").data)
    assert [mark.contents for mark in marks] == ["第一行\rsecond 😀\r"] * 4
    assert [(mark.kind, mark.author) for mark in marks] == [("Highlight", "核对 (甲)")] * 4
    assert [mark.colour for mark in marks] == [pytest.approx(COLOURS[each]) for each in severities]


def test_remarks_without_a_place_are_notes_at_the_head_of_the_first_page() -> None:
    data = FILES["rotated 90 changed"]
    remarks = [Remark(None, "note", ("全文",)), *[remark("p99", 0, 1, str(number)) for number in range(49)]]
    copy = annotate(data, remarks, AUTHOR)
    notes = found(copy.data)
    assert copy.displaced == tuple(remarks[1:])
    assert [(note.page, note.kind, note.contents) for note in notes[:3]] == [
        (1, "Text", "全文"),
        (1, "Text", "0"),
        (1, "Text", "1"),
    ]
    before, after = (pypdfium2.PdfDocument(each)[0] for each in (data, copy.data))
    seen = ImageChops.difference(before.render().to_pil(), after.render().to_pil()).getbbox()
    assert seen == pytest.approx((12, 12, 12 + 35 * 22 - 4, 52), abs=1.5)
    assert len({note.rect for note in notes}) == 50


@pytest.mark.parametrize(("language", "expected"), [("zh", "（指“总计”）\r第一行"), ("en", '(about "总计")\r第一行')])
def test_words_off_the_page_are_quoted(language: Any, expected: str) -> None:
    def page(sheet: Sheet) -> None:
        sheet.line(PROSE[:12])
        sheet.at(595.5, sheet.y, "总计", 8)

    data = make(page)
    wanted = Remark(on(data, "总计").span, "error", ("第一行",))
    copy = annotate(data, [wanted], AUTHOR, language)
    assert [(note.kind, note.contents) for note in found(copy.data)] == [("Text", expected)]
    assert copy.displaced == (wanted,)


# --- nothing else changes --------------------------------------------------------------------


def some(data: bytes) -> list[Remark]:
    return [remark(block.id, 0, len(block.text), block.id) for block in read(PATH, data).blocks][:20]


@pytest.mark.parametrize("name", FILES)
def test_nothing_else_changes_and_the_bytes_are_the_same_twice(name: str) -> None:
    data = FILES[name]
    copy = annotate(data, some(data), AUTHOR).data
    assert annotate(data, some(data), AUTHOR).data == copy
    assert copy.startswith(data) == (name != "owner")
    assert read(PATH, copy) == read(PATH, data)
    assert drawn(copy) == drawn(data)


def test_without_remarks_the_copy_is_the_original() -> None:
    assert annotate(FILES["prose"], [], AUTHOR).data == FILES["prose"]


def with_stream_of_references(data: bytes) -> bytes:
    """The file with an annotation of someone else, its cross-references in a stream."""
    writer = PdfWriter(io.BytesIO(data), incremental=True)
    writer.add_annotation(0, FreeText(text="mine", rect=(10, 10, 50, 50)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_annotations_of_others_stay() -> None:
    data = with_stream_of_references(FILES["prose"])
    copy = annotate(data, [on(data, "8.56%")], AUTHOR).data
    assert copy.startswith(data)
    again = annotate(copy, [on(copy, "98.76%")], AUTHOR).data
    assert again.startswith(copy)
    with pdfplumber.open(io.BytesIO(again)) as document:
        kinds = [annotation["data"]["Subtype"].name for annotation in document.pages[0].annots]
    assert kinds == ["FreeText", "Highlight", "Highlight"]


def test_the_description_of_the_file_stays() -> None:
    data = FILES["prose"]
    before, after = (pypdfium2.PdfDocument(each) for each in (data, annotate(data, some(data), AUTHOR).data))
    assert after.get_metadata_dict() == before.get_metadata_dict()
    assert before.get_metadata_dict()["Producer"]
    assert before.get_identifier() == after.get_identifier()


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_file_that_only_its_owner_may_change_has_a_copy_that_anyone_may(algorithm: str) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(FILES["prose"]))
    writer.encrypt("", "owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    data = out.getvalue()
    copy = annotate(data, [on(data, "98.20万元")], AUTHOR).data
    assert copy == annotate(data, [on(data, "98.20万元")], AUTHOR).data
    assert (b"/Encrypt" in data, b"/Encrypt" in copy) == (True, False)
    (mark,) = found(copy)
    assert words_in(mark.quads, 1, copy) == "98.20万元"
    assert drawn(copy) == drawn(data)


@pytest.mark.parametrize("broken", ["shifted", "no references", "no end"])
def test_a_damaged_file_is_written_anew(broken: str) -> None:
    sound = FILES["over pages"]
    data = {
        "shifted": b"HTTP/1.1 200\n\n" + sound,
        "no references": sound.replace(b"startxref\n", b"startxref\n9"),
        "no end": sound[: sound.index(b"startxref")],
    }[broken]
    wanted = [on(data, "8.56%"), on(data, "1,245.60万元。")]
    copy = annotate(data, wanted, AUTHOR).data
    assert copy == annotate(data, wanted, AUTHOR).data
    assert [words_in(mark.quads, mark.page, copy) for mark in found(copy)] == ["8.56%", "1,2", "45.60万元。"]
    assert read(PATH, copy) == read(PATH, data)
