"""Figures that are stated elsewhere too, and words that figures bear out: edits that `whole_edits` describes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from random import Random

from edits import EDITS
from reportcheck.model import Block, Document, Span
from whole_edit import LONG, Clean, Edit, edit_of, sentences

# --- restated -----------------------------------------------------------------------------

_TELLS_NOTHING = re.compile(r"[\d.,%\s（）()—－-]|万元|亿元|其中|全年|本年|年度|20\d\d年")


@dataclass(frozen=True, slots=True)
class _Said:
    """A number where it stands, as written, and the words that name it."""

    span: Span
    written: str
    words: str
    cell: bool


def restated(clean: Clean, random: Random) -> Iterator[Edit]:
    """One of several statements of a figure is mistyped."""
    places: dict[str, list[_Said]] = {}
    for said in _said(clean.document):
        places.setdefault(said.written.replace(",", ""), []).append(said)
    for found in places.values():
        for said in found:
            others = [other for other in found if _say_the_same(said, other)]
            variant = _where(said, others)
            wrong = EDITS[random.choice(list(EDITS))](said.written, random)
            if variant and wrong and not re.match(r"0[\d,]", wrong):
                yield edit_of(clean, "restated", variant, said.span, wrong)


def _said(document: Document) -> Iterator[_Said]:
    labels = _labels(document)
    for block in document.blocks:
        for match in LONG.finditer(block.text):
            if len(match[0].replace(",", "").replace(".", "").rstrip("0")) >= 4:
                lead = re.split("[，。；：、]", block.text[: match.start()])[-1]
                words = _TELLS_NOTHING.sub("", labels.get(block.id, lead))
                yield _Said(Span(block.id, *match.span()), match[0], words, block.role == "cell")


def _labels(document: Document) -> dict[str, str]:
    """For each cell with a number the nearest words on its left."""
    found: dict[str, str] = {}
    for table in document.tables:
        for row in table.cells:
            label = ""
            for cell in row:
                if cell is not None and LONG.search(cell.text):
                    found.setdefault(cell.id, label)
                elif cell is not None and re.search("[一-龥]{2}", cell.text):
                    label = cell.text
    return found


def _say_the_same(one: _Said, other: _Said) -> bool:
    if one.span.block == other.span.block or (one.cell and other.cell):
        return False
    grams = {one.words[index : index + 3] for index in range(len(one.words) - 2)}
    return ("预算" in one.words) == ("预算" in other.words) and any(gram in other.words for gram in grams)


def _where(said: _Said, others: list[_Said]) -> str:
    if not others:
        return ""
    if said.cell:
        return "in a cell, said in the text"
    return "in the text, said there too" if any(not other.cell for other in others) else "in the text, said in a cell"


# --- words --------------------------------------------------------------------------------

_TURNED = {
    "增长": "下降", "下降": "增长", "增加": "减少", "减少": "增加", "提高": "降低", "降低": "提高",
    "上升": "下降", "高于": "低于", "低于": "高于",
}  # fmt: skip
_N = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"(?:%|万人次|人次|万元|亿元|[一-龥]{1,2})"
_COURSE = re.compile(rf"由(?:上年的?|去年的?)?(?P<a>{_N}){_UNIT}(?P<w>提高|增加|增长|上升|下降|减少|降低)到(?P<b>{_N})")
_CHANGE = re.compile(rf"(?P<w>增长|下降|增加|减少)(?P<x>{_N})(?P<rate>%?)")
_EXECUTED = re.compile(
    rf"(?:(?P<use>(?:预算|资金)(?:执行率|使用率|支出率))(?:为|达到?)?|完成(?:年初|调整后|全年)?预算的)(?P<r>{_N})%(?=[，。；])"
)
_BETWEEN = re.compile(
    rf"(?P<a>{_N})(?P<u>%|元/[一-龥]+|[一-龥]{{1,3}})，(?P<w>高于|低于)[一-龥]{{0,8}}(?P<b>{_N})(?P=u)"
)


def words(clean: Clean, random: Random) -> Iterator[Edit]:
    """A word says the contrary of the figures beside it."""
    for block in clean.document.blocks:
        for start, end in sentences(block.text):
            found = [(match, "course") for match in _COURSE.finditer(block.text, start, end)]
            found += [(match, "between") for match in _BETWEEN.finditer(block.text, start, end)]
            for match in _CHANGE.finditer(block.text, start, end):
                if "到" not in block.text[match.start() - 1 : match.start() + 3] and _follows(
                    block.text[start:end], match
                ):
                    found.append((match, "change"))
            sentence = Span(block.id, start, end)
            yield from _added(clean, block, sentence)
            for match, variant in found:
                yield edit_of(clean, "words", variant, Span(block.id, *match.span("w")), _TURNED[match["w"]], sentence)


def _added(clean: Clean, block: Block, sentence: Span) -> Iterator[Edit]:
    """Words behind a rate of execution that contradict it."""
    for match in _EXECUTED.finditer(block.text, sentence.start, sentence.end):
        rate = Decimal(match["r"])
        if rate != 100:
            of_budget = "，超出预算" if rate < 100 else "，控制在预算之内"
            text = "，资金已全部使用完毕" if match["use"] and rate < 100 else of_budget
            mark = Span(block.id, sentence.start, sentence.end + len(text))
            yield edit_of(clean, "words", "added", Span(block.id, match.end(), match.end()), text, mark)


def _follows(sentence: str, change: re.Match[str]) -> bool:
    """Whether two figures of the sentence, of which one is of the year before, give just this change."""
    if "上年" not in sentence and not re.search(r"20\d\d年", sentence):
        return False
    written = Decimal(change["x"].replace(",", ""))
    step = Decimal(1).scaleb(int(written.as_tuple().exponent))
    numbers = {Decimal(number.replace(",", "")) for number in re.findall(_N, sentence)} - {written}
    for one, other in combinations((number for number in numbers if number > 1), 2):
        low, high = sorted((one, other))
        risen = change["w"] in ("增长", "增加")
        if low > 31 or not change["rate"]:
            gap = (high - low) * 100 / (low if risen else high) if change["rate"] else high - low
            if abs(gap - written) * 2 <= step * bool(change["rate"]):
                return True
    return False
