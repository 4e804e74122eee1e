"""The types that flow through the program. All are frozen: a stage makes new ones, it changes none.

Document → Fact → Claim → Verdict → Finding → Report
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from msgspec import Struct, field

from reportcheck.interval import Interval

BlockRole = Literal["title", "heading", "paragraph", "note", "cell", "contents"]
Bound = Literal["exact", "about", "at-least", "at-most", "unreadable"]
Relation = Literal["=", "<=", ">=", "<", ">"]
Kind = Literal[
    "sum", "balance", "difference", "ratio", "share", "change", "product", "per-head", "same", "limit", "count",
    "equation",
]  # fmt: skip
Basis = Literal["wording", "structure", "identity", "parallel", "name", "found"]
Outcome = Literal["consistent", "rounding", "inconsistent", "undecided"]
Severity = Literal["error", "warning", "note"]
Status = Literal["new", "still"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
OUTCOMES: tuple[Outcome, ...] = ("consistent", "rounding", "inconsistent", "undecided")


# --- what was read ------------------------------------------------------------------------


class Origin(Struct, frozen=True):
    """Where a block stands in its file.

    ``part`` is ``body``, ``header``, ``footer``, ``footnote`` or ``textbox``; ``page`` counts from 1; ``box`` is (x0,
    top, x1, bottom) in points from the page's upper left corner; ``line`` is the line of a plain text file, from 1;
    ``sheet`` and ``address`` (``B7``) place a cell of a workbook; ``hidden`` are cells in rows that are not shown.
    """

    part: str = "body"
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    line: int | None = None
    sheet: str | None = None
    address: str | None = None
    hidden: bool = False


class Block(Struct, frozen=True):
    """One paragraph, heading, note or table cell, with its text as a reader sees it.

    ``generated`` counts the leading characters that the file does not hold as text (numbering that
    Word makes); offsets of spans count them in. ``indent`` is how far the text of a cell is set in, in
    halves of a Chinese character: by leading blanks, which ``text`` does not hold, or by its format.
    """

    id: str
    text: str
    role: BlockRole = "paragraph"
    origin: Origin = Origin()
    generated: int = 0
    indent: int = 0


class Table(Struct, frozen=True):
    """A grid of cells. A merged cell repeats its block; a hole in the grid is ``None``.

    Its cells also stand among the document's blocks, with ids such as ``t3.r4c2`` (from 1).
    """

    id: str
    cells: tuple[tuple[Block | None, ...], ...]
    caption: str = ""
    unit_note: str = ""
    header_rows: int = 0
    stub_columns: int = 0


class Notice(Struct, frozen=True):
    """Something a reader of the report must know about how it was read (a guessed encoding …)."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


class Document(Struct, frozen=True):
    """A file as read: blocks in reading order, cells of tables among them; ``beside`` names what came with it."""

    path: str
    kind: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()
    sha256: str = ""
    beside: tuple[str, ...] = ()


# --- what it says -------------------------------------------------------------------------


class Span(Struct, frozen=True):
    """A stretch of a block's text as written: ``text[start:end]``."""

    block: str
    start: int
    end: int


class Unit(Struct, frozen=True):
    """A unit of measure: ``factor`` turns a value into the base unit of its ``dimension``.

    ``dimension`` tells what may be added to what: ``money``, ``ratio`` (percent …), ``point``
    (percentage points), ``score``, or the class of a measure word (``person`` for 人, 名, 位).
    ``counted`` marks things that come in whole numbers, so that a figure is exact as written.
    """

    symbol: str
    dimension: str
    factor: Fraction = Fraction(1)
    counted: bool = False


class Quantity(Struct, frozen=True, dict=True):
    """A figure as written: ``value`` in ``unit``, with ``decimals`` places; ``text`` is verbatim.

    ``bound`` is what a hedge makes of it: 约 ``about``, 余/超过 ``at-least``, 近/不足 ``at-most``. The value of an
    ``unreadable`` one, which stands for a cell that cannot be told, says nothing.
    """

    value: Decimal
    unit: Unit
    decimals: int
    bound: Bound
    text: str
    span: Span

    def __hash__(self) -> int:
        return hash((self.span, self.text))

    @cached_property
    def exact(self) -> Fraction:
        """The value in the base unit of its dimension, read as a point."""
        return Fraction(self.value) * self.unit.factor

    @cached_property
    def last_place(self) -> Fraction:
        """One unit of the last written place, in the base unit."""
        return Fraction(10) ** -self.decimals * self.unit.factor

    @property
    def whole(self) -> bool:
        """An amount written without decimals that is not a count: exact or rounded, one cannot tell."""
        return self.decimals <= 0 and not self.unit.counted and self.unit.dimension not in ("ratio", "point")

    @property
    def below_zero(self) -> bool:
        """Whether the figure is written as a negative one."""
        return self.value < 0

    @cached_property
    def interval(self) -> Interval:
        """What the figure may stand for; whole amounts are read as points."""
        return self._opened(self.unit.counted or self.whole)

    @cached_property
    def rounded_interval(self) -> Interval:
        """The same with whole amounts read as rounded to the last written place."""
        return self._opened(self.unit.counted)

    def _opened(self, point: bool) -> Interval:
        core = Interval.point(self.exact) if point else Interval.around(self.exact, self.last_place / 2)
        if self.bound == "about":
            return core.widened(abs(self.exact) / 10)
        return Interval(None if self.bound == "at-most" else core.low, None if self.bound == "at-least" else core.high)


class Fact(Struct, frozen=True):
    """What is measured, when, for which part of the report.

    ``role`` says what the figure does in its sentence (``budget``, ``actual``, ``rate``, ``change`` …).
    """

    indicator: str
    period: str
    scope: str
    role: str
    quantity: Quantity


class Claim(Struct, frozen=True):
    """ "This figure stands in this relation to that formula of those figures."

    ``kind`` is what relates them; ``operands`` binds each name in ``formula`` to the facts that fill it; ``basis`` is
    how the relation was established: by ``wording``, ``structure``, a known ``identity``, a ``name``, or only ``found``
    by search, in which case it can confirm but never contradict. ``exhaustive`` is false for a sum
    whose list may be partial (其中 …): such a claim contradicts only where a slip is evident.

    ``pattern`` names the way in which a table was read, so that claims of one pattern stand or fall
    together; with basis ``parallel`` nothing but the parallel rows or columns speaks for the relation.
    ``tried`` counts the figures that were looked through for one that fits, where they are not alternatives.
    ``words`` is the place of the statement that makes the claim, where it is made in words.
    """

    rule: str
    kind: Kind
    stated: Fact
    formula: str
    operands: Mapping[str, tuple[Fact, ...]]
    basis: Basis
    relation: Relation = "="
    exhaustive: bool = True
    pattern: str = ""
    tried: int = 1
    words: Span | None = None


Question = tuple[Claim, ...]
"""Alternatives for one stated figure, of which at most one is meant; the judge gives one verdict."""


class Verdict(Struct, frozen=True):
    """The judge's answer. ``computed`` and ``gap`` (stated − computed) are in the base unit. ``reason`` says why an
    ``undecided`` one is so, or why an ``inconsistent`` one is but a question."""

    claim: Claim
    outcome: Outcome
    computed: Fraction | None = None
    gap: Fraction | None = None
    reason: str | None = None


class Repair(Struct, frozen=True):
    """A figure as it should be written for broken claims to hold: ``fact`` as stated, ``right`` instead."""

    fact: Fact
    right: Quantity


class Flip(Struct, frozen=True):
    """A conclusion that turns once a figure is mended: a ``grade``, ``target``, ``statement``, the ``posts``, the
    ``budget`` (within or over), the ``direction`` of a change; with the ``verdict`` that turns, where one is stated."""

    code: str
    verdict: Verdict | None = None


class Blame(Struct, frozen=True):
    """One wrong figure with all that it breaks. ``verdict`` is the broken claim told first, ``others`` are the
    further ones that it breaks; ``repair`` mends them all. Without a ``repair`` one of the ``equal`` ones is
    meant, and the report does not tell which."""

    verdict: Verdict
    repair: Repair | None = None
    others: tuple[Verdict, ...] = ()
    equal: tuple[Repair, ...] = ()
    flips: tuple[Flip, ...] = ()


# --- what is reported ---------------------------------------------------------------------


class Cause(Struct, frozen=True):
    """Why a figure is probably off: a ``code`` (``digits-transposed`` …) and the facts that fill its message."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


class Lint(Struct, frozen=True):
    """A defect of wording or form that needs no arithmetic: a placeholder, a missing attachment … ``facts`` fill the
    rule's message; ``severity`` overrides the rule's own."""

    rule: str
    spans: tuple[Span, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None


class Finding(Struct, frozen=True):
    """One thing a reviewer should look at. ``spans[0]`` is the place to mark: the figure blamed.

    ``fingerprint`` is made of content, not of position, so that it outlives edits elsewhere. ``blame`` tells what
    the figure breaks and what would mend it; ``status`` whether an earlier run found it, too, where there is one to
    compare with.
    """

    rule: str
    severity: Severity
    message: str
    spans: tuple[Span, ...]
    fingerprint: str
    advice: str = ""
    blame: Blame | None = None
    cause: Cause | None = None
    status: Status | None = None

    @property
    def verdict(self) -> Verdict | None:
        """The broken claim that is told first, where the finding rests on one."""
        return self.blame.verdict if self.blame else None

    @property
    def flips(self) -> tuple[Flip, ...]:
        """The conclusions that turn once the figure is mended."""
        return self.blame.flips if self.blame else ()


class Decision(Struct, frozen=True):
    """What a reviewer wrote down of a finding that may stand: why, who, when (``YYYY-MM-DD``).

    ``rule``, ``text`` (the words of the report) and ``message`` are for the reader of the ``file`` that holds it
    at ``row``, from 1.
    """

    fingerprint: str
    reason: str
    author: str
    date: str
    rule: str = ""
    text: str = ""
    message: str = ""
    file: str = ""
    row: int = 0


class Accepted(Struct, frozen=True):
    """A finding that may stand, by a reviewer's decision."""

    finding: Finding
    decision: Decision


class Earlier(Struct, frozen=True):
    """A finding of an earlier run that is no longer there: ``text`` is what it marked, in its ``context``."""

    rule: str
    severity: Severity
    message: str
    fingerprint: str
    text: str
    context: str


class Comparison(Struct, frozen=True):
    """A report beside its earlier state at ``path``: by what it was ``matched``, and the findings ``gone``."""

    path: str
    matched: Literal["path", "sha256", "name", "only", "nothing"]
    gone: tuple[Earlier, ...] = ()


class Report(Struct, frozen=True):
    """Everything found out about one document; ``findings`` are those that nobody ``accepted``."""

    document: Document
    title: str
    unit: str
    year: int | None
    facts: tuple[Fact, ...]
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    accepted: tuple[Accepted, ...] = ()
    comparison: Comparison | None = None


class Failure(Struct, frozen=True):
    """A file that could not be checked, with what to do about it."""

    path: str
    code: str
    message: str
