"""The numbers that Word makes before paragraphs: 一、 （一） 1. ① and their kin."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from reportcheck.catalog import table
from reportcheck.numerals import to_capital, to_chinese
from reportcheck.read.docx_styles import Styles
from reportcheck.read.docx_xml import ALTERNATIVES, MARKUP, child, number, switched, value, w
from reportcheck.schemas.reading import ReadingDocx

if TYPE_CHECKING:
    from reportcheck.read.docx_xml import Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


class _List(Struct):
    """One abstract list: its levels, and how far each has counted."""

    levels: dict[int, Element]
    style_link: str | None = None
    counts: dict[int, int] = field(default_factory=dict)


class _Instance(Struct, frozen=True):
    """A list as used (``w:num``): levels redefined, and numbers to start again with."""

    list_id: str
    levels: dict[int, Element]
    starts: dict[int, int]


class Numbering:
    """Gives each paragraph its number; paragraphs must be asked about once each, in reading order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._instances: dict[str, _Instance] = {}
        self._started: set[tuple[str, int]] = set()
        if root is None:
            return
        for definition in root.iter(w("abstractNum")):
            name = definition.get(w("abstractNumId"), "")
            self._lists[name] = _List(_levels(definition), value(definition, "numStyleLink"))
        for instance in root.iter(w("num")):
            self._instances[instance.get(w("numId"), "")] = _instance(instance)

    def label(self, paragraph: Element) -> str:
        """The number before a paragraph with the space that parts it from the text, or ``""``."""
        place = self._place(paragraph)
        if place is None:
            return ""
        name, depth = place
        numbered = self._list_of(name)
        level = None if numbered is None else self._level(name, depth)
        if numbered is None or level is None:
            return ""
        self._count(name, numbered, depth)
        text = self._label_text(name, numbered, level)
        return text + _separator(text, level)

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """The list that a paragraph belongs to and its level there, from itself or from its styles."""
        own = child(paragraph, "pPr", "numPr")
        name, depth = value(own, "numId"), value(own, "ilvl")
        if name is None:
            for style_id, style in self._styles.of_paragraph(paragraph):
                properties = child(style, "pPr", "numPr")
                depth = depth if depth is not None else value(properties, "ilvl")
                name = value(properties, "numId")
                if name is not None:
                    linked = self._level_of_style(name, style_id)
                    depth = depth if linked is None else str(linked)
                    break
        if name is None or name == "0":
            return None
        return name, number(depth, 0)

    def _level_of_style(self, name: str, style_id: str) -> int | None:
        numbered = self._list_of(name)
        for depth, level in numbered.levels.items() if numbered else ():
            if value(level, "pStyle") == style_id:
                return depth
        return None

    def _list_of(self, name: str, hops: int = 0) -> _List | None:
        """The abstract list of an instance, followed through a list style if it only names one."""
        instance = self._instances.get(name)
        numbered = self._lists.get(instance.list_id) if instance else None
        if numbered is None or numbered.style_link is None or hops > _LEVELS:
            return numbered
        for _, style in self._styles.chain(numbered.style_link):
            linked = value(style, "pPr", "numPr", "numId")
            if linked is not None:
                return self._list_of(linked, hops + 1) or numbered
        return numbered

    def _level(self, name: str, depth: int) -> Element | None:
        numbered = self._list_of(name)
        base = numbered.levels.get(depth) if numbered else None
        return self._instances[name].levels.get(depth, base)

    def _count(self, name: str, numbered: _List, depth: int) -> None:
        """Count one further at this level; deeper levels begin anew."""
        starts = self._instances[name].starts
        if depth in starts and (name, depth) not in self._started:
            numbered.counts[depth] = starts[depth]
        elif depth in numbered.counts:
            numbered.counts[depth] += 1
        else:
            numbered.counts[depth] = self._start(name, depth)
        self._started.add((name, depth))
        for deeper in [level for level in numbered.counts if level > depth]:
            restarts_after = number(value(self._level(name, deeper), "lvlRestart"), deeper)
            if depth < restarts_after:
                del numbered.counts[deeper]

    def _start(self, name: str, depth: int) -> int:
        return number(value(self._level(name, depth), "start"), 1)

    def _label_text(self, name: str, numbered: _List, level: Element) -> str:
        if _format(level) == "bullet":
            return ""
        legal = switched(level, "isLgl")

        def written(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            count = numbered.counts.get(depth, self._start(name, depth))
            return write(count, "decimal" if legal else _format(self._level(name, depth)))

        return _PLACE.sub(written, value(level, "lvlText") or "")


def write(count: int, number_format: str) -> str:
    """A count in one of Word's number formats; unknown formats are written in digits."""
    writer = _WRITERS.get(number_format)
    return writer(count) if writer and count >= 0 else str(count)


def _levels(definition: Element) -> dict[int, Element]:
    return {number(level.get(w("ilvl")), 0): level for level in definition.findall(w("lvl"))}


def _instance(element: Element) -> _Instance:
    levels: dict[int, Element] = {}
    starts: dict[int, int] = {}
    for override in element.findall(w("lvlOverride")):
        depth = number(override.get(w("ilvl")), 0)
        level = child(override, "lvl")
        if level is not None:
            levels[depth] = level
        if child(override, "startOverride") is not None:
            starts[depth] = number(value(override, "startOverride"), 1)
    return _Instance(value(element, "abstractNumId") or "", levels, starts)


def _format(level: Element | None) -> str:
    """The number format; a custom one stands in a choice beside the fallback for older programs."""
    own = value(level, "numFmt")
    if own is None and level is not None:
        own = value(level.find(f"{ALTERNATIVES}/{MARKUP}Fallback"), "numFmt")
    return own or "decimal"


def _separator(label: str, level: Element) -> str:
    closing: str = table(ReadingDocx).numbering.closing
    apart = label and value(level, "suff") != "nothing" and label[-1] not in closing and not label[-1].isspace()
    return " " if apart else ""


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count <= 780 else str(count)


def _roman(count: int) -> str:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
    if not 0 < count < 32_768:
        return str(count)
    written = ""
    for worth, sign in zip(values, signs, strict=True):
        times, count = divmod(count, worth)
        written += sign * times
    return written


def _digit_by_digit(count: int) -> str:
    zero: str = table(ReadingDocx).numbering.zero
    return "".join(to_chinese(int(digit)) if digit != "0" else zero for digit in str(count))


def _counting(count: int) -> str:
    """Word's ``chineseCounting``: with ten below a hundred, digit by digit from there."""
    return to_chinese(count) if count < 100 else _digit_by_digit(count)


def _ordinal(count: int) -> str:
    teens = count % 100 in (11, 12, 13)
    return f"{count}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


def _from_code(first: int, longest: int) -> Callable[[int], str]:
    """Signs that follow each other in Unicode, such as ① to ⑳; digits beyond."""
    return lambda count: chr(first + count - 1) if 1 <= count <= longest else str(count)


def _from_row(name: str) -> Callable[[int], str]:
    def written(count: int) -> str:
        row: str = getattr(table(ReadingDocx).numbering, name)
        return row[count - 1] if 1 <= count <= len(row) else str(count)

    return written


def _full_width(count: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(count))


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02d}",
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerRoman": _roman,
    "ordinal": _ordinal,
    "none": lambda _: "",
    "bullet": lambda _: "",
    "numberInDash": lambda count: f"- {count} -",
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": to_chinese,
    "taiwaneseCountingThousand": to_chinese,
    "japaneseCounting": to_chinese,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "chineseLegalSimplified": to_capital,
    "ideographLegalTraditional": to_capital,
    "ideographTraditional": _from_row("heavenly_stems"),
    "ideographZodiac": _from_row("earthly_branches"),
    "decimalEnclosedCircle": _from_code(0x2460, 20),
    "decimalEnclosedCircleChinese": _from_code(0x2460, 20),
    "decimalEnclosedParen": _from_code(0x2474, 20),
    "decimalEnclosedFullstop": _from_code(0x2488, 20),
    "ideographEnclosedCircle": _from_code(0x3280, 10),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
}
