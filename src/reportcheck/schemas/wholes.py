"""What a report as a whole says: dates, years, names, numbering, titles and sections."""

from typing import ClassVar, Literal

from reportcheck.model import Severity
from reportcheck.regexes import Regex, Template
from reportcheck.schemas.base import Numeral, Row, Table


class DatesDate(Row, frozen=True):
    marks: ClassVar = frozenset({"y", "m", "d"})

    any: Regex
    year: Regex
    month: Regex
    day: Regex
    written: Template
    signs: Regex
    short: Regex
    circles: str
    zero: str
    month_only: Regex
    months: Regex


class DatesOrder(Row, frozen=True):
    between: Regex
    moved: Regex


class DatesStage(Row, frozen=True):
    clause: Regex
    joined: Regex
    other: Regex
    leads: Regex
    header: Regex
    deadline: Regex
    aim: Regex
    moved: Regex


class DatesChain(Row, frozen=True):
    steps: tuple[Regex, ...]


class DatesUntil(Row, frozen=True):
    behind: Regex
    done: Regex
    defines: Regex
    year_end: tuple[int, ...]
    ahead: Regex


class DatesDated(Row, frozen=True):
    earliest_month: int
    alone: Regex
    behind_alone: Regex
    labelled: Regex


class Dates(Table, frozen=True):
    """``dates.toml``."""

    file: ClassVar[str] = "dates"

    date: DatesDate
    order: DatesOrder
    stage: DatesStage
    chain: tuple[DatesChain, ...]
    until: DatesUntil
    dated: DatesDated


class PeriodsWords(Row, frozen=True):
    year: Regex
    own: Regex
    lead: Regex
    money: Regex
    goods: Regex
    span: Regex
    compared: Regex
    elsewhere: Regex
    running: Regex
    quoted: Regex


class PeriodsTitle(Row, frozen=True):
    marks: ClassVar = frozenset(PeriodsWords.__struct_fields__)

    accounts: Template
    budget: Template
    whole: Template
    partial: Template


class PeriodsSlot(Row, frozen=True):
    marks: ClassVar = frozenset(PeriodsWords.__struct_fields__)

    name: str
    where: Literal["any", "line", "sentence"]
    kinds: tuple[Literal["accounts", "budget"], ...]
    years: Literal["before", "earlier", "itself", "other"]
    severity: Severity
    pattern: Template
    whole: bool = False
    alike: bool = False


class PeriodsColumns(Row, frozen=True):
    marks: ClassVar = frozenset(PeriodsWords.__struct_fields__)

    year: Template
    figure: Template
    done: Template
    did: Template


class Periods(Table, frozen=True):
    """``periods.toml``."""

    file: ClassVar[str] = "periods"

    title: PeriodsTitle
    words: PeriodsWords
    slot: tuple[PeriodsSlot, ...]
    columns: PeriodsColumns


class NamesBody(Row, frozen=True):
    marks: ClassVar = frozenset({"tail"})

    any: Regex
    place: Regex
    tail: Regex
    whole: Template
    sentence: Regex
    levels: tuple[str, ...]
    bare: Regex
    nested: str
    joining: Regex
    alias: Regex
    drop: Regex


class NamesSlot(Row, frozen=True):
    marks: ClassVar = frozenset({"tail"})

    name: str
    where: Literal["any", "line", "sentence"]
    pattern: Template
    strict: Literal["always", "never", "whole"] = "whole"
    place: bool = False


class NamesSubject(Row, frozen=True):
    before: Regex
    behind: Regex


class NamesList(Row, frozen=True):
    name: Regex


class NamesLabel(Row, frozen=True):
    cell: Regex
    role: Regex


class NamesElsewhere(Row, frozen=True):
    words: Regex
    bodies: Regex


class NamesSelf(Row, frozen=True):
    body: Regex
    place: Regex
    both: tuple[tuple[str, ...], ...]
    least: int
    most_strange: int


class Names(Table, frozen=True):
    """``names.toml``."""

    file: ClassVar[str] = "names"

    body: NamesBody
    slot: tuple[NamesSlot, ...]
    subject: NamesSubject
    list: NamesList
    label: NamesLabel
    elsewhere: NamesElsewhere
    self: NamesSelf


class OutlineLevel(Row, frozen=True):
    depth: int
    pattern: Regex
    numeral: Numeral


class OutlineHeading(Row, frozen=True):
    part: Regex
    longest: int
    sentence_end: Regex
    run_in: Regex


class Outline(Table, frozen=True):
    """``outline.toml``."""

    file: ClassVar[str] = "outline"

    level: tuple[OutlineLevel, ...]
    heading: OutlineHeading


class ReferencesWords(Row, frozen=True):
    number: Regex
    joins: Regex
    bare: Regex
    before_shown: Regex
    shown: Regex
    foreign: Regex
    sentence: Regex
    longest: int


class ReferencesKind(Row, frozen=True):
    name: str
    word: str
    title: str
    also: tuple[str, ...]
    before: Regex
    after: Regex
    lead: Regex


class References(Table, frozen=True):
    """``references.toml``."""

    file: ClassVar[str] = "references"

    words: ReferencesWords
    kind: tuple[ReferencesKind, ...]


class StructureTitle(Row, frozen=True):
    end: Regex
    within: int
    longest: int
    joined: int
    not_part: Regex


class StructureYear(Row, frozen=True):
    pattern: Regex
    chinese: Regex
    in_text: Regex


class StructureUnit(Row, frozen=True):
    topic: Regex
    topic_words: Regex
    drop: Regex
    name: Regex
    ends: Regex
    labelled: Regex
    place: Regex
    alone: Regex
    definition: Regex


class StructureAttachment(Row, frozen=True):
    announced: Regex
    line: Regex
    item: Regex
    name: Regex
    item_end: Regex
    head: Regex
    alone: Regex
    in_name: Regex
    elsewhere: Regex
    ornament: Regex
    name_end: Regex
    longest: int
    alike: str


class StructureNumbering(Row, frozen=True):
    inline: Regex
    loose: Regex
    sentence: Regex
    most_missing: int
    cell: int
    before: int


class StructureReworded(Row, frozen=True):
    changed: int
    replaced: int


class StructureContents(Row, frozen=True):
    ornament: Regex
    general: Regex
    beside: Regex
    longest: int
    shortest: int
    alike: str
    reworded: StructureReworded


class StructureSections(Row, frozen=True):
    stop: Regex


class Structure(Table, frozen=True):
    """``structure.toml``."""

    file: ClassVar[str] = "structure"

    title: StructureTitle
    year: StructureYear
    unit: StructureUnit
    attachment: StructureAttachment
    numbering: StructureNumbering
    contents: StructureContents
    sections: StructureSections
