"""What statements in words say, and what a report should not say."""

from typing import ClassVar, Literal

from reportcheck.model import Relation, Severity
from reportcheck.regexes import Joined, Regex, Template
from reportcheck.schemas.base import Row, Table


class StatementsStatement(Row, frozen=True):
    pattern: Regex
    about: tuple[str, ...]
    relation: Relation
    far: str = ""
    within: bool = False
    nearest: bool = False
    not_before: Regex = Regex()
    whole: Regex = Regex()


class StatementsAbout(Row, frozen=True):
    rates: Regex
    dimension: str = ""
    sided: bool = False
    base: Regex = Regex()
    beside: bool = False
    current: Regex = Regex()


class StatementsAbsence(Row, frozen=True):
    marks: ClassVar = frozenset({"names"})

    spending: Regex
    suffix: Regex
    joint: Regex
    forward: Template
    backward: Template


class StatementsWords(Row, frozen=True):
    unsaid: Regex
    criterion: Regex
    partly: Regex
    verb: Regex
    of_plan: Regex
    adjusted: Regex
    last_year: Regex
    budgeted: Regex
    over_year: Regex
    turn: Regex
    aimed: Regex
    aim: Regex
    at_most: Regex
    falls: Regex
    posts: Regex
    filled: Regex
    other_year: Regex
    part: Regex
    label_edges: Regex
    year: Regex
    own: Regex
    allotted: Regex
    up_to: Regex
    down_to: Regex
    ranked: Regex
    same_change: Regex
    either_way: Regex
    above: Regex
    under: Regex
    compared_head: Regex
    reached: Regex
    missed: Regex
    lower_better: Regex
    compared_tail: Regex
    within: Regex
    within_tail: Regex


class StatementsFullMarks(Row, frozen=True):
    given: Regex
    rate: Regex
    least: Regex
    proportional: Regex


class StatementsBands(Row, frozen=True):
    grades: tuple[str, ...]
    least: int
    under: int | None = None


class StatementsGrades(Row, frozen=True):
    context: Regex
    score: Regex
    whole: Regex
    no_score: Regex
    far: Regex
    other_thing: Regex
    words: Regex
    band: Regex
    band_behind: Regex
    bands: tuple[StatementsBands, ...]


class Statements(Table, frozen=True):
    """``statements.toml``."""

    file: ClassVar[str] = "statements"

    statement: tuple[StatementsStatement, ...]
    about: dict[str, StatementsAbout]
    absence: StatementsAbsence
    words: StatementsWords
    full_marks: StatementsFullMarks
    grades: StatementsGrades


class OutcomesWhole(Row, frozen=True):
    marks: ClassVar = frozenset({"verbs"})

    forward: Template
    turned: Template
    any_rate: Regex
    left: Regex
    undone: Regex
    later: Regex
    not_all: Regex


class OutcomesDone(Row, frozen=True):
    verbs: Joined
    rates: Regex


class OutcomesAims(Row, frozen=True):
    aim: Regex
    every: Regex
    names: Regex
    around: Regex
    status_met: Regex
    status_unmet: Regex
    of_task: Regex
    bounded: Regex
    result_not: Regex


class OutcomesAim(Row, frozen=True):
    marks: ClassVar = frozenset({"aim"})

    pattern: Template
    sense: Literal["above", "below", "level", "met", "unmet"]


class OutcomesTrends(Row, frozen=True):
    pattern: Regex
    free: Regex
    up: Regex
    either: Regex
    over_year: Regex
    vague: Regex
    measured: Regex
    apart: Regex


class OutcomesPresence(Row, frozen=True):
    some: Regex
    left: Regex
    none: Regex
    over: Regex
    income: Regex
    spending: Regex
    opening: Regex


class OutcomesDates(Row, frozen=True):
    early: Regex
    overdue: Regex
    kept: Regex
    missed: Regex


class OutcomesRates(Row, frozen=True):
    pattern: Regex
    other: Regex


class OutcomesSuperlatives(Row, frozen=True):
    pattern: Regex
    most: Regex


class Outcomes(Table, frozen=True):
    """``outcomes.toml``."""

    file: ClassVar[str] = "outcomes"

    whole: OutcomesWhole
    done: tuple[OutcomesDone, ...]
    aims: OutcomesAims
    aim: tuple[OutcomesAim, ...]
    trends: OutcomesTrends
    presence: OutcomesPresence
    dates: OutcomesDates
    rates: OutcomesRates
    superlatives: OutcomesSuperlatives


class AnniversariesOwn(Row, frozen=True):
    founded: Regex
    behind: Regex
    name: Regex


class AnniversariesEvent(Row, frozen=True):
    name: Regex
    year: int
    behind: Regex = Regex()


class Anniversaries(Table, frozen=True):
    """``anniversaries.toml``."""

    file: ClassVar[str] = "anniversaries"

    symbol: str
    lead: Regex
    behind: Regex
    own: AnniversariesOwn
    event: tuple[AnniversariesEvent, ...]


class DurationsPeriod(Row, frozen=True):
    pattern: Regex


class DurationsPlan(Row, frozen=True):
    pattern: Regex
    words: dict[str, int]
    first: dict[str, int]


class Durations(Table, frozen=True):
    """``durations.toml``."""

    file: ClassVar[str] = "durations"

    symbol: str
    period: DurationsPeriod
    plan: DurationsPlan


class PlaceholdersWords(Row, frozen=True):
    running: Template
    mask: Template
    blank: Template
    thing: Template
    long_thing: Template
    no_unit: Template
    surname: Template
    surname_too: Template
    name_behind: Template
    amount_cue: Template
    rate_cue: Template
    count_cue: Template
    count_unit: Template
    unit_spoken_of: Template
    form_label: Template
    sign_label: Template
    pending: Template
    instruct: Template


PlaceholdersWords.marks = frozenset({*PlaceholdersWords.__struct_fields__, "unit"})
"""A word may hold other words."""


class PlaceholdersRow(Row, frozen=True):
    marks: ClassVar = PlaceholdersWords.marks

    where: Literal["any", "cell", "line", "line-or-cell", "prose", "sentence"]
    pattern: Template
    rule: str = ""
    severity: Severity | None = None


class Placeholders(Table, frozen=True):
    """``placeholders.toml``."""

    file: ClassVar[str] = "placeholders"

    words: PlaceholdersWords
    row: tuple[PlaceholdersRow, ...]
