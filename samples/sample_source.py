"""Reads a sample's source: one text that holds the report as printed, its clean twin and its facts.

A source opens with TOML between two ``+++`` lines (options, figures, what is known of each defect); the
body is one element a line:

    # title            > centred line       ## / ### / #### headings
    @ right-aligned    ^ table caption      ; unit note of a table
    | cell | cell |    table row: a cell ``<`` joins its left neighbour, ``^`` the one above
    ---                page break           anything else: a paragraph

``{107.21+21.74:.2}`` is computed (see `Figures`), so a figure that should follow from others does;
``[[id|wrong|right]]`` prints ``wrong`` in the report and ``right`` in its clean twin. An element whose
text comes out empty in one of the two is left out there.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any, Literal

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
FORMULA = re.compile(r"\{(?:(?P<name>[a-z]\w*)=)?(?P<expression>[^{}:]+)(?::(?P<format>[^{}]*))?\}")
FORMAT = re.compile(r"(?P<sign>s?)(?P<cut>t?)(?P<comma>,?)(?P<percent>%?)\.?(?P<decimals>\d*)")
MARKER = re.compile(r"\[\[(?P<id>[a-z0-9-]+)\|(?P<wrong>.+?)\|(?P<right>.*?)\]\]")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
OPEN, CLOSE = "\ue000", "\ue001"
ANCHOR_LENGTH, ANCHOR_ENOUGH = 30, 8
MERGED = ("<", "^")


@dataclass(frozen=True, slots=True)
class Element:
    """One line of the report, or one whole table (``rows``; ``<`` and ``^`` still mark merged cells)."""

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Defect:
    """A known defect: what stands in the report, what should stand there and where to look.

    ``anchor`` is a piece of the sentence (or of the table cell) that holds ``stated``; ``row`` is the
    table row, its cells joined by ``|``. ``also`` lists other figures a finding may fairly point at.
    """

    id: str
    kind: str
    stated: str
    right: str
    anchor: str
    place: Literal["text", "table"]
    row: str = ""
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


@dataclass(slots=True)
class Figures:
    """Computes the formulas of one source, exactly, in document order.

    Operands are numbers as written or names defined earlier (``{total=1.5+2}`` defines one). Sums and
    differences keep the most decimals of their operands. Other formulas say how they are written:
    ``:.1`` decimals, ``:%`` per cent with two decimals, ``:%1`` with one; ``,`` groups thousands, ``t``
    truncates where others round half up, ``s`` allows a negative result (else an error, so that a
    decrease is never called growth).
    """

    known: dict[str, str] = field(default_factory=dict)
    facts: list[str] = field(default_factory=list)

    def resolve(self, text: str, *, record: bool = True) -> str:
        """Give the text with every formula replaced by its written value."""
        return FORMULA.sub(lambda match: self._one(match, record), text)

    def _one(self, match: re.Match[str], record: bool) -> str:
        expression = match["expression"].strip()
        written = self._written(expression, match["format"])
        if match["name"]:
            self.known[match["name"]] = written
        if record and re.search(r"[-+*/]", expression):
            operands = re.sub(r"[a-z]\w*", lambda name: self.known[name[0]], expression)
            self.facts.append(f"{operands} = {written}")
        return written

    def _written(self, expression: str, spec: str | None) -> str:
        if spec is None and re.fullmatch(r"[a-z]\w*", expression):
            return self.known[expression]
        tree = ast.parse(expression, mode="eval").body
        places: list[int] = []
        value = self._value(tree, expression, places)
        if spec is None:
            if re.search(r"[*/]", expression):
                raise ValueError(f"{expression}: say how a product or quotient is written")
            spec = f".{max(places)}"
        return write_number(value, spec)

    def _value(self, node: ast.expr, source: str, places: list[int]) -> Fraction:
        match node:
            case ast.BinOp(left, operator, right):
                pair = self._value(left, source, places), self._value(right, source, places)
                return OPERATORS[type(operator)](*pair)
            case ast.Name(name):
                written = self.known[name]
            case ast.Constant():
                written = ast.get_source_segment(source, node) or ""
            case _:
                raise ValueError(f"{source}: not arithmetic")
        places.append(len(written.rstrip("%").partition(".")[2]))
        number = Fraction(written.rstrip("%").replace(",", ""))
        return number / 100 if written.endswith("%") else number


OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}


def write_number(value: Fraction, spec: str) -> str:
    """Write an exact value as the spec of `Figures` says."""
    form = FORMAT.fullmatch(spec)
    if form is None:
        raise ValueError(f"unknown format {spec!r}")
    if value < 0 and not form["sign"]:
        raise ValueError(f"{float(value)} is negative")
    decimals = int(form["decimals"] or ("2" if form["percent"] else "0"))
    scaled = abs(value) * (100 if form["percent"] else 1) * 10**decimals
    digits = f"{floor(scaled) if form['cut'] else floor(scaled + Fraction(1, 2)):0{decimals + 1}d}"
    whole, part = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    whole = f"{int(whole):,}" if form["comma"] else whole
    return ("-" if value < 0 else "") + whole + ("." + part if part else "") + form["percent"]


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
        for defect in (d for line in marked for d in _defects(line, known, rights)):
            first.setdefault(defect.id, defect)
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


def _defects(line: str, known: Mapping[str, Mapping[str, Any]], rights: Mapping[str, str]) -> list[Defect]:
    """Give the defects of one line; a defect marked several times counts where ``known`` has it first."""
    found = []
    plain = re.sub(f"{OPEN}[a-z0-9-]+{OPEN}|{CLOSE}", "", line)
    in_table = line.startswith("|")
    for part in _cells(line) if in_table else (line,):
        for match in re.finditer(f"{OPEN}([a-z0-9-]+){OPEN}(.+?){CLOSE}", part):
            before = re.sub(f"{OPEN}[a-z0-9-]+{OPEN}|{CLOSE}", "", part[: match.start()])
            after = re.sub(f"{OPEN}[a-z0-9-]+{OPEN}|{CLOSE}", "", part[match.end() :])
            facts = dict(known[match[1]])
            facts["also"] = tuple(facts.get("also", ()))
            found.append(
                Defect(
                    id=match[1],
                    stated=match[2],
                    right=rights[match[1]],
                    anchor=_anchor(before, match[2], after),
                    place="table" if in_table else "text",
                    row="|".join(cell for cell in _cells(plain) if cell not in MERGED) if in_table else "",
                    **facts,
                )
            )
    return found


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
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))


def elements(lines: list[str]) -> tuple[Element, ...]:
    """Turn resolved lines into elements; consecutive table rows make one table."""
    found: list[Element] = []
    for line in lines:
        if line.startswith("|"):
            rows = found.pop().rows if found and found[-1].kind == "table" else ()
            if rows and len(rows[0]) != len(_cells(line)):
                raise ValueError(f"a row of another width: {line}")
            found.append(Element("table", rows=(*rows, _cells(line))))
            continue
        prefix, kind = next(((p, k) for p, k in PREFIXES if line.startswith(p)), ("", "text"))
        text = line.removeprefix(prefix).strip()
        if text or kind == "break":
            found.append(Element(kind, text))
    return tuple(found)


def _texts(parts: tuple[Element, ...]) -> list[str]:
    return [text for part in parts for text in (part.text, *(cell for row in part.rows for cell in row))]
