"""The return notice: its layout, its words, and what is asked for."""

from typing import ClassVar, Literal

from msgspec import field

from reportcheck.model import Severity
from reportcheck.schemas.base import Row, Spoken, Table


class NoticePage(Row, frozen=True):
    width: int
    height: int
    top: int
    left: int
    right: int
    bottom: int
    footer: int
    latin: str


class NoticeStyle(Spoken, frozen=True):
    font: str
    size: int
    line: int
    align: Literal["left", "right", "center", "both"]
    first: int = 0
    left: int = 0
    right: int = 0
    before: int = 0
    after: int = 0
    bold: bool = False
    keep: bool = False
    ruled: bool = False
    color: str = ""


class NoticeSection(Spoken, frozen=True):
    key: str
    zh_means: str
    en_means: str
    inside: tuple[str, ...] = ()


class NoticeField(Spoken, frozen=True):
    key: str
    inside: tuple[str, ...] = ()


class NoticeRequest(Spoken, frozen=True):
    case: Literal["alone", "either", "mended", "open", "rounding", "text", "unit"]
    severity: Severity | None = None
    cause: str = ""
    rules: tuple[str, ...] = ()


class NoticeComparison(Row, frozen=True):
    counts: str
    nothing: str


class NoticeTexts(Row, frozen=True):
    comma: str
    list: str
    ellipsis: str
    parts: tuple[str, ...]
    no_unit: str
    choice: str
    or_: str = field(name="or")
    page: str
    help: str
    help_section: str
    help_fields: str
    help_inside: str
    text: str
    severity: dict[str, str]
    outcome: dict[str, str]
    comparison: NoticeComparison
    cause: dict[str, str]


class Notice(Table, frozen=True):
    """``notice.toml``."""

    file: ClassVar[str] = "notice"

    page: NoticePage
    font: dict[str, str]
    style: dict[str, NoticeStyle]
    section: tuple[NoticeSection, ...]
    field: tuple[NoticeField, ...]
    request: tuple[NoticeRequest, ...]
    zh: NoticeTexts
    en: NoticeTexts

    def texts(self, language: Literal["zh", "en"]) -> NoticeTexts:
        """The words in the language asked for."""
        return self.zh if language == "zh" else self.en
