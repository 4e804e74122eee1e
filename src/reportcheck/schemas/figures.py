"""What figures look like: numerals, units, hedges, what is no figure, numbers written wrong, equations; the lexicon."""

from typing import ClassVar, Literal

from reportcheck.model import Bound, Severity
from reportcheck.regexes import Joined, Regex, Template
from reportcheck.schemas.base import Row, Table


class NumeralsWords(Row, frozen=True):
    points: str
    neighbours: tuple[str, ...]
    plain_digits: str
    plain_multipliers: tuple[str, ...]
    plain_groups: tuple[str, ...]
    capital_digits: str
    capital_multipliers: tuple[str, ...]


class Numerals(Table, frozen=True):
    """``numerals.toml``."""

    file: ClassVar[str] = "numerals"

    digits: dict[str, int]
    small_multipliers: dict[str, int]
    large_multipliers: dict[str, int]
    contracted: dict[str, str]
    doubled: dict[str, str]
    words: NumeralsWords


class UnitsBareScale(Row, frozen=True):
    scales: tuple[str, ...]
    context: Regex


class UnitsPer(Row, frozen=True):
    pattern: Regex


class UnitsSigns(Row, frozen=True):
    minus: tuple[str, ...]
    either: tuple[str, ...]
    no_minus_behind: str
    alone_before: Regex
    alone: Regex
    minus_behind: Regex
    leading_point: Regex


class UnitsParts(Row, frozen=True):
    whole: tuple[str, ...]
    pattern: Regex


class UnitsUnit(Row, frozen=True):
    dimension: str
    symbols: tuple[str, ...]
    signs: tuple[str, ...] = ()
    factor: str = "1"
    not_before: str = ""
    chinese_only: bool = False
    counted: bool = False


class UnitsForm(Row, frozen=True):
    name: str
    pattern: Regex
    unit: str
    value: str | None = None


class Units(Table, frozen=True):
    """``units.toml``."""

    file: ClassVar[str] = "units"

    scales: dict[str, str]
    list_separator: Regex
    range_separator: Regex
    no_sign_behind: str
    no_scale_before: Regex
    no_number_behind: Regex
    half: Regex
    signs: UnitsSigns
    parts: UnitsParts
    bare_scale: UnitsBareScale
    per: UnitsPer
    unit: tuple[UnitsUnit, ...]
    form: tuple[UnitsForm, ...]
    each: dict[str, tuple[str, ...]]


class HedgesHedge(Row, frozen=True):
    bound: Bound
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()


class Hedges(Table, frozen=True):
    """``hedges.toml``."""

    file: ClassVar[str] = "hedges"

    link: Regex
    between: Regex
    not_after: str
    compared: Regex
    hedge: tuple[HedgesHedge, ...]


class StopsStop(Row, frozen=True):
    name: str
    pattern: Joined


class Stops(Table, frozen=True):
    """``stops.toml``."""

    file: ClassVar[str] = "stops"

    stop: tuple[StopsStop, ...]


class MalformedRow(Row, frozen=True):
    marks: ClassVar = frozenset({"unit", "thing"})

    where: Literal["any", "value"]
    pattern: Template
    not_behind: Regex | None = None
    severity: Severity | None = None


class Malformed(Table, frozen=True):
    """``malformed.toml``."""

    file: ClassVar[str] = "malformed"

    unit: Regex
    thing: Regex
    row: tuple[MalformedRow, ...]


class EquationsOperator(Row, frozen=True):
    pattern: Regex
    sign: Literal["+", "-", "*", "/", "=", "(", ")", ""]


class Equations(Table, frozen=True):
    """``equations.toml``."""

    file: ClassVar[str] = "equations"

    equals: Regex
    operator: tuple[EquationsOperator, ...]


class FiscalWords(Row, frozen=True):
    weight: int
    list: tuple[str, ...]
    breaks: bool = False


class Fiscal(Table, frozen=True):
    """``lexicons/fiscal.toml``."""

    file: ClassVar[str] = "lexicons/fiscal"

    words: tuple[FiscalWords, ...]
