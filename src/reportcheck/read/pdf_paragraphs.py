"""Lines of PDF pages joined to the paragraphs they were broken from, also over pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.catalog import pattern_in, table
from reportcheck.model import BlockRole
from reportcheck.read.captions import is_unit_note, looks_like_contents
from reportcheck.read.pdf_lines import Line, joined
from reportcheck.read.unwrap import breaks_figure
from reportcheck.schemas.reading import Reading

_LARGER = 1.15
"""Times the body's size from which letters are those of a heading."""
_INDENT = 1.2
_SLACK = 1.3
_GAP = 1.7
_CENTRED = 0.04
_FIRST_WORD = re.compile(r"[A-Za-z0-9.,%\-]+|.[，。、；：！？）”》,;:!?.)]?")


class Paragraph(Struct, frozen=True):
    """The lines of one paragraph with what it is."""

    lines: tuple[Line, ...]
    text: str
    role: BlockRole = "paragraph"


class Layout(Struct, frozen=True):
    """How the body of pages of one width is set: its margins, size and pitch, and whether it indents."""

    left: float
    right: float
    size: float
    pitch: float
    indents: bool
    width: float


def layouts_of(lines: Iterable[Line], widths: Mapping[int, float]) -> dict[int, Layout]:
    """The layout that holds on each page; pages of one width share theirs, unless a page has its own margins."""
    by_width: dict[int, list[Line]] = {}
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_width.setdefault(round(widths[line.page]), []).append(line)
        by_page.setdefault(line.page, []).append(line)
    layouts = {width: _layout(group, width) for width, group in by_width.items()}
    return {page: _own_margins(group, layouts[round(widths[page])]) for page, group in by_page.items()}


def _own_margins(lines: Sequence[Line], layout: Layout) -> Layout:
    """The layout with the margins of one page, where several of its lines break in mid-sentence at one place."""
    body = [line for line in lines if abs(line.size - layout.size) < 0.15 * layout.size and len(line.fields) < 3]
    right = max((line.x1 for line in body), default=layout.right)
    full = [line for line in body if line.x1 > right - 1.5 * layout.size]
    broken = [line for line in full if not pattern("paragraph", "ends").search(line.text)]
    if len(broken) < 3 or right > layout.right - 1.5 * layout.size:
        return layout
    return replace(layout, right=right, left=min(line.x0 for line in body))


def _layout(lines: Sequence[Line], width: float) -> Layout:
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.glyphs)
    size = max(weights, key=lambda value: (weights[value], value))
    body = [line for line in lines if abs(line.size - size) < 0.15 * size and len(line.fields) < 3] or list(lines)
    rights = sorted(line.x1 for line in body)
    right = rights[min(len(rights) - 1, int(0.97 * len(rights)))]
    full = [line for line in body if line.x1 > right - 2 * size] or body
    lefts = Counter(round(line.x0 / 2) * 2 for line in full)
    left = float(min((x for x, count in lefts.items() if count >= 0.08 * len(full)), default=min(lefts)))
    steps = [b.baseline - a.baseline for a, b in pairwise(body) if a.page == b.page and b.baseline - a.baseline > 2]
    pitch = median(steps) if steps else 1.6 * size
    openings = [b for a, b in pairwise(body) if a.x1 < right - 3 * size and b.x1 > right - 2 * size]
    indented = [line for line in openings if line.x0 > left + _INDENT * size]
    return Layout(left, right, size, pitch, 2 * len(indented) > len(openings), width)


def paragraphs_of(lines: Sequence[Line], layouts: Mapping[int, Layout]) -> list[Paragraph]:
    """The paragraphs of lines between which no table stands."""
    tabular = _tabular(lines)
    groups: list[list[Line]] = []
    for index, line in enumerate(lines):
        goes_on = bool(groups) and not tabular[index] and not tabular[index - 1] and not is_contents(line)
        if goes_on and _continues(groups[-1], line, layouts):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, tabular[lines.index(group[0])], layouts[group[0].page]) for group in groups]


def _paragraph(lines: Sequence[Line], tabular: bool, layout: Layout) -> Paragraph:
    if tabular:
        return Paragraph(tuple(lines), "\t".join(text for _, _, text in lines[0].fields))
    text = ""
    for line in lines:
        text = joined(text, line.text)
    return Paragraph(tuple(lines), text, _role(text, lines, layout))


def _role(text: str, lines: Sequence[Line], layout: Layout) -> BlockRole:
    if len(lines) == 1 and is_contents(lines[0]):
        return "contents"
    heading = table(Reading).heading
    if len(text) > heading.longest or pattern("heading", "sentence").search(text):
        return "paragraph"
    large = all(line.size > _LARGER * layout.size for line in lines) and "\uff1a" not in text
    return "heading" if large or pattern("heading", "numbered").match(text) else "paragraph"


def is_contents(line: Line) -> bool:
    """Whether a line is one of a table of contents."""
    return looks_like_contents(line.text) or bool(pattern("contents", "leaders").search(line.text))


def _continues(group: Sequence[Line], line: Line, layouts: Mapping[int, Layout]) -> bool:
    """Whether a line goes on with the paragraph of the lines before it."""
    last, layout = group[-1], layouts[line.page]
    if is_contents(last) or abs(last.size - line.size) > 0.12 * layout.size:
        return False
    if is_unit_note(line.text) or is_unit_note(last.text):
        return False
    same_page = last.page == line.page
    if same_page and line.baseline - last.baseline > _GAP * max(layout.pitch, 1.2 * line.size):
        return False
    if _is_title_line(last, layouts[last.page]) and _is_title_line(line, layout):
        return same_page and line.baseline - last.baseline < 2.2 * line.size
    if breaks_figure(last.text, line.text):
        return True
    if not _is_full(last, line, layouts[last.page]):
        return False
    ends = bool(pattern("paragraph", "full_stop").search(last.text))
    opens = bool(pattern("paragraph", "opens").match(line.text))
    if _is_indented(group, line, layout) or (opens and line.x0 > layout.left + 0.6 * layout.size):
        return False
    if ends and (opens or not layout.indents):
        return False
    return not (opens and pattern("paragraph", "ends").search(last.text))


def _is_indented(group: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether a line stands further right than the ones it would go on with."""
    first, last = group[0], group[-1]
    if len(group) == 1 and first.page == line.page and first.x0 < line.x0 - _INDENT * layout.size:
        return bool(pattern("paragraph", "full_stop").search(last.text))
    left = last.x0 if len(group) > 1 and last.page == line.page else layout.left
    return line.x0 > left + _INDENT * layout.size


def _is_full(line: Line, following: Line, layout: Layout) -> bool:
    """Whether a line was broken because the next word did not fit; also if it is wider than the body."""
    word = _FIRST_WORD.match(following.text)
    width = sum(glyph.x1 - glyph.x0 for glyph in following.glyphs[: len(word[0]) if word else 1])
    return line.x1 + width + _SLACK * layout.size > layout.right


def _is_title_line(line: Line, layout: Layout) -> bool:
    """Larger than the body and in the middle of the page."""
    middle = (line.x0 + line.x1) / 2
    return line.size > _LARGER * layout.size and abs(middle - layout.width / 2) < _CENTRED * layout.width


def is_title(paragraph: Paragraph, layout: Layout) -> bool:
    """Whether all its lines are large and centred."""
    return all(_is_title_line(line, layout) for line in paragraph.lines)


def _tabular(lines: Sequence[Line]) -> list[bool]:
    """Which lines are rows of a table without rulings: several wide gaps, or one beside such a row."""
    counts = [len(line.fields) if not is_contents(line) else 0 for line in lines]
    rows = [count > 2 for count in counts]
    for index, count in enumerate(counts):
        near = [other for other in (index - 1, index + 1) if 0 <= other < len(lines)]
        aligned = any(counts[other] >= 2 and _aligned(lines[index], lines[other]) for other in near)
        rows[index] = rows[index] or (count == 2 and aligned)
    return rows


def _aligned(line: Line, other: Line) -> bool:
    """Whether the last fields of two lines stand under each other."""
    (x0, x1, _), (y0, y1, _) = line.fields[-1], other.fields[-1]
    return abs(x0 - y0) < 3 or abs(x1 - y1) < 3


pattern = partial(pattern_in, Reading)
"""A compiled pattern of ``reading.toml``."""
