from __future__ import annotations

from pathlib import Path

import pytest

from docx_files import docx, level, numbered, numbering, paragraph, styled
from reportcheck.read.docx import read
from reportcheck.read.docx_numbering import write


def labels(*body: str, **parts: str) -> list[str]:
    return [block.text for block in read(Path("a.docx"), docx(*body, parts=parts)).blocks]


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("decimal", ["1", "9", "10", "12", "20", "27", "105"]),
        ("decimalZero", ["01", "09", "10", "12", "20", "27", "105"]),
        ("upperLetter", ["A", "I", "J", "L", "T", "AA", "AAAAA"]),
        ("lowerLetter", ["a", "i", "j", "l", "t", "aa", "aaaaa"]),
        ("upperRoman", ["I", "IX", "X", "XII", "XX", "XXVII", "CV"]),
        ("lowerRoman", ["i", "ix", "x", "xii", "xx", "xxvii", "cv"]),
        ("chineseCounting", ["一", "九", "十", "十二", "二十", "二十七", "一〇五"]),
        ("chineseCountingThousand", ["一", "九", "十", "十二", "二十", "二十七", "一百零五"]),
        ("japaneseCounting", ["一", "九", "十", "十二", "二十", "二十七", "一百零五"]),
        ("chineseLegalSimplified", ["壹", "玖", "壹拾", "壹拾贰", "贰拾", "贰拾柒", "壹佰零伍"]),
        ("ideographDigital", ["一", "九", "一〇", "一二", "二〇", "二七", "一〇五"]),
        ("ideographTraditional", ["甲", "壬", "癸", "12", "20", "27", "105"]),
        ("ideographZodiac", ["子", "申", "酉", "亥", "20", "27", "105"]),
        ("decimalEnclosedCircle", ["①", "⑨", "⑩", "⑫", "⑳", "27", "105"]),
        ("decimalEnclosedCircleChinese", ["①", "⑨", "⑩", "⑫", "⑳", "27", "105"]),
        ("decimalEnclosedParen", ["⑴", "⑼", "⑽", "⑿", "⒇", "27", "105"]),
        ("decimalEnclosedFullstop", ["⒈", "⒐", "⒑", "⒓", "⒛", "27", "105"]),
        ("decimalFullWidth", ["１", "９", "１０", "１２", "２０", "２７", "１０５"]),
        ("ordinal", ["1st", "9th", "10th", "12th", "20th", "27th", "105th"]),
        ("none", [""] * 7),
        ("somethingNew", ["1", "9", "10", "12", "20", "27", "105"]),
    ],
)
def test_number_formats(number_format: str, expected: list[str]) -> None:
    assert [write(count, number_format) for count in (1, 9, 10, 12, 20, 27, 105)] == expected


def test_zero_and_odd_counts_have_some_form() -> None:
    formats = (
        "upperLetter",
        "upperRoman",
        "ideographTraditional",
        "decimalEnclosedCircle",
        "chineseCounting",
    )
    assert [write(0, name) for name in formats] == ["0", "0", "0", "0", "零"]
    assert write(-3, "upperLetter") == "-3"
    assert write(781, "lowerLetter") == "781"


def test_levels_count_and_restart() -> None:
    body = [
        numbered("甲"),
        numbered("乙", 1),
        numbered("丙", 1),
        numbered("丁", 2),
        numbered("戊"),
        numbered("己", 1),
        numbered("庚", 2),
    ]
    levels = [
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%1.%2.%3"),
    ]
    assert labels(*body, numbering=numbering(*levels)) == [
        "一、甲", "（一）乙", "（二）丙", "一.二.1 丁", "二、戊", "（一）己", "二.一.1 庚",
    ]  # fmt: skip


def test_legal_levels_are_written_in_digits() -> None:
    levels = [level(0, "chineseCounting", "第%1章"), level(1, "chineseCounting", "%1.%2", "<w:isLgl/>")]
    assert labels(numbered("甲"), numbered("乙", 1), numbering=numbering(*levels)) == ["第一章 甲", "1.1 乙"]


@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        ("%1、", "", "1、文"),
        ("%1.", "", "1.文"),
        ("（%1）", "", "（1）文"),
        ("%1)", "space", "1)文"),
        ("%1", "tab", "1 文"),
        ("%1", "space", "1 文"),
        ("%1", "nothing", "1文"),
        ("第%1条", "", "第1条 文"),
        ("第%1条　", "", "第1条　文"),
        ("", "", "文"),
    ],
)
def test_what_parts_a_number_from_its_text(text: str, suffix: str, expected: str) -> None:
    more = f'<w:suff w:val="{suffix}"/>' if suffix else ""
    [block] = read(
        Path("a.docx"), docx(numbered("文"), parts={"numbering": numbering(level(0, "decimal", text, more))})
    ).blocks
    assert (block.text, block.generated) == (expected, len(expected) - 1)


def test_bullets_give_no_text() -> None:
    assert labels(numbered("甲"), numbering=numbering(level(0, "bullet", "●"))) == ["甲"]


def test_lists_share_the_count_of_their_definition_unless_they_start_again() -> None:
    more = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = [numbered(text, 0, list_id) for text, list_id in [("甲", 1), ("乙", 2), ("丙", 3), ("丁", 3), ("戊", 1)]]
    assert labels(*body, numbering=numbering(level(0, "decimal", "%1."), more=more)) == [
        "1.甲", "2.乙", "5.丙", "6.丁", "7.戊",
    ]  # fmt: skip


def test_a_list_may_redefine_a_level() -> None:
    redefined = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        + level(0, "chineseCounting", "%1、")
        + "</w:lvlOverride></w:num>"
    )
    assert labels(numbered("甲"), numbering=numbering(level(0, "decimal", "%1."), more=redefined)) == ["一、甲"]


@pytest.mark.parametrize(("restart", "expected"), [("", "（1）丁"), ('<w:lvlRestart w:val="0"/>', "（2）丁")])
def test_a_level_restarts_unless_told_not_to(restart: str, expected: str) -> None:
    levels = [level(0, "decimal", "%1."), level(1, "decimal", "（%2）", restart)]
    body = [numbered("甲"), numbered("乙", 1), numbered("丙"), numbered("丁", 1)]
    assert labels(*body, numbering=numbering(*levels))[-1] == expected


def test_styles_number_their_paragraphs() -> None:
    held = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="A"><w:name w:val="甲"/>{held}</w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="乙"/><w:basedOn w:val="A"/>'
        f"{held}</w:style>"
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="丙"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="D"><w:name w:val="丁"/><w:basedOn w:val="A"/>'
        '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    levels = [
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="A"/>'),
        level(1, "decimal", "%2.", '<w:pStyle w:val="B"/>'),
    ]
    off = paragraph("戊", properties='<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body = [
        styled("A", "一"),
        styled("B", "二"),
        styled("C", "三"),
        styled("D", "四"),
        off,
        styled("A", "五"),
    ]
    assert labels(*body, numbering=numbering(*levels), styles=styles) == [
        "一、一", "1.二", "2.三", "四", "戊", "二、五",
    ]  # fmt: skip


def test_a_list_style_names_the_definition() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="列表"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    more = (
        '<w:abstractNum w:abstractNumId="7"><w:styleLink w:val="L"/>'
        f"{level(0, 'decimal', '%1）')}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    )
    linking = '<w:numStyleLink w:val="L"/>'
    assert labels(numbered("甲"), numbered("乙"), numbering=numbering(linking, more=more), styles=styles) == [
        "1）甲",
        "2）乙",
    ]


def test_a_custom_format_falls_back() -> None:
    custom = (
        '<w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
        'w:format="001, 002"/></mc:Choice><mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback>'
        '</mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>'
    )
    assert labels(numbered("甲"), numbering=numbering(custom)) == ["01.甲"]


@pytest.mark.parametrize(
    "properties",
    ['<w:numPr><w:numId w:val="9"/></w:numPr>', '<w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr>'],
)
def test_unknown_lists_and_levels_give_no_number(properties: str) -> None:
    body = paragraph("甲", properties=properties)
    assert labels(body, numbering=numbering(level(0, "decimal", "%1."))) == ["甲"]
