"""What the readers of files need."""

from typing import ClassVar

from reportcheck.regexes import Regex
from reportcheck.schemas.base import Row, Table


class CaptionsCaption(Row, frozen=True):
    longest: int
    look_back: int
    prose_end: Regex
    label: Regex
    name: Regex
    section: Regex
    period: Regex


class CaptionsUnitNote(Row, frozen=True):
    pattern: Regex


class CaptionsFilledInBy(Row, frozen=True):
    pattern: Regex


class CaptionsContents(Row, frozen=True):
    pattern: Regex


class CaptionsSentence(Row, frozen=True):
    ends: tuple[str, ...]
    opens: Regex
    broken_figure: Regex


class Captions(Table, frozen=True):
    """``captions.toml``."""

    file: ClassVar[str] = "captions"

    caption: CaptionsCaption
    unit_note: CaptionsUnitNote
    filled_in_by: CaptionsFilledInBy
    contents: CaptionsContents
    sentence: CaptionsSentence


class ReadingPageNumber(Row, frozen=True):
    pattern: Regex
    bare: Regex


class ReadingContents(Row, frozen=True):
    title: Regex
    page: Regex
    number: Regex
    leaders: Regex
    longest: int


class ReadingContinued(Row, frozen=True):
    pattern: Regex
    suffix: Regex


class ReadingBorderless(Row, frozen=True):
    named: Regex


class ReadingParagraph(Row, frozen=True):
    ends: Regex
    full_stop: Regex
    opens: Regex


class ReadingHeading(Row, frozen=True):
    numbered: Regex
    sentence: Regex
    longest: int


class ReadingHtml(Row, frozen=True):
    content: Regex
    aside: Regex
    aside_text: Regex
    site: Regex


class Reading(Table, frozen=True):
    """``reading.toml``."""

    file: ClassVar[str] = "reading"

    page_number: ReadingPageNumber
    contents: ReadingContents
    continued: ReadingContinued
    borderless: ReadingBorderless
    paragraph: ReadingParagraph
    heading: ReadingHeading
    html: ReadingHtml


class ReadingDocxStyles(Row, frozen=True):
    heading: Regex
    title: Regex
    contents: Regex


class ReadingDocxNumbering(Row, frozen=True):
    closing: str
    zero: str
    heavenly_stems: str
    earthly_branches: str


class ReadingDocx(Table, frozen=True):
    """``reading_docx.toml``."""

    file: ClassVar[str] = "reading_docx"

    styles: ReadingDocxStyles
    numbering: ReadingDocxNumbering
    symbols: dict[str, dict[str, str]]


class ReadingWorkbookLines(Row, frozen=True):
    label: Regex
    filled: Regex
    note: Regex
    prose_end: Regex
    longest: int


class ReadingWorkbookSheets(Row, frozen=True):
    default_name: Regex


class ReadingWorkbookFormats(Row, frozen=True):
    general: tuple[str, ...]
    morning: tuple[str, ...]
    negative: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekdays_en: tuple[str, ...]
    months_en: tuple[str, ...]


class ReadingWorkbook(Table, frozen=True):
    """``reading_workbook.toml``."""

    file: ClassVar[str] = "reading_workbook"

    lines: ReadingWorkbookLines
    sheets: ReadingWorkbookSheets
    formats: ReadingWorkbookFormats
    builtin: dict[str, str]


class Encodings(Table, frozen=True):
    """``encodings.toml``."""

    file: ClassVar[str] = "encodings"

    common: dict[str, str]
