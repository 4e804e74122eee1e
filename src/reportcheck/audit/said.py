"""The figures of a file by what they measure, so that they can be found again in another file.

Within one report a total of everything (支出, 年初预算, 得分) tells little, since sections may speak of a part. Between
files the totals are what is looked for; so a figure has a ``key`` where its words name a known indicator or a total and
nothing else, of the whole body or of a project.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.audit.about import About, project_name, words
from reportcheck.catalog import Language, table
from reportcheck.extract.identity import Named, bare, marks
from reportcheck.extract.indicators import flagged
from reportcheck.extract.mention import Mention, Passage
from reportcheck.extract.named_cells import in_tables
from reportcheck.extract.named_prose import in_prose
from reportcheck.extract.prose import read_prose
from reportcheck.extract.sides import PLANNED
from reportcheck.extract.tabular import Sheet, read_sheets
from reportcheck.model import Document, Fact, Span
from reportcheck.rules.cross_tables import project_of
from reportcheck.schemas.across import Across

BUDGET, SPENT, INCOME, SCORE = "budget", "#spending", "#income", "#score"
_PREFIX_END = ":"
_TOTALS = ("initial", "full")


class Said(Struct, frozen=True):
    """A figure of ``file``. ``subject`` is the project it is of (``""``: the whole body), ``key`` what it measures
    (``""`` where only the likeness of names can tell), ``caption`` that of its table. ``sure``: its own words or its
    cell name it."""

    file: str
    named: Named
    subject: str
    key: str
    caption: str
    sure: bool

    @property
    def fact(self) -> Fact:
        """The figure itself."""
        return self.named.fact


def said_in(of: About, projects: Collection[str] = (), prefix: str = "", compared: bool = False) -> tuple[Said, ...]:
    """All figures of a file that are named; ``projects`` are the names of projects that are known. ``prefix`` stands
    before the ids of the blocks, so that figures of several files can be told apart by their places; ``compared``:
    figures of the year before to which those of the year are compared are named, too."""
    document = prefixed(of.document, prefix) if prefix else of.document
    passages = read_prose(document)
    if compared:
        passages = tuple(replace(p, mentions=tuple(map(_as_previous, p.mentions))) for p in passages)
    return tuple(_said(of, passages, read_sheets(document), {p: marks(p) for p in sorted(projects)}))


def _as_previous(mention: Mention) -> Mention:
    """What is compared with the year before states that year: 与上年的80万元相比."""
    previous = mention.role == "reference" and words("said", "previous").search(mention.head)
    return (
        replace(mention, role="previous", head=mention.head[previous.end("year") :], tail="") if previous else mention
    )


def prefix_of(number: int) -> str:
    """What stands before the ids of the blocks of one of several files."""
    return f"f{number}{_PREFIX_END}"


def own_span(said: Said) -> Span:
    """The place of a figure in its own file, without a prefix."""
    span = said.fact.quantity.span
    return Span(span.block.rpartition(_PREFIX_END)[2], span.start, span.end)


def prefixed(document: Document, prefix: str) -> Document:
    """A document the ids of whose blocks and tables begin with a prefix."""
    blocks = {block.id: replace(block, id=prefix + block.id) for block in document.blocks}
    tables = [
        replace(
            held,
            id=prefix + held.id,
            cells=tuple(tuple(cell and blocks.get(cell.id, cell) for cell in row) for row in held.cells),
        )
        for held in document.tables
    ]
    return replace(document, blocks=tuple(blocks.values()), tables=tuple(tables))


def projects_of(of: About) -> set[str]:
    """The projects that a file reports on: by its title, and by the forms in it."""
    forms = {project_name(project_of(sheet)) for sheet in read_sheets(of.document)}
    return {name for name in (*forms, of.project) if name}


def _said(
    of: About, passages: Sequence[Passage], sheets: Sequence[Sheet], projects: Mapping[str, frozenset[str]]
) -> Iterator[Said]:
    group, total = "", False
    for named in in_prose(passages, of.head):
        opens = named.group != group
        group = named.group
        subject = of.project or _project_in(named, projects)
        # A sentence that begins with a total goes on with totals, whatever was spoken of before.
        freed = not subject and (total if not opens else named.aspects.side in _TOTALS)
        key = key_of(named, subject, projects, freed)
        total = key in (BUDGET, SPENT, INCOME) if opens else total
        sure = not named.carried or set(words("said", "id").findall(named.words)) == named.own
        yield Said(of.name, _at_level(named, of), subject, key, "", sure)
    for sheet in sheets:
        form = project_name(project_of(sheet)) or of.project
        caption = words("about", "year").sub("", "".join(sheet.grid.source.caption.split()))
        for named in in_tables([sheet], of.head):
            subject = form or _project_in(named, projects)
            key = key_of(named, subject, projects)
            if not subject and (subject := _project_of_row(named, projects)):
                key = _of_row(named)
            yield Said(of.name, _at_level(named, of), subject, key, caption, True)


def _at_level(named: Named, of: About) -> Named:
    """The figure with the part of the body that the title names, where nothing nearer names one."""
    told = not of.level or named.aspects.body
    return named if told else replace(named, aspects=replace(named.aspects, body=of.level))


def _project_in(named: Named, projects: Mapping[str, frozenset[str]]) -> str:
    """The one project that the words of a figure name."""
    pairs = frozenset(mark for mark in named.own if mark[0] not in "#%")
    return next((name for name, own in projects.items() if own and pairs == own), "")


def _project_of_row(named: Named, projects: Mapping[str, frozenset[str]]) -> str:
    """The one project that the labels of a row name before the last of them."""
    found = [name for name, own in projects.items() if len(own) > 1 and own <= named.around]
    return found[0] if len(found) == 1 else ""


def _of_row(named: Named) -> str:
    """What a figure in the row of a project measures, where the header of its column names money and nothing else."""
    label = bare(named.fact.indicator.partition("·")[0])
    general = words("said", "total_words").fullmatch(named.words.removeprefix(label))
    return _total(named) if general and named.fact.quantity.unit.dimension == "money" else ""


def key_of(named: Named, subject: str, projects: Mapping[str, frozenset[str]], freed: bool = False) -> str:
    """What a figure measures, where its words name that and nothing else; ``freed``: words that carry over from another
    figure do not count."""
    dimension = named.fact.quantity.unit.dimension
    specific_heading = any(not mark.startswith("#") for mark in named.heading)
    if named.aspects.kind == "rate" or (specific_heading and not subject):
        return ""
    if not named.prose and words("said", "total_row").search(named.fact.indicator.partition("·")[0]):
        return _total(named) if dimension == "money" else ""
    name = named.words.replace(bare(subject), "") if subject else named.words
    pairs = {mark for mark in named.own if mark[0] not in "#%"} - projects.get(subject, frozenset())
    if not words("said", "total_words").fullmatch(name) or (named.carried and pairs and not freed):
        return ""
    ids = set(words("said", "id").findall(name))
    if named.carried and not freed and not ids - flagged("source") - flagged("common"):
        ids |= {mark for mark in named.own if mark.startswith("#")}
    specific = ids - flagged("source") - flagged("common")
    if SCORE in ids or dimension == "score":
        return SCORE if SCORE in named.own and dimension == "score" else ""
    if specific:
        return next(iter(specific)) if len(specific) == 1 else ""
    if dimension != "money":
        return ""
    if INCOME in ids:
        return INCOME
    form = not named.prose and words("said", "form_words").fullmatch(name)
    return _total(named) if SPENT in ids or form or subject or named.aspects.side in _TOTALS else ""


def _total(named: Named) -> str:
    if named.aspects.side == "actual":
        return SPENT
    return BUDGET if named.aspects.side in PLANNED else ""


def name_of(said: Sequence[Said], language: Language) -> str:
    """What figures that should be one are called: by their project and key, else as a table names them, else in the
    fewest words."""
    first = said[0]
    names = {row.id: row.text(language) for row in table(Across).name}
    if first.key in names:
        return (first.subject if first.subject != first.file else "") + names[first.key]
    given = [each.fact.indicator for each in said if each.fact.indicator]
    cells = [each.fact.indicator for each in said if not each.named.prose and each.fact.indicator]
    return min(cells or given or [first.caption], key=lambda name: (len(name), name))
