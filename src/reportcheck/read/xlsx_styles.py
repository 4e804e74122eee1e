"""The styles of an XLSX file, as far as they concern what is read: number formats, indents, borders."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from reportcheck.read.workbook_formats import NumberFormat, builtin_format
from reportcheck.read.workbook_sheet import Style
from reportcheck.read.xlsx_package import child, children, whole

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SIDES = frozenset({"left", "right", "top", "bottom", "start", "end"})
_SET_IN = frozenset({"general", "left", "distributed"})
_DEEPEST = 250


def styles_of(root: Element | None, epoch_1904: bool) -> Mapping[int, Style]:
    """The styles of cells by their index; there always is one at 0."""
    formats = children(child(root, "numFmts"), "numFmt")
    codes = {whole(each.get("numFmtId")): each.get("formatCode", "") for each in formats}
    ruled = [_has_side(border) for border in children(child(root, "borders"), "border")]

    @cache
    def number_format(number: int) -> NumberFormat:
        return NumberFormat(codes.get(number) or builtin_format(number), epoch_1904)

    styles = {
        index: Style(number_format(whole(xf.get("numFmtId"))), _level(xf), _at(ruled, whole(xf.get("borderId"))))
        for index, xf in enumerate(children(child(root, "cellXfs"), "xf"))
    }
    return styles or {0: Style(number_format(0))}


def _level(xf: Element) -> int:
    """The steps that a cell's text is set in from the left."""
    alignment = child(xf, "alignment")
    if alignment is None or alignment.get("horizontal", "general") not in _SET_IN:
        return 0
    return min(max(whole(alignment.get("indent")), 0), _DEEPEST)


def _has_side(border: Element) -> bool:
    return any(side.get("style", "none") != "none" for name in _SIDES for side in children(border, name))


def _at(ruled: list[bool], index: int) -> bool:
    return 0 <= index < len(ruled) and ruled[index]
