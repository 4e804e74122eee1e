"""The pen that draws a run on a console: lines, paragraphs with a hanging indent, rulers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rich.console import Console
from rich.text import Text

from reportcheck.catalog import Language, message
from reportcheck.model import Severity
from reportcheck.render.terminal_lines import folded, printable, visible, width

STYLES: Mapping[Severity, str] = MappingProxyType({"error": "bold red", "warning": "bold yellow", "note": "cyan"})
_RULE = "─"
_LEAST_COLUMNS = 40


class Pen:
    """Writes lines that were measured beforehand, in one language."""

    def __init__(self, console: Console, language: Language) -> None:
        self.language = language
        self.columns = max(console.width, _LEAST_COLUMNS)
        self.rows: int | None = console.height if console.is_terminal else None
        self._console = console

    def say(self, key: str, **facts: object) -> str:
        """A text of the program."""
        return message(self.language, key, **facts)

    def line(self, *parts: tuple[str, str] | str | Text) -> None:
        """One line of styled parts, as it is."""
        self._console.print(Text.assemble(*parts), no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)

    def paragraph(self, text: str, indent: int, style: str = "", lead: str = "", lead_style: str = "dim") -> None:
        """A text with a hanging indent; ``lead`` stands in the indent of its first line."""
        for number, line in enumerate(folded(text, self.columns - indent)):
            start = lead if number == 0 else ""
            self.line((start + " " * (indent - width(start)), lead_style), (line, style))

    def row(self, name: str, texts: Sequence[str], cells: Sequence[int], names: int, styles: Sequence[str]) -> None:
        """A row of a table: a name in ``names`` columns, then texts at the right of cells of these widths."""
        parts: list[tuple[str, str] | str] = [name + " " * (names - width(name))]
        for text, cell, style in zip(texts, cells, styles, strict=True):
            parts.append((" " * (cell - width(text)) + text, style))
        self.line(*parts)

    def ruler(self, text: str, style: str) -> None:
        """A line across the screen with a title in it."""
        head = f"{_RULE * 2} {visible(printable(text))} "
        self.line((head + _RULE * (self.columns - width(head)), style))
