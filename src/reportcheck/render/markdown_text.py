"""Texts that stay what they are within Markdown (CommonMark, and the tables of GitHub and GitLab)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportcheck.render.terminal_lines import printable

_BLANKS = re.compile(r"[^\S\u3000]+")
# Addresses would become links, and no escape counts within them.
_SIGNS = re.compile(r"[\\`*_\[\]<>&|~$#]|:(?=//)|(?<=www)\.|@", re.IGNORECASE)
# What makes a list or a rule, at the beginning of a line only.
_OPENING = re.compile(r"[-+](?=[\s-]|$)")
_NUMBER = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")


def escaped(text: str) -> str:
    """The text as one line of its own, with a backslash before each sign that Markdown would take for its own.

    Blanks and breaks become one blank, and so do characters that cannot be shown; wide blanks stay.
    """
    line = _BLANKS.sub(" ", printable(text)).strip()
    if number := _NUMBER.match(line):
        line, opening = line[number.end() :], f"{number[1]}\\{number[2]}"
    else:
        opening = "\\" if _OPENING.match(line) else ""
    return opening + _SIGNS.sub(r"\\\g<0>", line)


def table(rows: Sequence[Sequence[str]], right: int) -> list[str]:
    """The lines of a table, its header first; columns from ``right`` on are set to the right."""
    rule = ["---:" if column >= right else "---" for column in range(len(rows[0]))]
    return ["| " + " | ".join(row) + " |" for row in (rows[0], rule, *rows[1:])]
