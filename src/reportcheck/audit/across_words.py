"""The rules of what only shows across files (``patterns/across.toml``), and their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict

from reportcheck.audit.across import Across
from reportcheck.catalog import Language, cached, message, table
from reportcheck.checker import Settings
from reportcheck.model import Severity
from reportcheck.schemas.across import Across as AcrossTable
from reportcheck.schemas.across import AcrossKind, AcrossMeasure

_MOST = 4


class AcrossRule(Struct, frozen=True):
    """A rule with its wordings by language and key: ``title``, ``message`` (or several), ``why``."""

    id: str
    family: str
    severity: Severity
    texts: dict[str, dict[str, str]]

    def message(self, language: Language, key: str, **facts: object) -> str:
        """A wording filled with facts."""
        return self.texts[language][key].format(**facts)


@cached
def rule(name: str) -> AcrossRule:
    """A rule by its id."""
    row = next(row for row in table(AcrossTable).rule if row.id == name)
    return AcrossRule(name, row.family, row.severity, {"zh": asdict(row.zh), "en": asdict(row.en)})


def name_of(group: Literal["measure", "kind"], name: str, language: Language) -> str:
    """What a measure or a kind of report is called; reports whose kind is not known are told together."""
    rows: Sequence[AcrossMeasure | AcrossKind] = getattr(table(AcrossTable), group)
    names = {row.id: row.text(language) for row in rows}
    return names.get(name) or message(language, "audit.other_kind")


def measure_suffix(name: str) -> str:
    """What stands behind the values of a measure, such as a sign of per cent."""
    return next(row for row in table(AcrossTable).measure if row.id == name).suffix


def wanted(found: Iterable[Across], settings: Settings) -> tuple[Across, ...]:
    """The findings of rules that the options, or the profile, do not leave out."""
    return tuple(one for one in found if settings.chooses({one.rule, rule(one.rule).family}))


def listed(names: Sequence[str], language: Language, most: int = _MOST) -> str:
    """Names in a row; of many the first."""
    words = table(AcrossTable).words
    more = words.more.text(language).format(count=len(names)) if len(names) > most else ""
    return words.list.text(language).join(names[:most]) + more
