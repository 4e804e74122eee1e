"""Where a figure stands, in the words a reader would use to find it."""

from __future__ import annotations

import re
from functools import cached_property

from reportcheck.catalog import Language, message, messages
from reportcheck.extract.outline import scopes
from reportcheck.model import Block, Document, Span, Verdict
from reportcheck.render.surroundings import Surroundings

_CELL = re.compile(r"t(\d+)\.r(\d+)c(\d+)")
_PARAGRAPH = re.compile(r"p(\d+)")
_LONGEST_HEADING = 16
_LONGEST_CAPTION = 40


class Places:
    """The places of one document, named in one language."""

    def __init__(self, document: Document, language: Language) -> None:
        self._document = document
        self._language = language
        self.around = Surroundings(document)
        self.blocks = self.around.blocks
        self._captions = {table.id: table.caption for table in document.tables}

    @cached_property
    def _position(self) -> dict[str, int]:
        return {block.id: index for index, block in enumerate(self._document.blocks)}

    @cached_property
    def _scopes(self) -> dict[str, str]:
        return scopes(self._document)

    def of(self, span: Span) -> str:
        """Page, and paragraph, line or table cell."""
        block = self.blocks[span.block]
        origin = block.origin
        parts: list[str] = []
        if origin.page is not None:
            parts.append(message(self._language, "place.page", page=origin.page))
        part = messages(self._language)["place"].get(origin.part)
        if part:
            parts.append(part)
        parts += self._in_flow(block)
        return message(self._language, "place.join").join(parts) or block.id

    def _in_flow(self, block: Block) -> list[str]:
        if block.origin.sheet is not None:
            sheet = message(self._language, "place.sheet", sheet=block.origin.sheet.strip())
            return [sheet, *([block.origin.address] if block.origin.address else [])]
        if cell := _CELL.fullmatch(block.id):
            table, row, column = cell.groups()
            return [message(self._language, "place.cell", table=table, row=row, column=column)]
        if block.origin.line is not None:
            return [message(self._language, "place.line", line=block.origin.line)]
        if paragraph := _PARAGRAPH.fullmatch(block.id):
            return [message(self._language, "place.paragraph", number=paragraph[1])]
        return []

    def order(self, verdict: Verdict) -> tuple[int, int, str]:
        """Where the stated figure of a verdict stands, for sorting in reading order."""
        span = verdict.claim.stated.quantity.span
        return self._position[span.block], span.start, verdict.claim.rule

    def heading(self, span: Span) -> str:
        """The innermost heading above, or nothing."""
        return self._scopes.get(span.block, "").rsplit(" / ", 1)[-1]

    def in_full(self, span: Span, name: str = "") -> str:
        """The place, the name of a cell there, and the table or the heading it stands under where that is short
        enough to help."""
        place = self.of(span)
        if name and self.blocks[span.block].role == "cell":
            place = message(self._language, "place.named", place=place, name=name)
        caption = " ".join(self._captions.get(span.block.partition(".")[0], "").split())
        heading = " ".join(self.heading(span).split())
        for above, longest in ((caption, _LONGEST_CAPTION), (heading, _LONGEST_HEADING)):
            if 0 < len(above) <= longest:
                return place + message(self._language, "place.under", heading=above)
        return place

    def text(self, span: Span) -> str:
        """What is written there."""
        return self.blocks[span.block].text[span.start : span.end]
