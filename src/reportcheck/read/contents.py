"""Tables of contents that are typed as plain lines, with nothing in the format that tells them.

They begin with a line that says so (目录) and end where the text itself begins: where their first entry stands again,
or the number that it begins with.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from reportcheck.catalog import pattern_in, table
from reportcheck.model import Block
from reportcheck.read.captions import looks_like_contents
from reportcheck.schemas.reading import Reading

_MOST_LINES = 150
_FEWEST_LINES = 2


def with_contents(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those that are the contents of the report marked as such."""
    result = list(blocks)
    start = next((index for index, block in enumerate(blocks) if _is_title(block)), None)
    if start is None:
        return result
    end = _end(blocks, start + 1)
    if end - start > _FEWEST_LINES:
        result[start:end] = [replace(block, role="contents") for block in blocks[start:end]]
    return result


def entry_text(text: str) -> str:
    """An entry without its leaders and its page number."""
    return _pattern("page").sub("", text).strip()


def is_contents_title(text: str) -> bool:
    """Whether a line only says that the contents follow."""
    return bool(_pattern("title").match(text.strip()))


def _is_title(block: Block) -> bool:
    return block.role in ("paragraph", "heading", "title", "contents") and is_contents_title(block.text)


def _end(blocks: Sequence[Block], first: int) -> int:
    """The index behind the last entry; ``first`` where no contents can be told."""
    longest = table(Reading).contents.longest
    paged = first
    for index in range(first, min(first + _MOST_LINES, len(blocks))):
        block, text = blocks[index], blocks[index].text.strip()
        if index > first and _begins(text, blocks[first].text.strip()):
            return index
        if block.role == "cell" or len(text) > longest or text.endswith("\u3002"):
            break
        if paged == index and (looks_like_contents(text) or _pattern("page").search(text)):
            paged = index + 1
    return paged


def _begins(text: str, first: str) -> bool:
    """Whether a line is where the text begins: the first entry again, or the number it begins with."""
    number = _pattern("number").match(first)
    if number and (own := _pattern("number").match(text)):
        return _bare(own[0]) == _bare(number[0])
    return _bare(entry_text(text)) == _bare(entry_text(first))


def _bare(text: str) -> str:
    return "".join(text.split())


_pattern = partial(pattern_in, Reading, "contents")
