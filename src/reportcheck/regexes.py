"""The regular expressions of the pattern data: compiled when they are first used, and safe to be put together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from reportcheck import precompiled

_MARK = re.compile(r"\{([a-z_]+)\}")
_FLAGS = re.compile(r"\(\?[a-zA-Z]+\)")
_GROUP = re.compile(r"\(\?P<")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_REFERENCE = re.compile(r"\(\?P=|\(\?\(")


class Regex(str):
    """An expression of the pattern files that is complete in itself. It holds no words of a report."""

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression, compiled."""
        return precompiled.expression(str(self))

    def filled(self, **words: str) -> Regex:
        """The expression itself: there is nothing to put in."""
        return self


class Template(Regex):
    """An expression with names in braces, for which other words are put in: ``{cop}$``."""

    def filled(self, **words: str) -> Regex:
        """The expression with its words, each of which stays an expression of its own."""
        return Regex(_MARK.sub(lambda mark: f"(?:{words[mark[1]]})", self))


class Joined(Regex):
    """An expression that is tried together with those of other rows."""


def any_of(expressions: Iterable[str]) -> Regex:
    """What fits one of several expressions, none of which reaches into its neighbour."""
    return Regex("|".join(f"(?:{expression})" for expression in expressions))


def fault(regex: Regex, marks: frozenset[str]) -> tuple[str, str] | None:
    """The code and the place of a mistake in an expression, if there is one."""
    if flags := _FLAGS.search(regex):
        return "flags", flags[0]
    numbers = [escape[0] for escape in _ESCAPE.finditer(regex) if escape[1] in "123456789"]
    if numbers:
        return "reference", numbers[0]
    if isinstance(regex, Joined) and (named := _GROUP.search(regex) or _REFERENCE.search(regex)):
        return "group", named[0]
    if isinstance(regex, Template):
        for mark in _MARK.finditer(regex):
            if mark[1] not in marks:
                return "mark", mark[0]
    try:
        re.compile(_MARK.sub("(?:x)", regex) if isinstance(regex, Template) else regex)
    except re.error as error:
        return "syntax", str(error)
    return None
