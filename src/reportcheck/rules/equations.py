"""Arithmetic that the report itself prints: ``equation-mismatch`` (18.37/21.9×100%=83.88%)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from reportcheck.catalog import cached, pattern_in, table
from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Claim, Fact, Question
from reportcheck.schemas.figures import Equations

RULE = "equation-mismatch"


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """One question for each printed equation whose left side can be read."""
    for passage in passages:
        for stated in passage.mentions[2:]:
            if _equals().search(stated.gap[-3:]):
                claim = _claim(passage, stated)
                if claim is not None:
                    yield (claim,)


_equals = partial(pattern_in, Equations, "equals")


def _claim(passage: Passage, stated: Mention) -> Claim | None:
    """Reads backwards from the equals sign over figures, operators and brackets."""
    operands: dict[str, tuple[Fact, ...]] = {}
    tokens: list[str] = []
    position = stated.start
    for mention in reversed(passage.mentions[: stated.order]):
        between = passage.plain[mention.end : position]
        read = _tokens(between)
        if read is None:
            break
        name = f"x{mention.order}"
        hundred = mention.dimension == "ratio" and mention.quantity.value == 100
        if not hundred:
            operands[name] = (mention.fact,)
        tokens = ["1" if hundred else name, *read, *tokens]
        position = mention.start
    tokens = _opened(tokens, passage.plain[:position])
    expression = _complete(tokens)
    if expression is None or len(operands) < 2:
        return None
    dimensions = {fact.quantity.unit.dimension for facts in operands.values() for fact in facts}
    if dimensions == {"number"} and stated.dimension == "number" and len(operands) < 2:
        return None
    return Claim(RULE, "equation", stated.fact, expression, dict(sorted(operands.items())), "wording")


@cached
def _signs() -> list[tuple[re.Pattern[str], str]]:
    return [(row.pattern.compiled, row.sign) for row in table(Equations).operator]


def _tokens(between: str) -> list[str] | None:
    """The operators and brackets between two figures; ``None`` if there is anything else."""
    tokens: list[str] = []
    rest = between.strip()
    while rest:
        for pattern, sign in _signs():
            match = pattern.match(rest)
            if match:
                tokens += [sign] if sign else []
                rest = rest[match.end() :].lstrip()
                break
        else:
            return None
    return tokens


def _opened(tokens: list[str], before: str) -> list[str]:
    missing = tokens.count(")") - tokens.count("(")
    for _ in range(missing):
        tokens = ["(", *tokens]
    return tokens


def _complete(tokens: list[str]) -> str | None:
    """The tokens up to the equals sign as an expression, if operands and operators alternate."""
    if "=" not in tokens:
        return None
    left = tokens[: tokens.index("=")]
    while left and left[-1] in "+-*/(":
        left.pop()
    # What stands before an earlier equals sign is words, not figures.
    if not any(sign in left for sign in "+-*/"):
        return None
    text = " ".join(left)
    shape = re.sub(r"x\d+|1", "n", text.replace(" ", ""))
    return text if re.fullmatch(r"\(*n\)*(?:[-+*/]\(*n\)*)+", shape) and _balanced(shape) else None


def _balanced(shape: str) -> bool:
    depth = 0
    for character in shape:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0
