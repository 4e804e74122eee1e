"""What a rule is called and says, and what a profile chooses."""

from typing import Literal

from reportcheck.model import Severity
from reportcheck.regexes import Regex
from reportcheck.schemas.base import Row


class RuleTexts(Row, frozen=True):
    title: str
    message: str
    advice: str


class RuleFile(Row, frozen=True):
    """``rules/<id>.toml``."""

    family: str
    severity: Severity
    status: Literal["preview", "stable"]
    zh: RuleTexts
    en: RuleTexts
    formula: str = ""
    source: str = ""


class Section(Row, frozen=True):
    """A section that a profile requires: its name, and where the requirement stands.

    ``headings`` and ``cells`` (labels of a form) satisfy it; it is not asked of a report with a heading of ``unless``.
    """

    name: str
    source: str
    headings: tuple[Regex, ...]
    cells: tuple[Regex, ...] = ()
    unless: tuple[Regex, ...] = ()


class Profile(Row, frozen=True):
    """``profiles/<name>.toml``: the rules and families left out, and the sections that must be there."""

    title: str = ""
    ignore: frozenset[str] = frozenset()
    required: tuple[Section, ...] = ()
