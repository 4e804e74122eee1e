"""Which part of a web page is its article."""

from __future__ import annotations

import re
from functools import partial

from lxml import html

from reportcheck.catalog import pattern_in, table
from reportcheck.read.html_tables import is_layout
from reportcheck.read.html_text import cell_text, raw_text
from reportcheck.schemas.reading import Reading

_DROPPED = (
    *("script", "style", "noscript", "template", "iframe", "object", "svg", "math", "select", "button"),
    *("input", "textarea", "nav", "footer", "map", "audio", "video", "link", "meta"),
)
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_INTO = frozenset(
    ("body", "div", "section", "article", "main", "center", "form", "td", "tr", "tbody", "table", "ul", "li")
) | {"span", "font"}
_SHARE = 0.8
_NAMED_SHARE = 0.5
_LINKED = 0.5


def title_of(tree: html.HtmlElement) -> str:
    """The article's title: as the page declares it, else its only ``h1``, else the page's, less the site's name."""
    for meta in tree.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle" and (meta.get("content") or "").strip():
            return cell_text(meta.get("content") or "")
    headings = [text for element in tree.iter("h1") if (text := cell_text(raw_text(element)))]
    if len(headings) == 1:
        return headings[0]
    element = tree.find(".//title")
    whole = cell_text(raw_text(element)) if element is not None else ""
    return table(Reading).html.site.compiled.sub("", whole)


def strip_page(tree: html.HtmlElement) -> None:
    """Takes out, for good, what no reader of the page sees and what is never part of an article."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in _DROPPED or _is_hidden(element):
            _drop(element)
    head = tree.find("head")
    if head is not None:
        _drop(head)


def _is_hidden(element: html.HtmlElement) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _drop(element: html.HtmlElement) -> None:
    """Takes an element out but leaves the text behind it."""
    if element.getparent() is not None:
        element.drop_tree()


def find_content(tree: html.HtmlElement) -> html.HtmlElement:
    """The innermost element that holds nearly all text that is not in links, freed of menus inside it."""
    body = tree.find("body")
    element = body if body is not None else tree
    while (inner := _main_child(element)) is not None:
        element = inner
    _drop_asides(element)
    return element


def _main_child(element: html.HtmlElement) -> html.HtmlElement | None:
    """The child that holds most of the text, less being enough if its name says that it is the article."""
    children = [child for child in element if child.tag in _INTO]
    if not children or (element.tag == "table" and not is_layout(element)):
        return None
    total = _weight(element)
    best = max(children, key=_weight)
    if best.tag in ("span", "font") and not any(child.tag in ("p", "div", "table") for child in best):
        return None
    named = bool(_pattern("content").search(_names(best))) and not _pattern("aside").search(_names(best))
    enough = _weight(best) >= (_NAMED_SHARE if named else _SHARE) * total
    if best.tag == "table" and not is_layout(best):
        return None
    return best if enough and total else None


def _weight(element: html.HtmlElement) -> int:
    """Characters outside links."""
    return _length(element) - _linked(element)


def _length(element: html.HtmlElement) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _linked(element: html.HtmlElement) -> int:
    return sum(_length(link) for link in element.iter("a") if link.get("href"))


def _drop_asides(element: html.HtmlElement) -> None:
    """Takes out the parts of an article that are named as menus or begin like ones, unless they hold much text."""
    whole = _length(element)
    for part in list(element.iter("div", "ul", "section", "aside", "header", "p", "table", "td", "h3", "h4")):
        if part is element or part.getparent() is None:
            continue
        length = _length(part)
        named = bool(_pattern("aside").search(_names(part))) or part.tag == "aside"
        says = length < 200 and bool(_pattern("aside_text").match(cell_text(raw_text(part))))
        links = bool(length) and _linked(part) >= _LINKED * length
        if length < 0.2 * whole and ((named and (links or length < 60)) or says):
            _drop(part)


def _names(element: html.HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


_pattern = partial(pattern_in, Reading, "html")
