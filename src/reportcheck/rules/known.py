"""Sums that hold in every report, over sentences and sections: ``total-mismatch`` by known identities.

基本支出 = 人员经费 + 公用经费, 支出 = 基本 + 项目, 三公经费 and its items, the balance of the year …
(``patterns/identities.toml``). The parts are those of one side, year and part of the whole as the total; they are
looked for in its sentence, then in its paragraph, under its heading, and in the whole text, where each may have one
value only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from reportcheck.catalog import table
from reportcheck.extract.identity import Named, is_general
from reportcheck.extract.same import assumed, same
from reportcheck.model import Claim, Question
from reportcheck.relations.claims import sum_claim
from reportcheck.schemas.sentences import Identities, IdentitiesKnown

_FEWEST = 2
_REACHES: tuple[Callable[[Named], object], ...] = (
    lambda named: named.group,
    lambda named: named.group.rpartition(".")[0],
    lambda named: named.fact.scope,
    lambda named: "",
)


def propose(figures: Sequence[Named]) -> Iterator[Question]:
    """A question for each figure of the text that an identity makes a total."""
    rows = table(Identities).known
    by_id: dict[str, list[Named]] = {}
    levels = [named for named in figures if named.prose and named.aspects.kind == "level"]
    for name in {each for row in rows for each in _names(row)}:
        by_id[name] = [named for named in levels if is_called(named, name)]
    for name in sorted({row.total for row in rows}):
        own = [row for row in rows if row.total == name]
        for total in by_id[name]:
            yield tuple(filter(None, (_claim(total, row, by_id) for row in own)))


def _names(row: IdentitiesKnown) -> list[str]:
    return [row.total, *row.parts, *row.less]


def is_called(named: Named, name: str) -> bool:
    """Whether the own words of a figure say this indicator and nothing else."""
    mark = f"#{name}"
    return mark in named.own and is_general(named.own - {mark} - named.parts)


def _claim(total: Named, row: IdentitiesKnown, by_id: Mapping[str, Sequence[Named]]) -> Claim | None:
    names = _names(row)[1:]
    ids = frozenset(f"#{name}" for name in _names(row))
    alike = {name: [n for n in by_id[name] if _beside(total, n, ids)] for name in names}
    for far, reach in enumerate(_REACHES):
        if total.parts - ids and reach in _REACHES[2:]:
            # What heads a section on one fund need not hold for all of its figures.
            break
        near = {name: one_value(n for n in found if reach(n) == reach(total)) for name, found in alike.items()}
        held = {name: named for name, named in near.items() if named is not None}
        missing = [name for name in names if name not in held]
        if len(held) >= _FEWEST and set(missing) <= set(row.optional):
            terms = [(-1 if name in row.less else 1, named.fact) for name, named in held.items()]
            carried = any(named.carried for named in held.values()) or (total.carried and far > 0)
            # What a paragraph that goes through the parts of its total does not name was not spent.
            unsaid = missing and (far > 1 or not row.itemised)
            return sum_claim(total.fact, terms, "identity", exhaustive=not (unsaid or row.open or carried))
    return None


def _beside(total: Named, part: Named, ids: frozenset[str]) -> bool:
    """Whether a figure may be a part of a total: of one side, year, body and part of the whole with it."""
    one, other = (replace(assumed(each.aspects), parts=each.parts - ids) for each in (total, part))
    return part.fact.quantity.bound == "exact" and same(one, other, but={"measure", "rate", "flow"})


def one_value(found: Iterable[Named]) -> Named | None:
    """The figure that several state, if all state one value."""
    listed = list(found)
    return listed[0] if len({named.fact.quantity.exact for named in listed}) == 1 else None
