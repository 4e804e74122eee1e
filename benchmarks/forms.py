"""Slips that only a form can carry: found by the headers of its columns, not by what the program makes of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from edits import NUMBER
from reportcheck.model import Block, Document, Span, Table
from slip import Kind, Slip

_HEADERS = {
    "weight": re.compile("分值|权重"),
    "score": re.compile("(?:自评)?得分"),
    "target": re.compile("(?:年度)?指标值|目标值"),
    "completion": re.compile("(?:实际)?完成值"),
}
_TOTAL = re.compile("[合总]计|总分")
_AIM = re.compile(r"(?P<sign>[≥≤]?)(?P<number>\d+(?:\.\d+)?)(?P<unit>[^\d]*)")
_GOT = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>[^\d]*)")


@dataclass(frozen=True, slots=True)
class Scored:
    """A row of a form that has a weight and a score, and perhaps a target and what was reached."""

    weight: Block
    score: Block
    target: Block | None
    completion: Block | None


def scored(table: Table) -> Iterator[Scored]:
    """The rows with a weight and a score, under the header nearest above them."""
    columns: dict[str, int] = {}
    for row in table.cells:
        texts = ["".join(cell.text.split()) if cell else "" for cell in row]
        header = {
            kind: index for index, text in enumerate(texts) for kind, name in _HEADERS.items() if name.fullmatch(text)
        }
        if {"weight", "score"} <= set(header):
            columns = header
            continue
        held = {kind: row[index] for kind, index in columns.items()}
        weight, score = held.get("weight"), held.get("score")
        if weight is None or score is None or _TOTAL.search(texts[0]):
            continue
        if all(NUMBER.fullmatch(cell.text) for cell in (weight, score)):
            yield Scored(weight, score, held.get("target"), held.get("completion"))


def _over_weight(row: Scored, random: Random) -> tuple[Block, str] | None:
    """A score that is above the weight of its row by one to three."""
    places = len(row.score.text.partition(".")[2])
    return row.score, f"{Decimal(row.weight.text) + random.randint(1, 3):.{places}f}"


def _blank(row: Scored, random: Random) -> tuple[Block, str] | None:
    """A score that was forgotten."""
    return row.score, ""


def _unmet(row: Scored, random: Random) -> tuple[Block, str] | None:
    """Full marks beside a result that misses its target by a tenth, or by one at least."""
    aim = _AIM.fullmatch(row.target.text) if row.target else None
    got = _GOT.fullmatch(row.completion.text) if row.completion else None
    full = Decimal(row.score.text) == Decimal(row.weight.text)
    if not (aim and got and row.completion and full) or aim["unit"] != got["unit"] or not Decimal(aim["number"]):
        return None
    place = Decimal(1).scaleb(-len(got["number"].partition(".")[2]))
    wanted = Decimal(aim["number"])
    short = max(wanted / 10, place).quantize(place)
    result = (wanted + short if aim["sign"] == "≤" else wanted - short).quantize(place)
    return (row.completion, f"{result}{got['unit']}") if result > 0 else None


FORM_EDITS: dict[Kind, Callable[[Scored, Random], tuple[Block, str] | None]] = {
    "over-weight": _over_weight,
    "blank": _blank,
    "unmet": _unmet,
}


def form_slips(document: Document, kind: Kind, random: Random) -> list[Slip]:
    """Every slip of a kind that the forms of a document can carry."""
    found = []
    for row in (row for table in document.tables for row in scored(table)):
        edit = FORM_EDITS[kind](row, random)
        if edit is not None:
            block, text = edit
            span, mark = Span(block.id, 0, len(block.text)), Span(block.id, 0, len(text))
            found.append(
                Slip(document.path, "cell", "form", kind, "score", span, text, mark, block.text, text, ("structure",))
            )
    return found
