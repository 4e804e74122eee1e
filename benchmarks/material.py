"""A folder of labelled material with its scorers, all of them run on a command, as one table.

    python benchmarks/material.py FOLDER --rc .venv/bin/reportcheck [--half odd] [--sets prose,whole] [--rewrites]

The folder holds one folder a set, each of one of these shapes:

    run_cases.py, expected.json, files/         small files with what each must give
    score_passages.py, *.jsonl, metamorph.py    passages with their relations, and their rewrites
    score.py, truth.json, clean/, mut/          whole reports, right and with one slip each

``--half`` runs every other case, passage or report only: the half that was not developed on stays unseen. What a
scorer prints is kept below ``--keep``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Half = Literal["all", "odd", "even"]
Row = tuple[str, str, str]
SPLITS: dict[Half, str] = {"all": "all", "odd": "dev", "even": "held"}

_PASSAGES = {
    "right relations confirmed": r"confirmed \(same figures\): (\S+ = \S+)",
    "right ones called wrong": r"called wrong: (\d+)",
    "told on the texts as they are": r"texts as they are: (\d+)",
    "of which not in a labelled error": r"not touching a labelled error: (\d+)",
    "planted slips found": r"planted slips found: (\S+ = \S+)",
}
_WHOLE = {"told on clean reports": r"total \{(.*?)'figures'", "slips found": r"over detectable\n\s+all\s+(.*)"}


@dataclass(frozen=True)
class Run:
    """How to score: the command, the half, the number of slips a passage, and where outputs are kept."""

    command: str
    half: Half
    slips: int
    rewrites: bool
    keep: Path

    def takes(self, number: int) -> bool:
        """Whether the case at this place of its set, from 0, belongs to the half."""
        return self.half == "all" or (number % 2 == 0) == (self.half == "odd")

    def output(self, name: str, script: Path, *arguments: str) -> str:
        """What a scorer prints, kept as ``name``."""
        told = subprocess.run(
            [sys.executable, str(script), *arguments, "--rc", self.command], capture_output=True, text=True
        )
        text = told.stdout + told.stderr
        (self.keep / f"{name}.txt").write_text(text, encoding="utf-8")
        return text


def cases(folder: Path, run: Run) -> Iterator[Row]:
    """Small files: how many pass, by group."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    numbers = {identity: number for number, identity in enumerate(sorted({case["id"] for case in expected}))}
    chosen = [case for case in expected if run.takes(numbers[case["id"]])]
    with tempfile.TemporaryDirectory() as scratch:
        given, results = Path(scratch, "expected.json"), run.keep / f"{folder.name}.json"
        given.write_text(json.dumps(chosen), encoding="utf-8")
        run.output(
            folder.name, folder / "run_cases.py",
            "--expected", str(given), "--files", str(folder / "files"), "--out", str(results),
        )  # fmt: skip
    scored = json.loads(results.read_text(encoding="utf-8"))
    for group in ("", *sorted({case["group"] for case in scored})):
        passed = [case["result"] == "PASS" for case in scored if group in ("", case["group"])]
        yield folder.name, group or "files that pass", f"{sum(passed)}/{len(passed)} = {sum(passed) / len(passed):.0%}"


def passages(folder: Path, run: Run) -> Iterator[Row]:
    """Passages: relations confirmed and slips found, and the same of rewritten ones."""
    for path in sorted(folder.glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        with tempfile.TemporaryDirectory() as scratch:
            given = Path(scratch, path.name)
            given.write_text("".join(line for number, line in enumerate(lines) if run.takes(number)), encoding="utf-8")
            details = run.keep / f"{path.stem}.json"
            text = run.output(
                path.stem, folder / "score_passages.py",
                str(given), "--slips", str(run.slips), "--details", str(details),
            )  # fmt: skip
            yield from found(path.stem, text, _PASSAGES)
            if run.rewrites:
                for line in run.output(f"{path.stem}-rewrites", folder / "metamorph.py", str(given)).splitlines():
                    name, told, counts = line.partition(" passages ")
                    if told:
                        yield path.stem, name.strip(), " ".join(counts.split())


def reports(folder: Path, run: Run) -> Iterator[Row]:
    """Whole reports: what is told on the right ones, and the slips found, by form."""
    for form in ("docx", "txt"):
        name = f"{folder.name}-{form}"
        text = run.output(name, folder / "score.py", "--form", form, "--split", SPLITS[run.half], "--misses")
        yield from found(name, text, _WHOLE)


def found(name: str, text: str, wanted: dict[str, str]) -> Iterator[Row]:
    """The measures that a scorer prints; one that it does not print is shown as missing."""
    for measure, pattern in wanted.items():
        match = re.search(pattern, text)
        yield name, measure, " ".join(match[1].split()).strip(" ,") or "0" if match else "not printed"


SHAPES: dict[str, Callable[[Path, Run], Iterator[Row]]] = {
    "run_cases.py": cases,
    "score_passages.py": passages,
    "score.py": reports,
}


def rows(folder: Path, run: Run, sets: Sequence[str] = ()) -> Iterator[Row]:
    """The table of all sets of a folder, or of those named."""
    for script, score in SHAPES.items():
        for path in sorted(folder.glob(f"*/{script}")):
            if not sets or path.parent.name in sets:
                yield from score(path.parent, run)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rc", required=True, help="the program, as one string")
    parser.add_argument("--half", choices=SPLITS, default="all")
    parser.add_argument("--sets", default="", help="names of folders, separated by commas")
    parser.add_argument("--slips", type=int, default=4, help="slips planted in a passage")
    parser.add_argument("--rewrites", action="store_true", help="score rewritten passages, too")
    parser.add_argument("--keep", type=Path, help="where the outputs of the scorers go")
    options = parser.parse_args()
    keep = options.keep or Path(tempfile.mkdtemp(prefix="material-"))
    keep.mkdir(parents=True, exist_ok=True)
    run = Run(options.rc, options.half, options.slips, options.rewrites, keep)
    for name, measure, value in rows(options.folder, run, [name for name in options.sets.split(",") if name]):
        print(f"{name:16} {measure:42} {value}", flush=True)
    print(f"outputs of the scorers: {keep}")


if __name__ == "__main__":
    main()
