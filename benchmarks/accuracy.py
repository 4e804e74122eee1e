"""How many slips are found: plants them one at a time into texts that are right, and checks each text whole.

python benchmarks/accuracy.py                        the clean samples, tables in Markdown
python benchmarks/accuracy.py --write docs/accuracy.md   renews the tables of that page
python benchmarks/accuracy.py --corpus FOLDER        reports of your own instead of the samples
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import known
import texts
from marked import renew, table
from reportcheck.checker import check_document
from reportcheck.model import Document, Finding, Report, Span, Verdict
from reportcheck.render.json import checked_spans
from slips import KINDS, TARGETS, Slip, changed, plant

LIMIT = 120
SEED = 2019
_BATCH = 20
_TARGET_TITLES = {"checkable": "Figures that a confirmed claim uses", "any": "Any amount, percentage or count"}
_KIND_TITLES = {
    "digit": "one digit changed",
    "transposed": "two digits transposed",
    "point": "decimal point moved",
    "unit": "万元 for 元 or 亿元, and the like",
    "part": "one part left out",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a slip: ``reason`` says why it was missed, ``elsewhere`` counts new errors and warnings
    that do not touch the wrong figure."""

    slip: Slip
    found: bool
    exactly: bool
    reason: str
    elsewhere: int


# --- one slip ---------------------------------------------------------------------------------


def outcome(slip: Slip, clean: Document, known_alarms: frozenset[str], reach: int | None) -> Outcome:
    """Checks the text with the slip in it, whole or only the paragraphs around it."""
    document = changed(clean, slip)
    report = check_document(document if reach is None else _around(document, slip, reach))
    alarms = [finding for finding in report.findings if finding.severity != "note"]
    touching = [finding for finding in alarms if _uses(finding, slip.mark)]
    return Outcome(
        slip,
        bool(touching),
        any(_overlap(finding.spans[0], slip.mark) for finding in touching),
        "" if touching else _reason(slip, report),
        sum(finding.fingerprint not in known_alarms and finding not in touching for finding in alarms),
    )


def _around(document: Document, slip: Slip, reach: int) -> Document:
    places = {block.id: index for index, block in enumerate(document.blocks)}
    low, high = sorted((places[slip.edit.block], places[slip.mark.block]))
    return replace(document, blocks=document.blocks[max(0, low - reach) : high + reach + 1])


def _overlap(one: Span, other: Span) -> bool:
    return one.block == other.block and one.start < other.end and other.start < one.end


def _uses(finding: Finding, mark: Span) -> bool:
    spans = [*finding.spans, *(_spans(finding.verdict) if finding.verdict else ())]
    return any(_overlap(span, mark) for span in spans)


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
    verdicts = [v for v in report.verdicts if any(_overlap(span, slip.mark) for span in _spans(v))]
    undecided = next((v.reason or "" for v in verdicts if v.outcome == "undecided"), None)
    if undecided is not None:
        return f"undecided: {undecided}"
    if all(basis in ("found", "name") for basis in slip.broken):
        return "confirmed by search only"
    outcomes = {verdict.outcome for verdict in verdicts}
    if "rounding" in outcomes:
        return "taken for rounding"
    return "agrees with other figures" if "consistent" in outcomes else "no longer bound"


# --- all slips --------------------------------------------------------------------------------


Batch = tuple[Document, frozenset[str], list[Slip], int | None]


def _outcomes(batch: Batch) -> list[Outcome]:
    document, alarms, slips, reach = batch
    return [outcome(slip, document, alarms, reach) for slip in slips]


def _batches(pairs: Sequence[tuple[Document, Report]], slips: Sequence[Slip], reach: int | None) -> Iterator[Batch]:
    for document, report in pairs:
        alarms = frozenset(finding.fingerprint for finding in report.findings)
        own = [slip for slip in slips if slip.document == document.path]
        for start in range(0, len(own), _BATCH):
            yield document, alarms, own[start : start + _BATCH], reach


def measure(documents: Sequence[Document], seed: int, limit: int, reach: int | None, workers: int) -> dict[str, Any]:
    """The whole measurement as plain data."""
    pairs = [(document, check_document(document)) for document in documents]
    planted, put_back = plant(pairs, seed, limit)
    batches = list(_batches(pairs, planted, reach))
    if workers > 1:
        with ProcessPoolExecutor(workers) as pool:
            results = [result for batch in pool.map(_outcomes, batches) for result in batch]
    else:
        results = [result for batch in batches for result in _outcomes(batch)]
    return {
        "seed": seed,
        "limit": limit,
        "texts": [_text_row(report) for _, report in pairs],
        "put_back": put_back,
        "slips": [asdict(result.slip) | _without_slip(result) for result in results],
    }


def _without_slip(result: Outcome) -> dict[str, Any]:
    return {name: value for name, value in asdict(result).items() if name != "slip"}


def _text_row(report: Report) -> dict[str, Any]:
    checked = checked_spans(report)
    equations = tuple(verdict for verdict in report.verdicts if verdict.claim.relation == "=")
    computed = checked_spans(replace(report, verdicts=equations))
    alarms = [finding for finding in report.findings if finding.severity != "note"]
    return {
        "name": report.document.path,
        "figures": len(report.facts),
        "checked": sum(fact.quantity.span in checked for fact in report.facts),
        "computed": sum(fact.quantity.span in computed for fact in report.facts),
        "verdicts": Counter(verdict.outcome for verdict in report.verdicts),
        "bases": Counter(v.claim.basis for v in report.verdicts if v.outcome == "consistent"),
        "errors": sum(finding.severity == "error" for finding in alarms),
        "warnings": sum(finding.severity == "warning" for finding in alarms),
        "alarms": [f"{finding.rule}: {finding.message}" for finding in alarms],
    }


# --- tables -----------------------------------------------------------------------------------


def tables(result: dict[str, Any]) -> dict[str, str]:
    """The tables in Markdown, by the name of the place where they stand in docs/accuracy.md."""
    slips = result["slips"]
    shown = {"texts": _texts(result["texts"]), "alarms": _alarms(result["texts"])}
    for target in TARGETS:
        own = [slip for slip in slips if slip["target"] == target]
        kinds = [(_KIND_TITLES[kind], [s for s in own if s["kind"] == kind]) for kind in KINDS]
        shown[f"{target}-kinds"] = _rates("slip", kinds, own)
        roles = ("stated", "operand", "both", "none")
        shown[f"{target}-roles"] = _rates(
            "the figure is", [(r, [s for s in own if s["role"] == r]) for r in roles], own
        )
        shown[f"{target}-misses"] = _misses(own)
    shown["conditions"] = (
        f"Seed {result['seed']}, at most {result['limit']} slips of each kind; {len(slips)} planted, "
        f"{result['put_back']} more drawn and put back because every claim still holds. "
        f"{sum(slip['elsewhere'] > 0 for slip in slips)} slips caused an alarm that does not touch the wrong figure."
    )
    if "known" in result:
        shown["known"] = known.as_table(result["known"])
    return shown


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _rates(title: str, rows: Iterable[tuple[str, list[dict[str, Any]]]], every: list[dict[str, Any]]) -> str:
    body = []
    for name, own in [*((name, own) for name, own in rows if own), ("all", every)]:
        found, exactly = sum(slip["found"] for slip in own), sum(slip["exactly"] for slip in own)
        numbers = [len(own), found, _percent(found, len(own)), exactly, len(own) - found]
        body.append([name, *map(str, numbers)])
    return table([title, "planted", "found", "", "marked itself", "missed"], body)


def _misses(own: list[dict[str, Any]]) -> str:
    reasons = Counter(slip["reason"] for slip in own if not slip["found"])
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return table(["why missed", "slips"], [[reason, str(count)] for reason, count in ordered])


def _alarms(rows: list[dict[str, Any]]) -> str:
    return "\n".join(f"- {row['name']}: {alarm}" for row in rows for alarm in row["alarms"]) or "None."


def _texts(rows: list[dict[str, Any]]) -> str:
    body = []
    numbers = ("figures", "checked", "computed", "errors", "warnings")
    total = {key: sum(row[key] for row in rows) for key in numbers}
    total["verdicts"] = sum((Counter(row["verdicts"]) for row in rows), Counter())
    for row in [*rows, {"name": "all", **total}]:
        verdicts = row["verdicts"]
        cells = [row["figures"], row["checked"], _percent(row["checked"], row["figures"]), row["computed"]]
        cells += [verdicts.get("consistent", 0), verdicts.get("rounding", 0), verdicts.get("undecided", 0)]
        body.append([row["name"], *map(str, [*cells, row["errors"], row["warnings"]])])
    heads = [
        "text",
        "figures",
        "checked",
        "",
        "by equations",
        "confirmed",
        "rounding",
        "undecided",
        "errors",
        "warnings",
    ]
    return table(heads, body)


# --- command line -----------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; exit status 0."""
    options = _options(arguments)
    documents, refused = texts.folder(options.corpus) if options.corpus else (texts.clean_samples(), [])
    for line in refused:
        print(f"not read: {line}", file=sys.stderr)
    result = measure(documents, options.seed, options.limit, options.fast, options.workers)
    if not options.corpus:
        result["known"] = known.measure()
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=2, sort_keys=True))
        return 0
    if options.misses:
        _print_misses(result, documents)
        return 0
    shown = tables(result)
    if options.write:
        renew(options.write, shown)
        return 0
    for name, text in shown.items():
        title, _, of = name.partition("-")
        print(f"{_TARGET_TITLES.get(title, title)}{', ' if of else ''}{of}\n\n{text}\n")
    return 0


def _print_misses(result: dict[str, Any], documents: Sequence[Document]) -> None:
    """Each missed slip on a line, with the text around it as changed."""
    blocks = {(document.path, block.id): block.text for document in documents for block in document.blocks}
    for slip in result["slips"]:
        if not slip["found"]:
            edit = slip["edit"]
            text = blocks[slip["document"], edit["block"]]
            near = f"{text[max(0, edit['start'] - 40) : edit['start']]}⟦{slip['text']}⟧{text[edit['end'] :][:30]}"
            about = f"{slip['target']} {slip['kind']} {slip['role']} | {slip['before']} → {slip['after'] or 'gone'}"
            print(f"{slip['document']}:{edit['block']} | {about} | {slip['reason']} | {near}".replace("\n", " "))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="measure these reports instead of the samples")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--limit", type=int, default=LIMIT, help="most slips of one kind (default %(default)s)")
    parser.add_argument("--fast", type=int, metavar="N", help="check only N paragraphs around the slip")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true", help="everything, each slip with what became of it")
    parser.add_argument("--misses", action="store_true", help="each missed slip in its sentence")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="renew the tables between the marks of a page")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
