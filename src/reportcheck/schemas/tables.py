"""What the words of a table say."""

from typing import ClassVar

from msgspec import field

from reportcheck.model import Relation
from reportcheck.regexes import Joined, Regex
from reportcheck.schemas.base import Row, Table


class TablesCell(Row, frozen=True):
    note: Regex
    telling: Regex
    year: Regex
    lead: Regex
    broken: Regex
    numbering: Regex
    unknown: Regex
    ragged: Regex
    nil: Regex


class TablesHeader(Row, frozen=True):
    mark: Regex
    equation: Regex
    equation_behind: Regex
    quotient: Regex
    name_behind: Regex
    mark_label: Regex
    form_label: Regex
    indicator: Regex
    furniture: Regex


class TablesTotal(Row, frozen=True):
    name: Regex
    column: Regex
    bare: Regex
    not_: Regex = field(name="not")
    small: Regex
    grand: Regex
    whole: Regex


class TablesRow(Row, frozen=True):
    among: Regex
    negative: Regex
    positive: Regex
    spent: Regex
    running: Regex
    closing: Regex
    aggregate: Regex
    carried: Regex
    open: Regex
    partial: Regex
    aside: Regex
    note: Regex
    bonus: Regex


class TablesUnit(Row, frozen=True):
    weight: Regex
    behind: Regex
    inline: Regex
    column: Regex
    amount: Regex
    known: Regex
    money: Regex
    counts: Regex


class TablesPeriod(Row, frozen=True):
    earlier: Regex


class TablesAverage(Row, frozen=True):
    price: Regex


class TablesPercent(Row, frozen=True):
    of_scores: Regex
    executed: Regex
    either: Regex
    falls: Regex
    header: Regex
    not_header: Regex


class TablesColumn(Row, frozen=True):
    kind: str
    header: Regex
    percent: bool = False


class TablesPanel(Row, frozen=True):
    stub: Regex


class TablesSides(Row, frozen=True):
    rate: Regex
    numerator: tuple[Regex, ...]
    denominator: tuple[Regex, ...]


class TablesTarget(Row, frozen=True):
    sign_column: Regex
    lead: Regex
    falls: Regex


class TablesTargetSign(Row, frozen=True):
    pattern: Regex
    lead: Joined
    relation: Relation


class TablesBalance(Row, frozen=True):
    income: Regex
    spending: Regex
    assets: Regex
    liabilities: Regex


class TablesPair(Row, frozen=True):
    cell: Regex
    whole: Regex


class TablesRepeat(Row, frozen=True):
    noise: Regex
    ends: Regex


class TablesAlias(Row, frozen=True):
    words: Regex
    as_: str = field(name="as")


class TablesGrade(Row, frozen=True):
    header: Regex


class TablesStages(Row, frozen=True):
    columns: tuple[tuple[Regex, ...], ...]


class TablesForm(Row, frozen=True):
    project: Regex


class TablesSide(Row, frozen=True):
    title: Regex
    row: Regex
    column: Regex = Regex()


class TablesCross(Row, frozen=True):
    one: TablesSide
    other: TablesSide
    source: str
    parts: int = 1


class Tables(Table, frozen=True):
    """``tables.toml``."""

    file: ClassVar[str] = "tables"

    cell: TablesCell
    header: TablesHeader
    total: TablesTotal
    row: TablesRow
    unit: TablesUnit
    period: TablesPeriod
    average: TablesAverage
    percent: TablesPercent
    column: tuple[TablesColumn, ...]
    panel: TablesPanel
    sides: tuple[TablesSides, ...]
    target: TablesTarget
    target_sign: tuple[TablesTargetSign, ...]
    balance: TablesBalance
    pair: TablesPair
    repeat: TablesRepeat
    alias: tuple[TablesAlias, ...]
    grade: TablesGrade
    stages: TablesStages
    form: TablesForm
    cross: tuple[TablesCross, ...]
