"""Reads a sample's source: one text that holds the report as printed, its clean twin and its facts.

A source opens with TOML between two ``+++`` lines (options, figures, what is known of each defect); the
body is one element a line:

    # title            > centred line       ## / ### / #### headings
    @ right-aligned    ^ table caption      ; unit note of a table
    | cell | cell |    table row: a cell ``<`` joins its left neighbour, ``^`` the one above, ``⏎`` breaks
                       its line, leading full-width blanks set it in
    !| cell | cell |   table row that is repeated on every page
    ---                page break; ``--- wide`` and ``--- tall`` turn the paper from there on
    anything else      a paragraph

``{107.21+21.74:.2}`` is computed (see `Figures`), so a figure that should follow from others does;
``[[id|wrong|right]]`` prints ``wrong`` in the report and ``right`` in its clean twin. An element whose
text comes out empty in one of the two is left out there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from sample_figures import Figures

Kind = Literal[
    "title", "centred", "heading1", "heading2", "heading3", "right", "caption", "unit", "table", "break", "text"
]

PREFIXES: tuple[tuple[str, Kind], ...] = (
    ("#### ", "heading3"),
    ("### ", "heading2"),
    ("## ", "heading1"),
    ("# ", "title"),
    ("> ", "centred"),
    ("@ ", "right"),
    ("^ ", "caption"),
    ("; ", "unit"),
    ("---", "break"),
)
MARKER = re.compile(r"\[\[(?P<id>[a-z0-9-]+)\|(?P<wrong>.*?)\|(?P<right>.*?)\]\]")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
OPEN, CLOSE = "\ue000", "\ue001"
ANCHOR_LENGTH, ANCHOR_ENOUGH = 30, 8
MERGED = ("<", "^")
ROW_STARTS = ("|", "!|")
BREAK = "⏎"


@dataclass(frozen=True, slots=True)
class Element:
    """One line of the report, or one whole table (``rows``; ``<`` and ``^`` still mark merged cells).

    The first ``header_rows`` of a table are repeated on every page.
    """

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    header_rows: int = 0


@dataclass(frozen=True, slots=True)
class Defect:
    """A known defect: what stands in the report, what should stand there and where to look.

    ``anchor`` is a piece of the sentence (or of the table cell) that holds ``stated``; ``row`` is the
    table row, its cells joined by ``|``, ``column`` the cell's place in it, ``table`` the caption. ``also``
    lists other figures a finding may fairly point at.
    """

    id: str
    kind: str
    stated: str
    right: str
    anchor: str
    place: Literal["text", "table"]
    table: str = ""
    row: str = ""
    column: int = 0
    cause: str = ""
    later: bool = False
    also: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """One report in both versions. ``facts`` are equations such as ``52.05/60 = 86.75%`` that hold in it."""

    name: str
    options: Mapping[str, Any]
    printed: tuple[Element, ...]
    clean: tuple[Element, ...]
    defects: tuple[Defect, ...]
    facts: tuple[str, ...]


def read_source(path: Path) -> Sample:
    """Read one source. Raises ValueError, with the file's name, for a formula or marker that is wrong."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    options = tomllib.loads(head)
    figures = Figures()
    try:
        for name, expression in options.pop("figures", {}).items():
            figures.resolve(f"{{{name}={expression}}}")
        lines = [_resolve(line, figures) for line in body.splitlines() if line.strip()]
        known = options.pop("defects", {})
        marked = [MARKER.sub(lambda m: f"{OPEN}{m['id']}{OPEN}{m['wrong']}{CLOSE}", line) for line in lines]
        rights = {m["id"]: m["right"] for line in reversed(lines) for m in reversed([*MARKER.finditer(line)])}
        first: dict[str, Defect] = {}
        for name, defect in _defects(marked, known, rights):
            first.setdefault(name, defect)
        defects = tuple(first.values())
    except (ValueError, KeyError, SyntaxError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    if {defect.id for defect in defects} != set(known):
        raise ValueError(f"{path.name}: defects marked and described differ")
    printed = elements([MARKER.sub(lambda m: m["wrong"], line) for line in lines])
    clean = elements([MARKER.sub(lambda m: m["right"], line) for line in lines])
    shown = frozenset(NUMBER.findall("\n".join(_texts(printed)).replace(",", "")))
    facts = tuple(dict.fromkeys(fact for fact in figures.facts if _visible(fact, shown)))
    return Sample(path.stem, options, printed, clean, defects, facts)


def _visible(fact: str, shown: frozenset[str]) -> bool:
    """Tell whether a reader of the report sees every figure of the fact (100, 10000 … convert units)."""
    figures = NUMBER.findall(fact.replace(",", ""))
    return all(figure in shown or re.fullmatch("10*", figure) for figure in figures)


def _resolve(line: str, figures: Figures) -> str:
    """Compute a line's formulas; those inside a marker are no facts of the report as printed."""
    done, position = [], 0
    for match in MARKER.finditer(line):
        done += [figures.resolve(line[position : match.start()]), figures.resolve(match[0], record=False)]
        position = match.end()
    return "".join(done) + figures.resolve(line[position:])


def _defects(
    lines: list[str], known: Mapping[str, Mapping[str, Any]], rights: Mapping[str, str]
) -> Iterator[tuple[str, Defect]]:
    """Give the defects of all lines; a defect may be marked several times."""
    caption = ""
    for line in lines:
        plain = _unmarked(line)
        if line.startswith("^ "):
            caption = plain.removeprefix("^ ").strip()
        if not line.startswith(ROW_STARTS):
            yield from _marked(line, known, rights, Defect("", "", "", "", "", "text"))
            continue
        row = "|".join(_bare(cell) for cell in _cells(plain) if cell not in MERGED)
        for column, cell in enumerate(_cells(line), 1):
            where = Defect("", "", "", "", "", "table", table=caption, row=row, column=column)
            yield from _marked(cell, known, rights, where)


def _marked(
    text: str, known: Mapping[str, Mapping[str, Any]], rights: Mapping[str, str], where: Defect
) -> Iterator[tuple[str, Defect]]:
    for match in re.finditer(f"{OPEN}([a-z0-9-]+){OPEN}(.*?){CLOSE}", text):
        name, stated = match.groups()
        anchor = _anchor(_unmarked(text[: match.start()]), stated, _unmarked(text[match.end() :]))
        facts = {**known[name], "also": tuple(known[name].get("also", ()))}
        yield name, replace(where, id=name, stated=stated, right=rights[name], anchor=_bare(anchor), **facts)


def _unmarked(text: str) -> str:
    return re.sub(f"{OPEN}[a-z0-9-]+{OPEN}|{CLOSE}", "", text)


def _bare(cell: str) -> str:
    """Give the text of a cell without its indent and its line breaks."""
    return cell.strip("\u3000").replace(BREAK, "")


def _anchor(before: str, stated: str, after: str) -> str:
    """Give the clause around the stated text, more of its sentence if the clause is short."""
    before = re.split(r"[。；]", re.sub(r"^(#+|[@>^;]) ", "", before))[-1]
    after = re.split(r"(?<=[。；])", after)[0]
    lead = re.split(r"[，：]", before)[-1]
    if len(lead) + len(stated) < ANCHOR_ENOUGH:
        room = max(0, ANCHOR_LENGTH - len(stated) - min(4, len(after)))
        lead = before if len(before) <= room else re.split(r"[，、：]", before[-room:], maxsplit=1)[-1]
    room = max(0, ANCHOR_LENGTH - len(stated))
    lead = lead[-room:] if room else ""
    if len(lead) + len(stated) >= ANCHOR_ENOUGH:
        after = re.split(r"(?<=[，：])", after)[0]
    return (lead + stated + after)[:ANCHOR_LENGTH]


def _cells(line: str) -> tuple[str, ...]:
    """Give a row's cells; full-width blanks before a text are its indent and stay."""
    inner = line.strip(" ").removeprefix("!").removeprefix("|").removesuffix("|")
    return tuple(cell.strip(" ") for cell in inner.split("|"))


def elements(lines: list[str]) -> tuple[Element, ...]:
    """Turn resolved lines into elements; consecutive table rows make one table."""
    found: list[Element] = []
    for line in lines:
        if line.startswith(ROW_STARTS):
            table = found.pop() if found and found[-1].kind == "table" else Element("table")
            found.append(_longer(table, line))
            continue
        prefix, kind = next(((p, k) for p, k in PREFIXES if line.startswith(p)), ("", "text"))
        text = line.removeprefix(prefix).strip()
        if text or kind == "break":
            found.append(Element(kind, text))
    return tuple(found)


def _longer(table: Element, line: str) -> Element:
    row = _cells(line)
    if table.rows and len(table.rows[0]) != len(row):
        raise ValueError(f"a row of another width: {line}")
    if line.startswith("!") and table.header_rows < len(table.rows):
        raise ValueError(f"rows that are repeated come first: {line}")
    return replace(table, rows=(*table.rows, row), header_rows=table.header_rows + line.startswith("!"))


def _texts(parts: tuple[Element, ...]) -> list[str]:
    return [text for part in parts for text in (part.text, *(cell for row in part.rows for cell in row))]
