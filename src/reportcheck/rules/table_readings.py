"""The ways to read which rows of a table a row adds up: total rows, by numbering, codes, indent and merged labels;
rows that others belong to; lists behind 其中; balances with 加 and 减; and rows with no word for it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.extract.headers import pattern
from reportcheck.extract.rows import NO_NUMBER, Row, levels, parents
from reportcheck.extract.tabular import Part
from reportcheck.groups.partitions import is_partition_of
from reportcheck.model import Basis

_MOST_PARTS = 400
_MOST_AMONG = 8
_MOST_UNSPOKEN = 6
_MOST_ROWS = 80


class Reading(Struct, frozen=True):
    """One way to read which rows a row adds up."""

    name: str
    total: Row
    parts: tuple[Row, ...]
    basis: Basis
    exhaustive: bool


def read_readings(part: Part) -> Iterator[list[Reading]]:
    """For each row that adds up others the ways to read which."""
    rows = list(part.rows)
    ways = levels(rows)
    trees = {name: parents(rows, level, name == "code") for name, level in ways.items()}
    for position, row in enumerate(rows):
        found = [*_of_run(rows, position), *_of_children(rows, row, trees), *_among(rows, position)]
        if row.total and pattern("row", "carried").search(row.label):
            continue
        if row.total:
            groups = list(_of_groups(rows, row))
            yield [*_of_total(rows, position, trees), *groups, *found, *_unspoken(rows, position, trees)]
            yield from ([group] for group in groups)
        else:
            yield [*found, *_unspoken(rows, position, trees)]
    yield from _of_signs(rows)


def _of_total(rows: Sequence[Row], position: int, trees: dict[str, dict[int, int | None]]) -> list[Reading]:
    """A total adds up the rows above it, since the last total or from the start, or those below it."""
    row = rows[position]
    above, below = rows[:position], rows[position + 1 :]
    if row.group:
        first, last = row.group_rows
        above = [other for other in above if first <= other.index < last]
        below = [other for other in below if first <= other.index < last]
    stretches = dict(_stretches(row, above, below))
    natural = _natural(row, rows, above, stretches)
    rank = _rank(row)
    readings: list[Reading] = []
    best = next(iter(trees))
    for way, tree in trees.items():
        for name, (stretch, with_totals) in stretches.items():
            parts = roots(stretch, tree, with_totals)
            loose = _loose_among(stretch)
            exhaustive = not any(_opens(other) for other in stretch) and not loose
            basis: Basis = "structure" if way == best and name == natural else "found"
            if len(parts) > _MOST_PARTS:
                continue
            if len(parts) > 1 or (parts and rank == "small-"):
                readings.append(Reading(f"{rank}{name}:{way}", row, tuple(parts), basis, exhaustive))
            for size in range(1, min(len(loose), _MOST_AMONG) + 1):
                rest = [other for other in parts if other not in loose[:size]]
                readings.append(Reading(f"{name}-{size}:{way}", row, tuple(rest), "found", exhaustive))
            # A row without a label goes on with the one above, or adds up rows itself.
            labelled = [other for other in parts if other.path or other.code]
            if 1 < len(labelled) < len(parts):
                readings.append(Reading(f"{name}-labelled:{way}", row, tuple(labelled), "found", exhaustive))
    return readings


def _rank(row: Row) -> str:
    """How far a total reaches: the readings of one rank stand or fall together."""
    if pattern("total", "small").search(row.label):
        return "small-"
    return "grand-" if pattern("total", "grand").search(row.label) else ""


def _loose_among(stretch: Sequence[Row]) -> list[Row]:
    """The rows behind 其中 that may go on with its list, where neither number nor indent tells."""
    place = next((i for i, row in enumerate(stretch) if row.among), None)
    if place is None:
        return []
    first = stretch[place]
    edge = min(row.indent for row in stretch)
    return list(
        takewhile(
            lambda row: row.depth == NO_NUMBER and not row.total and row.indent == edge and row.group == first.group,
            stretch[place + 1 :],
        )
    )


def _natural(row: Row, rows: Sequence[Row], above: Sequence[Row], stretches: Container[str]) -> str:
    """The stretch that the label of a total and the totals around it speak for."""
    before = [other for other in above if other.total]
    bare = pattern("total", "bare").search(row.label) is not None
    grand = pattern("total", "grand").search(row.label) is not None
    named = rows[0].total and pattern("total", "bare").search(rows[0].label) is None
    if named and not (bare or grand) and "below" in stretches:
        return "below"
    if not before and "since" not in stretches and "below-cover" in stretches:
        return "below-cover"
    if not before or pattern("total", "small").search(row.label):
        return "since" if "since" in stretches else "below"
    if not any(not other.total for other in above):
        return "since" if "since" in stretches else "below"
    if all(pattern("total", "small").search(other.label) for other in before):
        return "cover"
    if not (bare or grand):
        return "since" if "since" in stretches else ""
    if not bare and "since" not in stretches:
        return ""
    return "carry" if "since" in stretches else "totals"


def _stretches(
    row: Row, above: Sequence[Row], below: Sequence[Row]
) -> Iterator[tuple[str, tuple[Sequence[Row], bool]]]:
    """The stretches of rows that a total may add up, by name; with whether totals within them count as parts."""
    last = next((i for i in range(len(above) - 1, -1, -1) if above[i].total), None)
    small = pattern("total", "small").search(row.label) is not None
    if above:
        since = above if last is None else above[last + 1 :]
        if since:
            yield "since", (since, False)
        if last is not None and not small:
            totals = [other for other in above if other.total]
            yield "carry", (above[last:], True)
            yield "totals", (totals, True)
            yield "all", (above, False)
            yield "cover", (_covering(above), True)
            smalls = [other for other in totals if pattern("total", "small").search(other.label)]
            if smalls and len(smalls) < len(totals):
                yield "smalls", (smalls, True)
    if (
        below
        and not below[0].among
        and (not above or not any(not other.total for other in above) or last is not None or row.group)
    ):
        end = next((i for i, other in enumerate(below) if other.total), len(below))
        if end:
            yield "below", (below[:end], False)
        if end < len(below):
            yield "below-all", (below, False)
            yield "below-totals", ([other for other in below if other.total], True)
            yield "below-cover", (_covering(below), True)


def _covering(rows: Sequence[Row]) -> list[Row]:
    """The totals of groups, and the rows of groups without one: behind the last total, or under another label."""
    summed = {row.group for row in rows if row.total and row.group}
    totals = [place for place, row in enumerate(rows) if row.total]
    last = totals[-1] if totals else -1
    if summed:
        return [row for row in rows if row.total or row.group not in summed]
    return [row for place, row in enumerate(rows) if row.total or place > last]


def roots(stretch: Sequence[Row], tree: dict[int, int | None], with_totals: bool) -> list[Row]:
    """The rows of a stretch that belong to none of its other rows."""
    inside = {row.index: row for row in stretch}

    def belongs(row: Row) -> bool:
        above = tree.get(row.index)
        while above is not None and above in inside and inside[above].empty:
            above = tree.get(above)
        return above in inside

    return [
        row
        for row in stretch
        if (row.total and with_totals) or not (row.total or row.among or row.empty or _opens(row) or belongs(row))
    ]


def _of_children(rows: Sequence[Row], row: Row, trees: dict[str, dict[int, int | None]]) -> Iterator[Reading]:
    """A row adds up the rows that belong to it by code, numbering or indent."""
    for way, tree in trees.items():
        children = [other for other in rows if tree.get(other.index, None) == row.index]
        if not children or way == "flat":
            continue
        if any(child.among for child in children):
            continue
        surely = way != "indent" and not any(_opens(child) for child in children)
        if (
            way in ("both", "number")
            and all(child.depth == NO_NUMBER for child in children)
            and row.indent >= children[0].indent
        ):
            # Rows without a number, set in no further, may as well stand beside the numbered rows above them.
            way, surely = f"{way}-loose", False
        yield Reading(f"child:{way}", row, tuple(children), "structure", surely)


def _of_groups(rows: Sequence[Row], row: Row) -> Iterator[Reading]:
    """Where merged labels part all other rows into groups, each may be a partition of the total by itself."""
    groups: dict[str, list[Row]] = {}
    for other in rows:
        if other is not row and not other.total:
            groups.setdefault(other.group, []).append(other)
    if len(groups) > 1 and "" not in groups and not row.group:
        for held in groups.values():
            if len(held) > 1:
                yield Reading("group", row, tuple(held), "structure", False)


def _unspoken(rows: Sequence[Row], position: int, trees: dict[str, dict[int, int | None]]) -> list[Reading]:
    """A row without a word for it that adds up the next rows, or those before it."""
    row = rows[position]
    if len(rows) > _MOST_ROWS:
        return []
    tree = trees[next(iter(trees))]
    behind = roots(rows[position + 1 :], tree, False)[:_MOST_UNSPOKEN]
    before = roots(rows[:position], tree, True)[-_MOST_UNSPOKEN:]
    runs = [(f"next:{row.index}:{size}", behind[:size]) for size in range(2, min(len(behind), _MOST_UNSPOKEN) + 1)]
    runs += [(f"last:{row.index}:{size}", before[-size:]) for size in range(2, len(before) + 1)]
    return [Reading(name, row, tuple(parts), "parallel", False) for name, parts in runs]


def _of_signs(rows: Sequence[Row]) -> Iterator[list[Reading]]:
    """A balance: what there was, with 加 and 减, up to a row that says what is left."""
    if not any(pattern("row", "negative").search(row.unnumbered) for row in rows):
        return
    tree = parents(rows, lambda row: row.depth, False)
    signed: list[Row] = []
    for row in rows:
        if len(signed) > 1 and row.sign > 0 and pattern("row", "closing").search(row.unnumbered):
            yield [Reading("signs", row, tuple(roots(signed, tree, False)), "structure", False)]
        spent = row.sign > 0 and pattern("row", "spent").search(row.unnumbered)
        signed.append(replace(row, sign=-1) if spent else row)


def _of_run(rows: Sequence[Row], position: int) -> Iterator[Reading]:
    """A row without a number that heads a run of numbered ones, each run beginning with 1 anew."""
    row = rows[position]
    following = rows[position + 1 :]
    if row.depth != NO_NUMBER or not following or following[0].number != 1:
        return
    run = [following[0]]
    for other in following[1:]:
        if (
            other.total
            or other.depth < run[0].depth
            or (other.depth == run[0].depth and other.number != run[-1].number + 1)
        ):
            break
        if other.depth == run[0].depth:
            run.append(other)
    if len(run) < 2:
        return
    yield Reading(f"run:{row.index}", row, tuple(run), "structure", True)
    # Items added below the printed form carry no number.
    behind = following[[other.index for other in following].index(run[-1].index) + 1 :]
    added = list(takewhile(lambda other: other.depth == NO_NUMBER and not other.total and not other.among, behind))
    for size in range(1, min(len(added), _MOST_AMONG) + 1):
        yield Reading(f"run:{row.index}+{size}", row, (*run, *added[:size]), "parallel", False)


def _among(rows: Sequence[Row], position: int) -> Iterator[Reading]:
    """Rows that 其中 introduces behind a row: up to the end that numbering or another total sets, or fewer."""
    row = rows[position]
    following = rows[position + 1 :]
    if row.among or not following or not following[0].among:
        return
    listed = [following[0]]
    set_in = any(other.indent for other in rows if not other.among)
    for other in following[1:]:
        if other.total or other.group != listed[0].group or len(listed) >= _MOST_AMONG * 3:
            break
        if not other.among and (other.depth <= row.depth < NO_NUMBER or (set_in and other.indent <= row.indent)):
            break
        listed.append(other)
    labels = [other.label for other in listed]
    for size in range(len(listed), 1, -1):
        complete = is_partition_of(labels[:size])
        basis: Basis = "structure" if size == len(listed) or complete else "found"
        yield Reading(f"among:{size}", row, tuple(listed[:size]), basis, complete)


def _opens(row: Row) -> bool:
    """Whether a row stands for others that are left out (……)."""
    return bool(pattern("row", "open").search(row.label))
