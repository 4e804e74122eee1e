"""Tables without a full set of rulings: three lines, lines between rows, or nothing but blanks.

Prose must never become a table. Rulings are trusted where most lines between them have parts; without any,
three lines at least must share three columns, most of them figures, or a name or unit note stand above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportcheck.read.captions import looks_like_table_name, unit_note
from reportcheck.read.pdf_columns import Band, are_aligned, columns_of, is_data, is_figure, laid_out
from reportcheck.read.pdf_drawn import Page
from reportcheck.read.pdf_grids import Grid
from reportcheck.read.pdf_lines import Line
from reportcheck.read.pdf_paragraphs import is_contents, pattern

_SAME_SIDE = 4.0
_TOUCH = 3.0
_NARROWEST = 0.25
"""Share of the page's width below which a line is no ruling of a table."""
_REACH = 2.8
"""Times their size that lines of one table may stand apart."""
_MOST_BETWEEN = 3
_MOST_HEADS = 4
_SAME_SIZE = 0.15

_Rule = tuple[float, float, float]
"""(y, x0, x1)."""


def find_unruled(page: Page, lines: Sequence[Line], grids: Sequence[Grid]) -> tuple[list[Grid], list[Line]]:
    """The tables among the lines of a page that stand in no ruled table, and the lines left."""
    if sum(len(line.fields) > 1 for line in lines) < 2:
        return [], list(lines)
    found, left = _between_rules(page, lines, grids)
    more, left = _among_blanks(page.number, left)
    return [*found, *more], left


# --- between level rulings ---


def _between_rules(page: Page, lines: Sequence[Line], grids: Sequence[Grid]) -> tuple[list[Grid], list[Line]]:
    left = list(lines)
    found = []
    for rules in _rule_groups(_rules(page, grids)):
        for bands in _tabular_runs(rules, left):
            grid = _ruled_grid(page.number, bands)
            if grid is not None:
                found.append(grid)
                taken = {id(line) for band in bands for line in band}
                left = [line for line in left if id(line) not in taken]
    return found, left


def _rules(page: Page, grids: Sequence[Grid]) -> list[_Rule]:
    """The long level lines outside ruled tables, pieces in a row being one."""
    pieces = sorted(
        (round(edge.top), edge.x0, edge.x1)
        for edge in page.edges
        if not edge.upright and not any(_holds(grid, edge.x0, edge.top) for grid in grids)
    )
    rules: list[_Rule] = []
    for y, x0, x1 in pieces:
        if rules and y - rules[-1][0] <= 1 and x0 - rules[-1][2] <= _TOUCH:
            rules[-1] = (rules[-1][0], min(x0, rules[-1][1]), max(x1, rules[-1][2]))
        else:
            rules.append((y, x0, x1))
    return [rule for rule in rules if rule[2] - rule[1] >= _NARROWEST * page.width]


def _holds(grid: Grid, x: float, y: float) -> bool:
    x0, top, x1, bottom = grid.box
    return x0 - _TOUCH <= x <= x1 + _TOUCH and top - _TOUCH <= y <= bottom + _TOUCH


def _rule_groups(rules: Sequence[_Rule]) -> Iterator[list[_Rule]]:
    """Rulings with the same ends, from top to bottom; both edges of a thick one count once."""
    left = sorted(rules)
    while left:
        first = left[0]
        same = [rule for rule in left if max(abs(rule[1] - first[1]), abs(rule[2] - first[2])) <= _SAME_SIDE]
        left = [rule for rule in left if rule not in same]
        apart = [same[0], *(rule for before, rule in pairwise(same) if rule[0] - before[0] > _TOUCH)]
        if len(apart) > 1:
            yield apart


def _tabular_runs(rules: Sequence[_Rule], lines: Sequence[Line]) -> Iterator[list[list[Line]]]:
    """Runs of two bands or more between neighbouring rulings in which most lines have parts."""
    run: list[list[Line]] = []
    for upper, lower in pairwise(rules):
        band = [line for line in lines if _between(line, upper, lower)]
        if _is_tabular(band):
            run.append(band)
            continue
        if len(run) > 1:
            yield run
        run = []
    if len(run) > 1:
        yield run


def _between(line: Line, upper: _Rule, lower: _Rule) -> bool:
    middle = line.baseline - 0.36 * line.size
    return upper[0] <= middle < lower[0] and line.x0 > upper[1] - _SAME_SIDE and line.x1 < upper[2] + _SAME_SIDE


def _is_tabular(band: Sequence[Line]) -> bool:
    parted = sum(len(line.parts) > 1 for line in band)
    prose = any(_ends_prose(line.text) and len(line.parts) == 1 for line in band)
    return parted > 0 and 2 * parted >= len(band) and not prose


def _ruled_grid(page: int, bands: Sequence[Sequence[Line]]) -> Grid | None:
    """The table between rulings: with figures in its body, or with words in all columns of each band."""
    body = [line.parts for band in bands[1:] for line in band]
    figures = [row for row in body if is_data(row)]
    if len(figures) > 1 and 2 * len(figures) >= sum(len(row) > 1 for row in body):
        columns = columns_of(row for row in body if len(row) > 1)
    else:
        columns = columns_of(line.parts for band in bands for line in band)
        full = all(len(columns_of(line.parts for line in band)) == len(columns) for band in bands)
        if not full or len(columns) < 3 or len(bands) < 3:
            return None
    if len(columns) < 2:
        return None
    parts = [Band(tuple(band), sum(is_data(line.parts) for line in band) < 2) for band in bands]
    return laid_out(page, parts[:1], parts[1:], columns)


# --- nothing but blanks ---


def _among_blanks(page: int, lines: Sequence[Line]) -> tuple[list[Grid], list[Line]]:
    """Runs of rows of figures with the lines of their headers."""
    parts = [line.parts if len(line.fields) > 1 else [line] for line in lines]
    data = [is_data(own) and not is_contents(line) for own, line in zip(parts, lines, strict=True)]
    found: list[Grid] = []
    left: list[Line] = []
    done = 0
    for start, end in _runs(lines, data):
        head = _head_start(lines, parts, start, end, done)
        grid = _blank_grid(page, lines, parts, data, (head, start, end))
        if grid is not None:
            found.append(grid)
            left.extend(lines[done:head])
            done = end
    return found, [*left, *lines[done:]]


def _runs(lines: Sequence[Line], data: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where rows of figures begin and end, few lines that have none between them."""
    start: int | None = None
    last = 0
    for index, line in enumerate(lines):
        if start is not None and (index - last > _MOST_BETWEEN or not _goes_on(lines, start, last, index)):
            yield start, last + 1
            start = None
        if data[index]:
            start, last = index if start is None else start, index
        elif start is not None and _ends_prose(line.text):
            yield start, last + 1
            start = None
    if start is not None:
        yield start, last + 1


def _goes_on(lines: Sequence[Line], start: int, last: int, index: int) -> bool:
    """Whether a line may belong to the rows before: close below, of their size, and no wider than they."""
    line, before = lines[index], lines[index - 1]
    rows = lines[start : last + 1]
    close = 0 < line.baseline - before.baseline <= _REACH * max(line.size, before.size)
    alike = abs(line.size - lines[last].size) <= _SAME_SIZE * line.size
    inside = line.x0 > min(row.x0 for row in rows) - 2 * line.size and line.x1 < max(row.x1 for row in rows) + line.size
    return close and alike and inside and not unit_note(line.text)


def _head_start(lines: Sequence[Line], parts: Sequence[Sequence[Line]], start: int, end: int, least: int) -> int:
    """Where the header above the first row of figures begins."""
    x0, x1 = min(line.x0 for line in lines[start:end]), max(line.x1 for line in lines[start:end])
    values = min(part.x0 for own in parts[start:end] for part in own[1:])
    head = start
    while head > max(least, start - _MOST_HEADS):
        line, own, below = lines[head - 1], parts[head - 1], lines[head]
        close = 0 < below.baseline - line.baseline <= _REACH * max(line.size, below.size)
        inside = x0 - 2 * line.size < line.x0 and line.x1 < x1 + 2 * line.size
        over = len(own) > 1 or line.x0 > values - 3 * line.size
        alike = abs(line.size - lines[start].size) <= _SAME_SIZE * line.size
        if not (close and inside and over and alike) or _names(line.text) or _ends_prose(line.text):
            break
        head -= 1
    return head


def _blank_grid(
    page: int,
    lines: Sequence[Line],
    parts: Sequence[Sequence[Line]],
    data: Sequence[bool],
    places: tuple[int, int, int],
) -> Grid | None:
    """The table of a run, where enough speaks for one."""
    head, start, end = places
    rows = [own for own, figures in zip(parts[start:end], data[start:end], strict=True) if figures]
    columns = columns_of(rows)
    headed = any(len(own) >= max(2, len(columns) - 1) for own in parts[head:start])
    wide = [own for own in rows if len(own) > 2]
    named = any(_names(line.text) for line in lines[max(0, head - 2) : head]) and headed and len(rows) > 1
    sure = len(columns) > 2 and len(wide) + headed > 2 and len(wide) > 1 and 2 * len(wide) > len(rows)
    if not (sure or (named and len(columns) > 1)) or not are_aligned(rows, columns) or _sparse(rows, columns):
        return None
    return laid_out(
        page, [Band(tuple(lines[head:start]))] if head < start else [], [Band(tuple(lines[start:end]))], columns
    )


def _sparse(rows: Sequence[Sequence[Line]], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether columns that hold a figure in most rows are too few: two, or one beside a single other column."""
    filled = [sum(any(x0 <= p.x0 < x1 and is_figure(p.text) for p in row) for row in rows) for x0, x1 in columns[1:]]
    return sum(2 * count > len(rows) for count in filled) < min(2, len(columns) - 1)


def _names(text: str) -> bool:
    return bool(unit_note(text)) or looks_like_table_name(text) or bool(pattern("borderless", "named").match(text))


def _ends_prose(text: str) -> bool:
    return bool(pattern("paragraph", "ends").search(text))
