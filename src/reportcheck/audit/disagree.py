"""Figures that the files of one submission state differently: ``files-disagree``.

Figures with one key (:mod:`reportcheck.audit.said`) are the same figure; others are held against those that are named
alike, as within one report (:mod:`reportcheck.rules.conflicts`). Two files bear out that they tell of the same by the
figures on which they agree: without these a difference shows only that they do not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, product

from msgspec import Struct
from msgspec.structs import replace

from reportcheck import judge
from reportcheck.assess import assess
from reportcheck.audit.about import About, words
from reportcheck.audit.said import BUDGET, SPENT, Said, prefix_of, projects_of, said_in
from reportcheck.audit.spoken import Spoken
from reportcheck.causes import cause, figures_of
from reportcheck.extract.identity import Likeness
from reportcheck.extract.indicators import flagged
from reportcheck.extract.same import ASPECTS, Aspects, assumed, same
from reportcheck.extract.sides import PLANNED
from reportcheck.model import Claim, Verdict
from reportcheck.near import MOST_NEAR_CHANCE, is_near
from reportcheck.numerals import telling_digits
from reportcheck.rules import conflicts

_BORNE = 2
_FEW, _MANY, _LONG = 2, 3, 5

# Figures with one key are of one year, body and part of the whole; sides are told apart by the key.
_KEYED = ASPECTS - {"year", "body", "parts"}


class Disagreement(Struct, frozen=True):
    """Two figures of two files that should be one. ``certain``: the very same words name both; ``slipped``: one slip
    explains the gap. ``named``: they are known to be one by the likeness of their names alone."""

    one: Said
    other: Said
    certain: bool
    slipped: bool
    named: bool
    verdict: Verdict

    @property
    def files(self) -> tuple[str, str]:
        """The two files."""
        return self.one.file, self.other.file


def disagreements(files: Sequence[About]) -> list[Disagreement]:
    """The differences between files on one body and year that are no copies of each other."""
    projects = set[str]().union(*map(projects_of, files))
    said = [said_in(of, projects, prefix_of(number)) for number, of in enumerate(files)]
    found = _Found()
    _by_key(said, found)
    _by_name(said, found)
    spoken = Spoken(files)
    told = filter(None, map(found.settled, found.told))
    return [each for each in told if each.certain or not each.named or spoken.leaves(each.files, each.verdict)]


class _Found:
    """What pairs of files agree and disagree on."""

    def __init__(self) -> None:
        self.told: list[Disagreement] = []
        self.agreed: Counter[tuple[str, str]] = Counter()
        self.differing: Counter[tuple[str, str]] = Counter()

    def agree(self, one: Said, other: Said) -> None:
        """Counts a figure that two files state alike, where its digits tell anything."""
        digits = min(len(telling_digits(each.fact.quantity.value)) for each in (one, other))
        self.agreed[one.file, other.file] += digits >= (_FEW if one.key in flagged("standing") else _MANY)

    def differ(self, found: Disagreement) -> None:
        """Notes a difference; one that no slip explains speaks against the pair."""
        self.told.append(found)
        self.differing[found.files] += not found.slipped

    def strange(self, one: Said, other: Said) -> None:
        """Counts a figure of which two files tell different things."""
        self.differing[one.file, other.file] += 1

    def settled(self, found: Disagreement) -> Disagreement | None:
        """A difference between files that bear out that they tell of the same: certain only where they agree on
        enough else."""
        agreed, differing = self.agreed[found.files], self.differing[found.files]
        if agreed >= _BORNE and agreed >= 2 * differing:
            return found
        likely = found.slipped and agreed >= (max(differing, 1) if found.named else differing)
        return replace(found, certain=False) if likely else None


# --- figures with one key ---------------------------------------------------------------------


def _by_key(said: Sequence[Sequence[Said]], found: _Found) -> None:
    topics: dict[tuple[str, str, str], dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for each in (each for file in said for each in file if each.key):
        topics[each.subject, each.key, _dimension(each)][each.file].append(each)
    for by_file in topics.values():
        for one, other in combinations(by_file.values(), 2):
            _compare(one, other, found)


def _compare(ones: Iterable[Said], others: Iterable[Said], found: _Found) -> None:
    """The figures of two files with one key, side by side; what was said once alike is agreed."""
    sides: dict[tuple[str, frozenset[str]], list[tuple[Said, Said]]] = defaultdict(list)
    for one, other in product(ones, others):
        if _comparable(one, other):
            sides[_side(one), one.named.parts].append((one, other))
    for pairs in sides.values():
        judged = [(one, other, assess(_same(one, other))) for one, other in pairs]
        agreed = next((pair for pair in judged if pair[2].outcome != "inconsistent"), None)
        if agreed is not None:
            found.agree(*agreed[:2])
        else:
            _differ(judged, found)


def _differ(judged: Sequence[tuple[Said, Said, Verdict]], found: _Found) -> None:
    """Figures with one key of which none agrees: the pair that a slip parts, else the only one there is, if the very
    same words name both."""
    values = {(one.fact.quantity.exact, other.fact.quantity.exact) for one, other, _ in judged}
    most = MOST_NEAR_CHANCE["name"] / len(values)
    near = [pair for pair in judged if _alike_written(*pair[:2]) and is_near(pair[2], most)]
    certain = [pair for pair in near or judged if _certain(*pair[:2])]
    if near:
        one, other, verdict = near[0]
        found.differ(Disagreement(one, other, bool(certain), True, False, verdict))
    elif certain and len(values) == 1:
        one, other, verdict = certain[0]
        found.differ(Disagreement(one, other, True, False, False, verdict))
    elif any(one.named.parts == other.named.parts for one, other, _ in judged):
        found.strange(*judged[0][:2])


def _same(one: Said, other: Said) -> Claim:
    """That two figures are one; of figures in one unit the finer is to equal the other."""
    first, second = (each.fact.quantity for each in (one, other))
    if first.unit.factor == second.unit.factor and second.last_place < first.last_place:
        one, other = other, one
    return conflicts.same_claim(one.fact, (other.fact,), "name")


def _alike_written(one: Said, other: Said) -> bool:
    """Whether two figures in one unit are as precise, but for zeros at the end: else no slip parts them."""
    first, second = sorted((one.fact.quantity, other.fact.quantity), key=lambda quantity: quantity.decimals)
    return first.unit.factor != second.unit.factor or (second.exact / first.last_place).denominator == 1


def _dimension(said: Said) -> str:
    """What a figure may be compared with; a cell may count persons without saying so."""
    dimension = said.fact.quantity.unit.dimension
    return "person" if dimension == "number" and not said.named.prose else dimension


def _side(said: Said) -> str:
    """Budget or spending, where a key has both; what nothing tells of was spent."""
    return "" if said.key in flagged("standing") else assumed(said.named.aspects).side


def _comparable(one: Said, other: Said) -> bool:
    """Whether nothing says that two figures with one key are of different things."""
    mine, theirs = _side(one), _side(other)
    planned = "budget" in (mine, theirs) and {mine, theirs} <= PLANNED
    exact = one.fact.quantity.bound == other.fact.quantity.bound == "exact"
    return exact and (mine == theirs or planned) and same(_broadly(one), _broadly(other), but=_KEYED, untold={"parts"})


def _broadly(said: Said) -> Aspects:
    """What a figure speaks of, where all of a body is the body; of indicators that have but one the source of the money
    does not matter."""
    aspects = said.named.aspects
    sources = frozenset() if said.key in (BUDGET, SPENT) else flagged("source")
    body = "" if words("said", "all_levels").search(aspects.body) else aspects.body
    return replace(aspects, body=body, parts=aspects.parts - sources)


def _certain(one: Said, other: Said) -> bool:
    """Whether the very same words name two figures, on one side, of one part and body."""
    first, second = one.named.aspects, other.named.aspects
    standing = one.key in flagged("standing")
    asked = {"parts", "body"} if standing else {"parts", "body", "side"}
    alike = (standing or first.side != "") and same(first, second, but=ASPECTS - asked)
    return one.sure and other.sure and alike and first.year != "" and _of_one_source(one, other)


def _of_one_source(one: Said, other: Said) -> bool:
    """Whether money is of one source, as far as the sentences and headings tell."""
    money = one.fact.quantity.unit.dimension == "money"
    return not money or one.named.wide & flagged("source") == other.named.wide & flagged("source")


# --- figures that are named alike -------------------------------------------------------------


def _by_name(said: Sequence[Sequence[Said]], found: _Found) -> None:
    everything = [each for file in said for each in file]
    likeness = Likeness([each.named for each in everything])
    known = conflicts.Known(())
    origin: dict[int, Said] = {}
    for file in said:
        for each in file:
            by_file: dict[str, list[Said]] = defaultdict(list)
            for other in known.near(each.named, likeness):
                if _may_meet(each, origin[id(other)]):
                    by_file[origin[id(other)].file].append(origin[id(other)])
            for others in by_file.values():
                _ask(each, others, likeness, found)
        for each in file:
            known.add(each.named)
            origin[id(each.named)] = each


def _may_meet(one: Said, other: Said) -> bool:
    """Whether two figures may be one: of one subject, or results of a project that a report on the whole body names;
    two cells, only in tables of one title or among the results of two forms."""
    if (one.key and other.key) or one.named.aspects.year != other.named.aspects.year:
        return False
    if one.subject != other.subject and (
        (one.subject and other.subject) or one.named.aspects.kind == "rate" or one.key or other.key
    ):
        return False
    if one.named.prose or other.named.prose:
        return True
    results = one.fact.role == other.fact.role == "completion"
    return results or (one.caption == other.caption != "" and one.subject == other.subject)


def _ask(each: Said, others: Sequence[Said], likeness: Likeness, found: _Found) -> None:
    claims = tuple(conflicts.claims(each.named, [other.named for other in others], likeness))
    verdict = judge.judge(claims) if claims else None
    if verdict is None:
        return
    span = verdict.claim.operands["cell"][0].quantity.span
    other = next(other for other in others if other.fact.quantity.span == span)
    # The file that comes first is named first.
    if verdict.outcome in ("consistent", "rounding"):
        found.agree(other, each)
    elif verdict.outcome == "inconsistent":
        certain = verdict.claim.basis in judge.BINDING and _of_one_source(other, each)
        slipped = is_near(verdict, MOST_NEAR_CHANCE["name"]) and _telling(verdict)
        if certain or (slipped and (each.named.prose or other.named.prose)):
            found.differ(Disagreement(other, each, certain, slipped, True, verdict))


def _telling(verdict: Verdict) -> bool:
    """Whether a slip says enough where names alone tell that two figures are one: one digit changed does so only in
    long figures."""
    slip = cause(verdict)
    digits = (len(telling_digits(fact.quantity.value)) for fact in figures_of(verdict.claim))
    return slip is not None and (slip.code != "digit-changed" or min(digits) >= _LONG)
