"""How a page is shown: which part of its own coordinates, and turned by how much."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Point = tuple[float, float]
Placing = Callable[[float, float], Point]


def to_shown(page: Any) -> Placing:
    """From the coordinates of a pypdfium2 page's content to points from the upper left corner of the page as shown."""
    x0, y0, x1, y1 = page.get_bbox()  # unlike the other boxes, also where the page inherits it
    shown: dict[int, Placing] = {
        0: lambda x, y: (x - x0, y1 - y),
        90: lambda x, y: (y - y0, x - x0),
        180: lambda x, y: (x1 - x, y - y0),
        270: lambda x, y: (y1 - y, x1 - x),
    }
    return shown[page.get_rotation() % 360]


def to_own(page: Any) -> Placing:
    """The way back: from places on the page as shown to the coordinates of its content."""
    x0, y0, x1, y1 = page.get_bbox()
    own: dict[int, Placing] = {
        0: lambda x, y: (x + x0, y1 - y),
        90: lambda x, y: (y + x0, x + y0),
        180: lambda x, y: (x1 - x, y + y0),
        270: lambda x, y: (x1 - y, y1 - x),
    }
    return own[page.get_rotation() % 360]
