"""Numbering that does not run on: ``numbering-gap`` (（一）（二）（四）, 1. 2. 2.)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportcheck import numerals
from reportcheck.catalog import cached, table
from reportcheck.extract.outline import Numbered, numbering
from reportcheck.model import Block, Document, Lint, Span
from reportcheck.text import normalise

RULE = "numbering-gap"
_FIRST_CIRCLED = ord("①")


@dataclass(slots=True)
class _Run:
    """A list as far as it was read: the last number and its mark, how many ran on, and the numbers that
    stood elsewhere since (inside paragraphs, made by Word, or in another style)."""

    last: int
    mark: str
    length: int
    elsewhere: set[int] = field(default_factory=set)


@cached
def _inline() -> re.Pattern[str]:
    return re.compile(table("structure")["numbering"]["inline"])


def gaps(document: Document) -> Iterator[Lint]:
    """One lint for each number that breaks a list; a list is reported once."""
    runs: dict[tuple[int, str], _Run] = {}
    for block in document.blocks:
        if block.role in ("cell", "contents", "note") or not block.text.strip():
            continue
        plain = normalise(block.text)
        numbered = numbering(plain)
        if block.role in ("heading", "title") and numbered is None:
            runs.clear()
            continue
        lint = None
        if numbered:
            runs = {key: run for key, run in runs.items() if key[0] <= numbered.depth}
            lint = _step(runs, block, plain, numbered)
        for number in _numbers_inside(plain, numbered.start if numbered else 0):
            for run in runs.values():
                run.elsewhere.add(number)
        if lint:
            yield lint


def _step(runs: dict[tuple[int, str], _Run], block: Block, plain: str, numbered: Numbered) -> Lint | None:
    mark = plain[: numbered.start].strip()
    written = _numeral_of(mark)
    key = (numbered.depth, mark.replace(written, "", 1).strip().replace("．", "."))
    for other, run in runs.items():
        if other != key:
            run.elsewhere.add(numbered.number)
    known = runs.get(key)
    if known is None or numbered.number == 1:
        runs[key] = _Run(numbered.number, mark, 1 if numbered.number == 1 else 0)
        return None
    run = known
    if numbered.number == run.last + 1:
        run.last, run.mark, run.length = numbered.number, mark, run.length + bool(run.length)
        run.elsewhere.clear()
        return None
    lint = _lint(block, plain, numbered, mark, written, run) if _breaks(run, block, numbered.number) else None
    # After a break only a list that starts anew is believed again.
    runs[key] = _Run(numbered.number, mark, 0)
    return lint


def _breaks(run: _Run, block: Block, number: int) -> bool:
    rules = table("structure")["numbering"]
    missing = set(range(run.last + 1, number))
    if run.length < rules["before"] or block.generated or len(missing) > rules["most_missing"]:
        return False
    if number <= run.last:
        # 1. 2. 2.: a double; anything lower, or a 1 inside a paragraph, starts another list.
        return number == run.last and 1 not in run.elsewhere
    return not missing & run.elsewhere


def _lint(block: Block, plain: str, numbered: Numbered, mark: str, written: str, run: _Run) -> Lint:
    start = plain.index(mark)
    expected = mark.replace(written, _in_style(run.last + 1, written), 1)
    return Lint(RULE, (Span(block.id, start, start + len(mark)),), {"previous": run.mark, "expected": expected})


def _numeral_of(mark: str) -> str:
    """The number within a mark, as written."""
    characters = numerals.numeral_characters()
    found = re.search(rf"\d+|[{characters}]+|[①-⑳]", mark)
    return found[0] if found else mark


def _in_style(number: int, like: str) -> str:
    if like.isdecimal():
        return str(number)
    if "①" <= like <= "⑳":
        return chr(_FIRST_CIRCLED + number - 1)
    return numerals.to_chinese(number)


def _numbers_inside(plain: str, start: int) -> Iterator[int]:
    for match in _inline().finditer(plain, start):
        written = next(group for group in match.groups() if group)
        if written.isdecimal():
            yield int(written)
        elif "①" <= written <= "⑳":
            yield ord(written) - _FIRST_CIRCLED + 1
        else:
            yield int(numerals.parse(written) or 0)
