"""Computes the figures of a source: exact arithmetic on numbers as they are written."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

FORMULA = re.compile(r"\{(?:(?P<name>[a-z]\w*)=)?(?P<expression>[^{}:]+)(?::(?P<format>[^{}]*))?\}")
FORMAT = re.compile(r"(?P<sign>s?)(?P<cut>t?)(?P<comma>,?)(?P<percent>%?)\.?(?P<decimals>\d*)")


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
