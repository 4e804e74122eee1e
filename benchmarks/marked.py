"""Tables in Markdown, and pages whose measured parts stand between marks.

A measured part begins with ``<!-- measured: NAME -->`` and ends with ``<!-- end -->``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

_PART = re.compile(r"(<!-- measured: (?P<name>[a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table with its first column to the left and the others to the right."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def renew(page: Path, parts: Mapping[str, str]) -> None:
    """Puts the parts where the page names them. Raises KeyError for a name that was not measured."""
    text = page.read_text(encoding="utf-8")
    renewed = _PART.sub(lambda match: f"{match[1]}\n{parts[match['name']]}\n\n{match[3]}", text)
    page.write_text(renewed, encoding="utf-8")
