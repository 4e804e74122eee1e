"""Pages whose text itself is drawn turned: which way they must be turned to be read, and back again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportcheck.read.pdf_drawn import Box, Glyph, Page

_Point = tuple[float, float]
_SAMPLE = 60
_FEWEST = 12
_SHARE = 0.6
_STILL = 0.2
"""Heights of a character by which the next one of a line may stand off it."""


def turn_needed(glyphs: Sequence[Glyph]) -> int:
    """By how many degrees clockwise most of the text runs off from left to right: 0, 90, 180 or 270.

    Told from where each character stands beside the one before it in the file. Upright letters under each
    other look like 90 here: their own angle must be asked.
    """
    if len(glyphs) < _FEWEST:
        return 0
    step = max(1, len(glyphs) // _SAMPLE)
    runs = [_run(glyphs[index], glyphs[index + 1]) for index in range(0, len(glyphs) - 1, step)]
    return next((turn for turn in (90, 180, 270) if runs.count(turn) > _SHARE * len(runs)), 0)


def _run(first: Glyph, second: Glyph) -> int:
    across, down = second.x0 - first.x0, second.baseline - first.baseline
    reach = max(first.x1 - first.x0, first.height)
    if abs(across) < _STILL * reach < abs(down) < 3 * reach:
        return 90 if down > 0 else 270
    return 180 if abs(down) < _STILL * reach and -3 * reach < across < 0 else 0


def turning(turn: int, width: float, height: float) -> Callable[[float, float], _Point]:
    """From places on the page as shown to those on the page turned so that its text runs from left to right."""
    turned: dict[int, Callable[[float, float], _Point]] = {
        0: lambda x, y: (x, y),
        90: lambda x, y: (y, width - x),
        180: lambda x, y: (width - x, height - y),
        270: lambda x, y: (height - y, x),
    }
    return turned[turn]


def as_shown(box: Box, page: Page, aside: float | None = None) -> Box:
    """A box on a page that was turned for reading, as it lies on the page as shown; ``aside`` as its glyphs say."""
    if aside is not None:
        return round(box[0], 1), round(box[1] - aside, 1), round(box[2], 1), round(box[3] - aside, 1)
    back = turning(-page.turn % 360, page.width, page.height)  # the sizes are those of the page as turned
    (xa, ya), (xb, yb) = back(box[0], box[1]), back(box[2], box[3])
    places = (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
    x0, top, x1, bottom = (round(value, 1) for value in places)
    return x0, top, x1, bottom
