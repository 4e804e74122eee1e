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
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from msgspec import to_builtins
from msgspec.structs import replace

import accuracy_whole
import known
import texts
from accuracy_tables import tables
from marked import renew
from outcomes import Outcome, outcome
from reportcheck.checker import check_document
from reportcheck.model import Document, Report
from reportcheck.render.json import checked_spans
from slip import Slip, cells_of
from slips import plant

LIMIT = 120
SEED = 2019
_BATCH = 20


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
        "slips": [to_builtins(result.slip) | _without_slip(result) for result in results],
    }


def _without_slip(result: Outcome) -> dict[str, Any]:
    return {name: value for name, value in to_builtins(result).items() if name != "slip"}


def _text_row(report: Report) -> dict[str, Any]:
    """What is read and checked in a clean text; a figure that several facts share counts once."""
    cells = cells_of(report.document)
    spans = {fact.quantity.span for fact in report.facts}
    inside = {span for span in spans if span.block in cells}
    checked = checked_spans(report)
    equations = tuple(verdict for verdict in report.verdicts if verdict.claim.relation == "=")
    outcomes = Counter(verdict.outcome for verdict in report.verdicts)
    alarms = [finding for finding in report.findings if finding.severity != "note"]
    return {
        "name": report.document.path,
        "figures": len(spans - inside),
        "checked": len((spans - inside) & checked),
        "cell_figures": len(inside),
        "cells_checked": len(inside & checked),
        "computed": len(spans & checked_spans(replace(report, verdicts=equations))),
        **{name: outcomes[name] for name in ("consistent", "rounding", "undecided")},
        "errors": sum(finding.severity == "error" for finding in alarms),
        "warnings": sum(finding.severity == "warning" for finding in alarms),
        "alarms": _alarms(report),
    }


def _alarms(report: Report) -> list[str]:
    """The errors and warnings, each with its cell where it stands in one."""
    cells = cells_of(report.document)
    return [
        f"{finding.rule}{f' {place}' if (place := finding.spans[0].block) in cells else ''}: {finding.message}"
        for finding in report.findings
        if finding.severity != "note"
    ]


def formats() -> list[dict[str, Any]]:
    """The alarms in the clean samples, by format."""
    return [
        {"name": document.path, "ending": ending, "alarms": _alarms(check_document(document))}
        for ending in texts.ENDINGS
        for document in texts.clean_samples(ending)
    ]


# --- command line -----------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; exit status 0."""
    options = _options(arguments)
    documents, refused = texts.folder(options.corpus) if options.corpus else (texts.clean_samples(), [])
    for line in refused:
        print(f"not read: {line}", file=sys.stderr)
    result = measure(documents, options.seed, options.limit, options.fast, options.workers)
    if not options.corpus:
        edits = accuracy_whole.measure(accuracy_whole.samples(), options.seed, options.limit, options.workers)
        result |= {"formats": formats(), "known": known.measure()}
        result |= {"whole": edits, "whole_clean": accuracy_whole.clean_findings()}
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=2, sort_keys=True))
    elif options.misses:
        _print_misses(result, documents)
    elif options.write:
        renew(options.write, tables(result))
    else:
        for name, text in tables(result).items():
            print(f"{name}\n\n{text}\n")
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
    parser.add_argument("--fast", type=int, metavar="N", help="check only N blocks around the slip, and its table")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true", help="everything, each slip with what became of it")
    parser.add_argument("--misses", action="store_true", help="each missed slip in its sentence")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="renew the tables between the marks of a page")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
