"""What the words around figures say: their roles, their names, and what they are compared with."""

from typing import ClassVar, Literal

from reportcheck.regexes import Joined, Regex, Template
from reportcheck.schemas.base import Numeral, Row, Table


class RolesRole(Row, frozen=True):
    marks: ClassVar = frozenset({"cop"})

    role: str
    kinds: tuple[Literal["amount", "point", "ratio", "times"], ...]
    head: Template
    tail: Template = Template()
    sign: Literal["up", "down", "signed", ""] = ""
    not_head: Template = Template()


class Roles(Table, frozen=True):
    """``roles.toml``."""

    file: ClassVar[str] = "roles"

    copula: Regex
    role: tuple[RolesRole, ...]


class SidesSide(Row, frozen=True):
    id: Literal["initial", "full", "budget", "arrived", "given", "actual"]
    words: Regex


class Sides(Table, frozen=True):
    """``sides.toml``."""

    file: ClassVar[str] = "sides"

    proper: Regex
    side: tuple[SidesSide, ...]


class ConnectorsIntroduction(Row, frozen=True):
    words: tuple[str, ...]
    partial: bool


class ConnectorsWords(Row, frozen=True):
    open_list: Regex
    exhaustive: Regex
    overlap: Regex
    parallel: Regex
    reference: Regex
    within: Regex
    closed_before: Regex
    closed_behind: Regex
    lead_in: Regex
    generic: Regex
    lead_out: Regex
    joiners: str
    ornament: Regex
    budget_base: Regex
    budget_kinds: tuple[str, ...]
    rate_suffix: str
    budget_reference: Regex
    excess: Regex
    base_lead: Regex
    base_tail: Regex
    comparison: Regex
    counted_total: Regex
    strong_total: Regex
    whole: Regex
    share_verb: str
    rate_behind: Regex
    negations: tuple[str, ...]
    per_time: tuple[str, ...]
    own_reference: Regex
    carried: Regex
    added: Regex
    taken: Regex
    division: Regex
    divided: Regex
    aim_behind: Regex
    remainder: Regex
    first_ones: Regex
    joined_names: Regex
    joint: Regex
    overall: Regex
    restated: Regex
    executed_rate: Regex
    only: Regex
    posts: Regex
    rest: Regex
    audit: Regex
    general_base: Regex
    each: Regex
    budget_rate: Regex
    flow: Regex
    flow_verbs: Regex
    topic_lead: Regex
    other_footing: Regex
    opening: Regex
    closing: Regex
    inflow: Regex
    outflow: Regex
    year: Regex
    more: Regex
    additions: Regex
    compared_gap: Regex
    name_edges: str
    opening_comparison: Regex
    comma_introduction: Regex
    full_mark: Regex
    full: Regex
    earned: Regex
    deduction: Regex
    left_over: Regex
    opening_spending: Regex
    reckoned: Regex
    made_up_of: Regex
    said_all: Regex
    copula_end: Regex
    said_whole: Regex
    flow_word: Regex
    partial_opener: Regex
    mean: Regex
    other_average: Regex
    band: Regex
    summed_up: Regex
    bare_total: Regex
    adjusted: Regex
    adjusted_whole: Regex
    period_total: Regex
    among_named: Regex
    limit_behind: Regex
    loss: Regex
    returned: Regex
    besides: Regex
    item_number: Regex


class Connectors(Table, frozen=True):
    """``connectors.toml``."""

    file: ClassVar[str] = "connectors"

    introduction: tuple[ConnectorsIntroduction, ...]
    words: ConnectorsWords


class RatesFar(Row, frozen=True):
    executed: Regex
    of_all: Regex
    of_people: Regex
    people: Regex
    balance: Regex
    balance_terms: tuple[Regex, ...]


class RatesRate(Row, frozen=True):
    name: Regex
    formula: str
    source: str
    numerator: Regex = Regex()
    denominator: Regex = Regex()
    remainder: bool = False
    scored: bool = False
    complement: bool = False
    explicit: bool = False
    subset: bool = False
    summed: Regex = Regex()
    adjacent: bool = False


class Rates(Table, frozen=True):
    """``rates.toml``."""

    file: ClassVar[str] = "rates"

    due: Regex
    done: Regex
    done_rates: tuple[str, ...]
    far: RatesFar
    rate: tuple[RatesRate, ...]


class IdentitiesPartition(Row, frozen=True):
    parts: tuple[Joined, ...]
    optional: tuple[Regex, ...] = ()
    flow: bool = False
    only: bool = False
    open: bool = False
    bare: bool = False


class IdentitiesIdentity(Row, frozen=True):
    total: str
    parts: tuple[tuple[str, ...], ...]


class IdentitiesSections(Row, frozen=True):
    names: tuple[str, ...]


class IdentitiesKnown(Row, frozen=True):
    total: str
    parts: tuple[str, ...]
    optional: tuple[str, ...] = ()
    itemised: bool = False
    open: bool = False
    less: tuple[str, ...] = ()


class IdentitiesKnownRate(Row, frozen=True):
    name: Regex
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]


class Identities(Table, frozen=True):
    """``identities.toml``."""

    file: ClassVar[str] = "identities"

    partition: tuple[IdentitiesPartition, ...]
    identity: tuple[IdentitiesIdentity, ...]
    sections: IdentitiesSections
    known: tuple[IdentitiesKnown, ...]
    known_rate: tuple[IdentitiesKnownRate, ...]


class IndicatorsIndicator(Row, frozen=True):
    id: str
    words: Joined
    spent: bool = False
    part: bool = False
    source: bool = False
    whole: bool = False
    common: bool = False
    standing: bool = False
    stated: bool = False
    spent_only: bool = False
    absent: bool = False
    near: bool = False
    none: Regex = Regex()


class IndicatorsSame(Row, frozen=True):
    title: Regex
    noise: Regex
    planned: Regex
    levels: Regex
    remainder: Regex
    limit_behind: Regex
    years: Regex
    aims: Regex
    aims_heading: Regex
    year: Regex
    previous: Regex
    flow: Regex
    genre: Regex
    tail_stop: Regex


class Indicators(Table, frozen=True):
    """``indicators.toml``."""

    file: ClassVar[str] = "indicators"

    indicator: tuple[IndicatorsIndicator, ...]
    same: IndicatorsSame


class CountingList(Row, frozen=True):
    joiners: Regex
    adjacent: Regex
    open_before: Regex
    open_after: Regex
    open_kind: Regex
    figure: Regex
    choice: Regex
    sums_up: Regex
    lead: Regex


class CountingBefore(Row, frozen=True):
    establishes: Regex
    kinds: Regex
    member: Regex
    noun_behind: Regex
    named_behind: Regex
    set_phrases: Regex
    largest_words: int


class CountingAfter(Row, frozen=True):
    introduction: Regex
    end: Regex
    shared: Regex


class CountingEnumerated(Row, frozen=True):
    nouns: Regex
    announces: Regex
    lead: Regex
    lead_alone: Regex
    more: Regex
    item_end: Regex
    bullet: Regex
    longest_item: int


class CountingRecalled(Row, frozen=True):
    before: Regex
    noun: Regex
    reach: int


class CountingRows(Row, frozen=True):
    marks: ClassVar = frozenset({"noun"})

    announces: Regex
    noun: Regex
    noun_before: Regex
    header: Template
    serial: Regex
    not_thing: Regex
    choice: Regex
    between: int


class CountingMark(Row, frozen=True):
    marks: ClassVar = frozenset({"a", "c"})

    pattern: Template
    numeral: Numeral


class Counting(Table, frozen=True):
    """``counting.toml``."""

    file: ClassVar[str] = "counting"

    symbols: tuple[str, ...]
    largest: int
    longest_item: int
    list: CountingList
    before: CountingBefore
    after: CountingAfter
    enumerated: CountingEnumerated
    recalled: CountingRecalled
    rows: CountingRows
    mark: tuple[CountingMark, ...]
