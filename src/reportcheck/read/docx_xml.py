"""Names and small look-ups for the XML of word processing documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_OFF = ("0", "false", "off", "none")
_LARGEST = 10**9


def w(name: str) -> str:
    """The full name of an element or attribute of the main namespace."""
    return WORD + name


def child(element: Element | None, *path: str) -> Element | None:
    """The element at the end of a path of first children (``child(p, "pPr", "numPr")``)."""
    for name in path:
        if element is None:
            return None
        element = element.find(WORD + name)
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The ``w:val`` of the element at the end of a path."""
    found = child(element, *path)
    return None if found is None else found.get(WORD + "val")


def number(text: str | None, default: int) -> int:
    """A whole number in an attribute; the default for none or for nonsense."""
    try:
        parsed = int(text) if text is not None else default
    except ValueError:
        return default
    return parsed if abs(parsed) < _LARGEST else default


def switched(element: Element | None, *path: str) -> bool | None:
    """Whether a property such as ``w:vanish`` is on; ``None`` where it is not given."""
    found = child(element, *path)
    return None if found is None else found.get(WORD + "val", "1") not in _OFF


def shown_branch(alternatives: Element) -> Element | None:
    """The branch of an ``mc:AlternateContent`` that Word shows: the first choice, else the fallback."""
    choice = alternatives.find(MARKUP + "Choice")
    return choice if choice is not None else alternatives.find(MARKUP + "Fallback")


DROPPED = frozenset(
    WORD + name
    for name in (
        *("del", "moveFrom", "numberingChange", "sectPr"),
        *("pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr"),
        *("customXmlPr", "smartTagPr"),
    )
)
"""Properties, and what was deleted or moved away."""
ALTERNATIVES = MARKUP + "AlternateContent"


def parts(element: Element, names: frozenset[str]) -> Iterator[Element]:
    """The nearest elements with one of these names, through wrappers such as content controls.

    What was deleted or moved away is left out, what was inserted or moved here is not.
    """
    for part in element:
        if not isinstance(part.tag, str) or part.tag in DROPPED:
            continue
        if part.tag in names:
            yield part
        elif part.tag == ALTERNATIVES:
            branch = shown_branch(part)
            if branch is not None:
                yield from parts(branch, names)
        else:
            yield from parts(part, names)
