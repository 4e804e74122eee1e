"""What only shows across files."""

from typing import ClassVar, Literal

from reportcheck.model import Severity
from reportcheck.regexes import Joined, Regex
from reportcheck.schemas.base import Row, Spoken, Table


class AcrossTexts(Row, frozen=True):
    title: str
    message: str
    why: str
    named: str = ""


class AcrossRule(Row, frozen=True):
    id: str
    family: str
    severity: Severity
    zh: AcrossTexts
    en: AcrossTexts


class AcrossWords(Row, frozen=True):
    list: Spoken
    more: Spoken


class AcrossCommon(Row, frozen=True):
    name: str
    where: Literal["clause", "sentence"]
    pattern: Joined


class AcrossElsewhere(Row, frozen=True):
    heading: Regex
    label: Regex
    done: Regex


class AcrossWide(Row, frozen=True):
    pattern: Regex
    body: Regex


class AcrossFigures(Row, frozen=True):
    never: tuple[str, ...]
    periodic: tuple[str, ...]


class AcrossRelation(Row, frozen=True):
    words: Regex
    label: Regex
    ends: Regex
    place: Regex
    government: tuple[str, ...]


class AcrossKinds(Row, frozen=True):
    ends: tuple[tuple[str, ...], ...]


class AcrossMeasure(Spoken, frozen=True):
    id: str
    role: Literal["rate", "score"]
    table: Regex
    clause: Regex
    part: Regex
    heading: Regex
    near: int
    width: int
    suffix: str


class AcrossKind(Spoken, frozen=True):
    id: str
    pattern: Regex


class AcrossAbout(Row, frozen=True):
    other: Regex
    accounts: Regex
    whole: Regex
    project: Regex
    survey: Regex
    list: Regex
    level: Regex
    year: Regex
    project_ends: Regex
    project_words: Regex
    generic_body: Regex


class AcrossSaid(Row, frozen=True):
    total_row: Regex
    form_words: Regex
    total_words: Regex
    id: Regex
    all_levels: Regex
    previous: Regex


class AcrossName(Spoken, frozen=True):
    id: str


class AcrossDoubles(Row, frozen=True):
    dated: Regex
    word: Regex


class AcrossFileName(Row, frozen=True):
    year: Regex
    surely: Regex
    unit: Regex


class AcrossYears(Row, frozen=True):
    explained: Regex
    goes_on: Regex
    any_year: Regex
    year_of: Regex
    standing_heading: Regex
    standing: Regex
    deed: Regex


class Across(Table, frozen=True):
    """``across.toml``."""

    file: ClassVar[str] = "across"

    rule: tuple[AcrossRule, ...]
    words: AcrossWords
    common: tuple[AcrossCommon, ...]
    elsewhere: AcrossElsewhere
    wide: AcrossWide
    figures: AcrossFigures
    relation: AcrossRelation
    kinds: AcrossKinds
    measure: tuple[AcrossMeasure, ...]
    kind: tuple[AcrossKind, ...]
    about: AcrossAbout
    said: AcrossSaid
    name: tuple[AcrossName, ...]
    doubles: AcrossDoubles
    file_name: AcrossFileName
    years: AcrossYears
