"""Arithmetic over named operands: ``sum(parts)``, ``numerator / denominator``, ``current / base - 1``.

A formula is written in Python's expression syntax and may use ``+ - * /``, whole numbers, ``sum(name)``
over all figures bound to a name, ``nearest(share, whole)``: the share of a whole number of cases that
lies nearest to a stated one, and ``min(one, other)``. Everything is exact.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import product

from reportcheck.errors import CatalogError
from reportcheck.exact import Ratio, added, less, minus, over, plus, times
from reportcheck.interval import Interval

Values = Mapping[str, Sequence[Ratio]]

_OPERATORS: dict[type[ast.operator], tuple[Callable[[Ratio, Ratio], Ratio], str]] = {
    ast.Add: (plus, " + "),
    ast.Sub: (minus, " - "),
    ast.Mult: (times, " × "),
    ast.Div: (over, " ÷ "),
}


@cache
def _parsed(formula: str) -> ast.expr:
    try:
        return ast.parse(formula, mode="eval").body
    except SyntaxError:
        raise CatalogError("formula-broken", formula=formula) from None


@cache
def is_sum(formula: str) -> bool:
    """Whether a formula only adds and subtracts, so that last places, not ratios, bound its rounding."""
    return all(
        isinstance(node, ast.expr_context | ast.Name | ast.Call | ast.BinOp | ast.Add | ast.Sub)
        for node in ast.walk(_parsed(formula))
    )


@cache
def weight(formula: str, name: str) -> int:
    """How often a plain sum counts the figures of an operand: once, or -1 where they are taken off; 0 for other
    formulas."""
    calls = [node.func for node in ast.walk(_parsed(formula)) if isinstance(node, ast.Call)]
    if not is_sum(formula) or not all(isinstance(call, ast.Name) and call.id == "sum" for call in calls):
        return 0
    return int(evaluate(formula, {other: [Fraction(other == name)] for other in names(formula)}))


def is_discrete(formula: str) -> bool:
    """Whether a formula takes only the values that whole numbers of cases can give."""
    return "nearest(" in formula


@cache
def names(formula: str) -> frozenset[str]:
    """The operands that a formula uses."""
    calls = {node.func for node in ast.walk(_parsed(formula)) if isinstance(node, ast.Call)}
    return frozenset(node.id for node in ast.walk(_parsed(formula)) if isinstance(node, ast.Name) and node not in calls)


def evaluate(formula: str, values: Mapping[str, Sequence[Fraction]]) -> Fraction:
    """The value of a formula; a name outside ``sum()`` stands for its first figure.

    Raises ZeroDivisionError where a base is zero.
    """
    ratios = {name: [value.as_integer_ratio() for value in group] for name, group in values.items()}
    return Fraction(*_compiled(formula)(ratios))


@cache
def _compiled(formula: str) -> Callable[[Values], Ratio]:
    return _function(_parsed(formula))


def _function(node: ast.expr) -> Callable[[Values], Ratio]:
    match node:
        case ast.Constant(value=int(number)):
            return lambda values: (number, 1)
        case ast.Name(id=name):
            return lambda values: values[name][0]
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
            apply, one, other = _OPERATORS[type(operator)][0], _function(left), _function(right)
            return lambda values: apply(one(values), other(values))
        case ast.Call(func=ast.Name(id="sum"), args=[ast.Name(id=name)]):
            return lambda values: added(values[name])
        case ast.Call(func=ast.Name(id="nearest"), args=[share, whole]):
            one, other = _function(share), _function(whole)
            return lambda values: _nearest(one(values), other(values))
        case ast.Call(func=ast.Name(id="min"), args=[first, second]):
            one, other = _function(first), _function(second)
            return lambda values: _smaller(one(values), other(values))
    raise CatalogError("formula-broken", formula=ast.unparse(node))


def _nearest(share: Ratio, whole: Ratio) -> Ratio:
    return over((round(Fraction(*times(share, whole))), 1), whole)


def _smaller(one: Ratio, other: Ratio) -> Ratio:
    return other if less(other, one) else one


def evaluate_interval(formula: str, intervals: Mapping[str, Sequence[Interval]]) -> Interval:
    """All values that a formula can take while each figure moves within its interval.

    The formulas are monotone in each operand, so that the extremes lie at corners of the box; every
    interval must be bounded. Raises ZeroDivisionError where a base may be zero.
    """
    boxes: list[tuple[Ratio, ...]] = []
    for group in intervals.values():
        low = added([_end(interval.low) for interval in group])
        high = added([_end(interval.high) for interval in group])
        boxes.append((low,) if low == high else (low, high))
    value = _compiled(formula)
    corners = [value({name: (end,) for name, end in zip(intervals, corner, strict=True)}) for corner in product(*boxes)]
    low = high = corners[0]
    for corner in corners[1:]:
        low, high = _smaller(low, corner), corner if less(high, corner) else high
    return Interval(Fraction(*low), Fraction(*high))


def _end(value: Fraction | None) -> Ratio:
    if value is None:
        raise ValueError("unbounded interval in a formula")
    return value.as_integer_ratio()


def render(formula: str, texts: Mapping[str, Sequence[str]]) -> str:
    """The formula with each name replaced by the figures as written: ``52.05万元 ÷ 60万元``."""
    return _render(_parsed(formula), texts, 0)


_PRECEDENCE: dict[type[ast.operator], int] = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2}


def _render(node: ast.expr, texts: Mapping[str, Sequence[str]], outer: int) -> str:
    match node:
        case ast.Constant(value=number):
            return str(number)
        case ast.Name(id=name):
            return texts[name][0]
        case ast.BinOp(left=left, op=operator, right=right):
            inner = _PRECEDENCE[type(operator)]
            strict = isinstance(operator, ast.Sub | ast.Div)
            text = (
                _render(left, texts, inner)
                + _OPERATORS[type(operator)][1]
                + _render(right, texts, inner + 1 if strict else inner)
            )
            return f"({text})" if inner < outer else text
        case ast.Call(func=ast.Name(id="sum"), args=[ast.Name(id=name)]):
            text = " + ".join(texts[name])
            return f"({text})" if outer > 1 and len(texts[name]) > 1 else text
        case ast.Call(func=ast.Name(id="nearest"), args=[_, whole]):
            return f"n ÷ {_render(whole, texts, 3)}"
        case ast.Call(func=ast.Name(id="min"), args=[first, second]):
            return f"min({_render(first, texts, 0)}, {_render(second, texts, 0)})"
    raise CatalogError("formula-broken", formula=ast.unparse(node))
