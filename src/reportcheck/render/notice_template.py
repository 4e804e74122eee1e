"""The built-in template of the return notice as a Word document, made of the data in ``patterns/notice.toml``."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from reportcheck.catalog import Language, table
from reportcheck.errors import CatalogError
from reportcheck.read.docx_xml import w
from reportcheck.render.word_template import Names
from reportcheck.schemas.notice import Notice, NoticeField, NoticeSection, NoticeStyle

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

FILE = "notice.toml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KINDS = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
_MARK = "mark"
# What comes behind borders and line breaking in the schema of a paragraph's properties.
_BEHIND = ("w:spacing", "w:ind", "w:jc")


def template(language: Language) -> bytes:
    """The built-in template, for the notice itself and for a user to change in Word."""
    import docx

    document = docx.Document(io.BytesIO(_skeleton()))
    styles = {key: _style(document, key, row, language) for key, row in table(Notice).style.items()}
    _lay_out(document)
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, key in ((section.footer, "odd"), (section.even_page_footer, "even")):
        footer.is_linked_to_previous = False
        footer.paragraphs[0].style = styles[key]
        _number(footer.paragraphs[0], table(Notice).texts(language).page)
    for key, text in (*_lines(language), *_help(language)):
        document.add_paragraph(text, styles[key])
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def names() -> Names:
    """The names of fields and sections that a template may hold."""
    keyed: list[dict[str, tuple[str, frozenset[str]]]] = []
    for kind in ("field", "section"):
        found: dict[str, tuple[str, frozenset[str]]] = {}
        rows: Sequence[NoticeField | NoticeSection] = getattr(table(Notice), kind)
        for row in rows:
            known = row.key, frozenset(row.inside)
            found |= {row.zh: known, row.en: known}
        keyed.append(found)
    return Names(*keyed)


def _wrong(row: object, detail: object) -> CatalogError:
    return CatalogError("pattern-row-wrong", file=FILE, row=row, detail=detail)


def _lines(language: Language) -> Iterator[tuple[str, str]]:
    """The paragraphs of the letter, each with its style."""
    for number, line in enumerate(table(Notice).texts(language).text.splitlines(), 1):
        before, bar, text = line.partition("|")
        if line.strip().startswith("{{"):
            yield _MARK, line.strip()
        elif bar and before.strip() in table(Notice).style:
            yield before.strip(), text.strip(" ")
        elif line.strip():
            raise _wrong(f"{language}.text, {number}", line.strip())


def _help(language: Language) -> Iterator[tuple[str, str]]:
    """What the template tells its editor: how it works, and every name it may hold."""
    data = table(Notice)
    said = data.texts(language)
    lines = said.help.splitlines()
    for section in data.section:
        means = section.zh_means if language == "zh" else section.en_means
        lines.append(said.help_section.format(name=section.text(language), means=means))
    titles = {row.key: row.text(language) for row in data.section}
    groups: dict[tuple[str, ...], list[str]] = {}
    for row in data.field:
        groups.setdefault(row.inside, []).append(row.text(language))
    for inside, fields in groups.items():
        listed, around = said.list.join(fields), said.list.join(titles[key] for key in inside)
        lines.append((said.help_inside if inside else said.help_fields).format(names=listed, section=around))
    yield from ((_MARK, "{{! " + line + " }}") for line in lines)


def _number(paragraph: Paragraph, text: str) -> None:
    """Writes the number of the page, which Word counts, with what stands around it."""
    before, _, after = text.partition("{page}")
    paragraph.add_run(before)
    field = paragraph._p.makeelement(w("fldSimple"), {w("instr"): "PAGE"})
    paragraph._p.append(field)
    field.append(paragraph.add_run("1")._r)
    paragraph.add_run(after)


# --- layout -----------------------------------------------------------------------------------


def _lay_out(document: Document) -> None:
    from docx.shared import Mm

    page = table(Notice).page
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.footer_distance = Mm(page.footer)
    section.header_distance, section.gutter = Mm(page.top / 2), Mm(0)


def _style(document: Document, key: str, row: NoticeStyle, language: Language) -> ParagraphStyle:
    """A style by its row: font, size and spacing in points, indents in characters."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt, RGBColor

    try:
        style: ParagraphStyle = document.styles.add_style(row.text(language), WD_STYLE_TYPE.PARAGRAPH)
        style.quick_style = True
        style.font.size, style.font.bold = Pt(row.size), row.bold or None
        if row.color:
            style.font.color.rgb = RGBColor.from_string(row.color)
        layout = style.paragraph_format
        layout.alignment = WD_ALIGN_PARAGRAPH.from_xml(row.align)
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(row.line)
        layout.space_before, layout.space_after = Pt(row.before), Pt(row.after)
        layout.keep_with_next = row.keep
        _fonts(style, row.font, language)
        _indents(style, row)
    except (KeyError, ValueError, TypeError) as error:
        raise _wrong(f"style.{key}", error) from None
    properties = style.element.get_or_add_pPr()
    if row.ruled:
        line = {"val": "single", "sz": "4", "space": "4", "color": "auto"}
        borders = properties.makeelement(w("pBdr"), {})
        borders.append(properties.makeelement(w("top"), {w(name): value for name, value in line.items()}))
        properties.insert_element_before(borders, *_BEHIND)
    # Marks that hang in the margin are not drawn by every program.
    properties.insert_element_before(properties.makeelement(w("overflowPunct"), {w("val"): "0"}), *_BEHIND)
    return style


def _fonts(style: ParagraphStyle, font: str, language: Language) -> None:
    """Digits and letters in their own font; quotation marks and signs in the Chinese one, where that is written."""
    latin = table(Notice).page.latin
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(w("ascii"), latin)
    fonts.set(w("hAnsi"), font if language == "zh" else latin)
    fonts.set(w("eastAsia"), font)


def _indents(style: ParagraphStyle, row: NoticeStyle) -> None:
    """Indents in characters, as Word calls them, with their lengths for programs that do not know characters."""
    indents = style.element.get_or_add_pPr().get_or_add_ind()
    for name, characters in (("left", row.left), ("right", row.right), ("firstLine", row.first)):
        if characters:
            indents.set(w(f"{name}Chars"), str(characters * 100))
            indents.set(w(name), str(characters * row.size * 20))


# --- package ----------------------------------------------------------------------------------


def _skeleton() -> bytes:
    """An empty document: no styles but the default one, no theme, no dates."""
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in _KINDS.items()
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{kinds}<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/></Types>',
        "_rels/.rels": _relations(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/_rels/document.xml.rels": _relations(
            *((f"{_OFFICE}/{name}", f"{name}.xml") for name in _KINDS if name != "document")
        ),
        "word/document.xml": _root("document", "<w:body><w:sectPr/></w:body>"),
        "word/styles.xml": _root("styles", _DEFAULT_STYLES),
        "word/settings.xml": _root("settings", _SETTINGS),
        "word/fontTable.xml": _root("fonts", "".join(_substitutes())),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"/>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, _HEAD + text)
    return packed.getvalue()


_DEFAULT_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
)
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
)


def _root(name: str, inner: str) -> str:
    return f'<w:{name} xmlns:w="{_WORD}" xmlns:r="{_OFFICE}">{inner}</w:{name}>'


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _substitutes() -> Iterator[str]:
    for name, instead in table(Notice).font.items():
        yield f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(instead)}/></w:font>"
