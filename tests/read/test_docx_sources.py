"""What `read_sources` says of the places of characters, held against the blocks that `read` gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from docx_files import cell, docx, field, mark, numbered, numbering, paragraph, row, run, table
from docx_files import level as lvl
from reportcheck.read.docx import read, read_sources
from reportcheck.read.docx_xml import MATH, w

SAMPLES = sorted((Path(__file__).parents[2] / "samples" / "reports").glob("*.docx"))
SIGNS = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", MATH + "f": "/"}


def rendered(data: bytes) -> dict[str, str]:
    """The text of each block from the places of its characters; what has no place is shown as ``∅``."""
    return {
        name: "".join("∅" if each is None else _shown(*each) for each in source.characters())
        for name, source in read_sources(data).of.items()
    }


def _shown(element: object, offset: int) -> str:
    tag, text = element.tag, element.text  # type: ignore[attr-defined]
    if tag == w("sym"):
        return "□"
    return SIGNS[tag] if tag in SIGNS else text[offset].translate(dict.fromkeys(map(ord, "\n\r\t"), " "))


def unlike(data: bytes) -> list[tuple[str, str, str]]:
    """The blocks of `read` that differ from their places; no place is asked of numbers that Word makes, nor of the
    ends of the lines of a cell."""
    places = rendered(data)
    blocks = read(Path("x"), data).blocks
    assert [*places] == [block.id for block in blocks]
    return [
        (block.id, block.text, places[block.id])
        for block in blocks
        if [*places[block.id]]
        != [
            "∅" if index < block.generated or (placed, character) == ("∅", "\n") else character
            for index, (character, placed) in enumerate(zip(block.text, places[block.id], strict=True))
        ]
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_character_of_a_report_has_its_place(path: Path) -> None:
    assert unlike(path.read_bytes()) == []


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 16


DELETED = '<w:rPr><w:del w:id="1"/></w:rPr>'
BOX = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"
FORM_BOX = mark("begin", "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>") + mark("end")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<w:p><w:r><w:t>  预算 </w:t><w:t>60</w:t></w:r></w:p>", ["预算60"]),
        (paragraph("信\u00ad访\u200b股", run("　60　")), ["信访股　60"]),
        (paragraph("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三\n四</w:t></w:r>"), ["一\n二\t三 四"]),
        (paragraph("<w:r><w:t>2019</w:t><w:noBreakHyphen/><w:t>46</w:t></w:r>"), ["2019-46"]),
        (paragraph("<w:r><w:sym w:font='Wingdings' w:char='F0A8'/><w:t>是</w:t></w:r>"), ["□是"]),
        (paragraph("共", field(" =SUM(ABOVE) ", "60"), "万元"), ["共60万元"]),
        (paragraph(FORM_BOX, "自评"), ["∅自评"]),
        (numbered("甲"), ["∅∅甲"]),
        (numbered(""), ["∅∅"]),
        (paragraph("预算60", properties=DELETED) + numbered("万元"), ["∅∅预算60万元"]),
        (table(row(cell(" 甲 ", "", numbered("乙")))), ["甲∅∅∅乙"]),
        (paragraph("前", BOX.format(paragraph("框内"))) + paragraph("后"), ["前", "框内", "后"]),
        (
            paragraph("<m:oMath><m:f><m:num><m:r><m:t>甲</m:t></m:r></m:num><m:den><m:r><m:t>乙</m:t></m:r></m:den></m:f></m:oMath>"),
            ["甲/乙"],
        ),
    ],
)  # fmt: skip
def test_where_the_characters_of_a_paragraph_stand(body: str, expected: list[str]) -> None:
    data = docx(body, parts={"numbering": numbering(lvl(0, "decimal", "%1."))})
    assert [*rendered(data).values()] == expected


def test_what_brings_a_block_in() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    data = docx(
        paragraph("正文", BOX.format(paragraph("框", reference) + table(row("格")))),
        section,
        parts={
            "footnotes": f'<w:footnote w:id="2">{paragraph("注", BOX.format(paragraph("注中框")))}</w:footnote>',
            "header1": paragraph("眉", BOX.format(paragraph("眉中框"))),
        },
    )
    sources = read_sources(data)
    found = [
        (sources.blocks[name].text, source.part, source.mark is not None and source.mark.tag)
        for name, source in sources.of.items()
    ]
    assert found == [
        ("正文", "body", False),
        ("框", "textbox", w("txbxContent")),
        ("注", "footnote", w("txbxContent")),
        ("注中框", "footnote", w("txbxContent")),
        ("格", "textbox", w("txbxContent")),
        ("眉", "header", False),
        ("眉中框", "header", False),
    ]  # fmt: skip


def test_blanks_between_elements_are_kept_for_writing() -> None:
    package = read_sources(docx("\n  <w:p>\n <w:r><w:t>甲</w:t></w:r></w:p>")).package
    assert (package.name, package.body.text, package.body[0].text) == ("word/document.xml", "\n  ", "\n ")
