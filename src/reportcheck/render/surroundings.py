"""What stands around a figure: its sentence, or the row of its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportcheck.model import Block, Document, Span
from reportcheck.text import context_of

CELL_JOIN = " | "


class Surroundings:
    """The blocks of one document with the rows of its tables."""

    def __init__(self, document: Document) -> None:
        self.blocks: Mapping[str, Block] = {block.id: block for block in document.blocks}
        self._rows: dict[str, tuple[Block, ...]] = {}
        for table in document.tables:
            for row in table.cells:
                cells = tuple({cell.id: cell for cell in row if cell is not None}.values())
                for cell in cells:
                    self._rows.setdefault(cell.id, cells)

    def row_of(self, block: Block) -> Sequence[Block]:
        """The cells of the first row in which a cell stands, each once; the block itself where it is no cell."""
        return self._rows.get(block.id, (block,))

    def context(self, span: Span) -> str:
        """The sentence, or the texts of the cells of the row."""
        block = self.blocks[span.block]
        if block.id in self._rows:
            return CELL_JOIN.join(cell.text for cell in self._rows[block.id])
        return context_of(block.text, span)

    def parted(self, span: Span) -> tuple[str, str, str]:
        """The context in three: what stands before the words of the span, the words, and what stands behind them."""
        block, context = self.blocks[span.block], self.context(span)
        words = block.text[span.start : span.end]
        if block.id in self._rows:
            cells = self._rows[block.id]
            ahead = next(index for index, cell in enumerate(cells) if cell.id == block.id)
            start = sum(len(cell.text) + len(CELL_JOIN) for cell in cells[:ahead]) + span.start
        else:
            start = span.start - block.text.rfind(context, 0, span.start + len(context))
        return context[:start], words, context[start + len(words) :]
