"""What became of a slip: whether a finding touches the figure that is wrong, and if none does, why."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.checker import check_document
from reportcheck.model import Document, Finding, Report, Span, Verdict
from slip import Slip, changed, overlap

# The rule that is made for a slip of a form.
RULES = {"over-weight": "score-mismatch", "blank": "cell-blank", "unmet": "target-unmet"}


class Outcome(Struct, frozen=True):
    """``exactly``: the wrong figure is the one that a finding marks, in a form by the rule made for it; ``reason``
    says why the slip was missed, ``elsewhere`` counts new errors and warnings that do not touch the wrong figure."""

    slip: Slip
    found: bool
    exactly: bool
    reason: str
    elsewhere: int


def outcome(slip: Slip, clean: Document, known_alarms: frozenset[str], reach: int | None) -> Outcome:
    """Checks the text with the slip in it, whole or only the blocks and tables around it."""
    document = changed(clean, slip)
    report = check_document(document if reach is None else _around(document, slip, reach))
    alarms = [finding for finding in report.findings if finding.severity != "note"]
    touching = [finding for finding in alarms if _uses(finding, slip.mark)]
    return Outcome(
        slip,
        bool(touching),
        any(_marks(finding, slip) for finding in touching),
        "" if touching else _reason(slip, report),
        sum(
            finding.fingerprint not in known_alarms and finding not in touching and not _follows(finding, slip)
            for finding in alarms
        ),
    )


def _around(document: Document, slip: Slip, reach: int) -> Document:
    places = {block.id: index for index, block in enumerate(document.blocks)}
    low, high = sorted((places[slip.edit.block], places[slip.mark.block]))
    near = {block.id for block in document.blocks[max(0, low - reach) : high + reach + 1]}
    cells = {table.id: {cell.id for row in table.cells for cell in row if cell} for table in document.tables}
    tables = tuple(table for table in document.tables if cells[table.id] & near)
    kept = near.union(*(cells[table.id] for table in tables))
    return replace(document, blocks=tuple(block for block in document.blocks if block.id in kept), tables=tables)


def _uses(finding: Finding, mark: Span) -> bool:
    spans = [*finding.spans, *(_spans(finding.verdict) if finding.verdict else ())]
    return any(overlap(span, mark) for span in spans)


def _marks(finding: Finding, slip: Slip) -> bool:
    """A blank has no character to mark: its row is marked instead."""
    if slip.kind in RULES and finding.rule != RULES[slip.kind]:
        return False
    return slip.kind == "blank" or overlap(finding.spans[0], slip.mark)


def _follows(finding: Finding, slip: Slip) -> bool:
    """Whether it says that what a blank has left of its table does not add up: no claim can use the blank itself."""
    return slip.kind == "blank" and finding.spans[0].block.partition(".")[0] == slip.mark.block.partition(".")[0]


def _spans(verdict: Verdict) -> Iterator[Span]:
    yield verdict.claim.stated.quantity.span
    for facts in verdict.claim.operands.values():
        yield from (fact.quantity.span for fact in facts)


def _reason(slip: Slip, report: Report) -> str:
    """Why nothing was said: by what the verdicts on the wrong figure are, else by how it had been confirmed."""
    if slip.role == "none":
        return "no claim uses it"
    if not slip.broken:
        return "what uses it still holds"
    verdicts = [v for v in report.verdicts if any(overlap(span, slip.mark) for span in _spans(v))]
    undecided = next((v.reason or "" for v in verdicts if v.outcome == "undecided"), None)
    if undecided is not None:
        return f"undecided: {undecided}"
    if all(basis in ("found", "name") for basis in slip.broken):
        return "confirmed by search only"
    outcomes = {verdict.outcome for verdict in verdicts}
    if "rounding" in outcomes:
        return "taken for rounding"
    if "consistent" in outcomes:
        return "agrees with other figures"
    return "not asked for" if slip.target == "form" else "no longer bound"
