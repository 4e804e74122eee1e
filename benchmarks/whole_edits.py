"""Edits that make a right report contradict itself, one at a time, each so that a reader can prove it.

What can be proved is decided here by plain patterns and arithmetic, not by what the program reads:

- *restated*: a number with a point and at least four digits but for zeros at its end, which stands in two blocks, one
  of them outside of tables; the words before it, or the label of its row, have three characters in a row in common
  and speak both or neither of a budget. No two figures of these reports that measure different things are so alike.
- *numbering*: a heading 一、 or （一）, or a point 一是, in a list that runs on from one without a gap.
- *references*: an announced attachment is cut out of the report; a reference is turned to a number that nothing bears;
  an entry of the contents names what no heading says.
- *year*: in a heading or caption; where the last day or the end of the year is named; in a column header beside that
  of the year before; at the beginning of a sentence with a figure that the report states elsewhere too.
- *place*: the full name of the reporting body, or 在…县委、县政府的领导下, not in the title, in quotes or beside
  another body; its place becomes another of the same level.
- *dates*: a day or month that the calendar has not; a period whose ends are swapped; a day of the report on a year
  that was not over by then.
- *words*: 由…增加到… with both figures; 增长 or 增加 where two figures of the sentence give just that change; 高于 or
  低于 between two figures that stand so: the word is turned round. Behind a rate of execution that is not 100 % words
  are added that say the contrary (资金已全部使用完毕, 超出预算, 控制在预算之内).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from random import Random

from reportcheck.model import Block, Span
from whole_edit import LONG, Clean, Edit, edit_of, sentences, whole
from whole_figures import restated, words

_NUMERALS = "一二三四五六七八九十"
_OTHER_PLACE = "云垭"
_LONGEST_LINE = 40

# --- numbering ----------------------------------------------------------------------------

_HEADING = (re.compile(rf"^\s*(?P<n>[{_NUMERALS}])、"), re.compile(rf"^\s*（(?P<n>[{_NUMERALS}])）"))
_POINT = re.compile(rf"(?:(?<=[：；。，])|^)(?P<n>[{_NUMERALS}])是")


def numbering(clean: Clean, random: Random) -> Iterator[Edit]:
    """A number is said twice, or left out."""
    for run in (*_heading_runs(clean), *_point_runs(clean)):
        for index in range(1, len(run)):
            variant, step = random.choice((("doubled", -1), ("skipped", 1)))
            place = index + step
            if place < len(_NUMERALS):
                neighbours = run[index - 1 : index] + run[index + 1 : index + 2]
                yield edit_of(clean, "numbering", variant, run[index], _NUMERALS[place], *neighbours)


def _heading_runs(clean: Clean) -> Iterator[list[Span]]:
    """The numbers of headings that run on from one: the second level within one heading of the first."""
    runs: tuple[list[Span], list[Span]] = ([], [])
    for block in clean.prose:
        level = next((level for level, pattern in enumerate(_HEADING) if pattern.match(block.text)), None)
        if level is None or block.generated or block.role == "contents" or _is_contents(block):
            continue
        if len(block.text) > _LONGEST_LINE or block.text.endswith(("。", "；")):
            continue
        match = _HEADING[level].match(block.text)
        if match and match["n"] == _NUMERALS[len(runs[level])]:
            runs[level].append(Span(block.id, *match.span("n")))
        else:
            yield from (list(run) for run in runs[level:])
            return
        if level == 0:
            yield list(runs[1])
            runs[1].clear()
    yield from runs


def _point_runs(clean: Clean) -> Iterator[list[Span]]:
    for block in clean.prose:
        found = list(_POINT.finditer(block.text))
        if len(found) >= 3 and "".join(match["n"] for match in found) == _NUMERALS[: len(found)]:
            yield [Span(block.id, *match.span("n")) for match in found]


# --- references ---------------------------------------------------------------------------

_ATTACHMENT = re.compile(r"^\s*附件\s*(?P<n>\d)\s*$")
_ENTRY = re.compile(r"^\s*(?:附件：)?\s*(?P<n>\d)\.(?P<name>[^。]{4,})$")
_REFERRED = re.compile(r"(?<=见)(?:附件|表)(?P<n>\d)")
_CONTENTS = re.compile(
    rf"^\s*(?:[{_NUMERALS}]、|（[{_NUMERALS}]）)(?P<name>[一-龥]+)\s*(?:[…．.·]{{2,}}\s*\d+|\d*)\s*$"
)


def references(clean: Clean, random: Random) -> Iterator[Edit]:
    """What is announced, referred to or listed is not there."""
    yield from _attachments(clean)
    for block in clean.document.blocks:
        for match in _REFERRED.finditer(block.text):
            yield edit_of(clean, "references", "number", Span(block.id, *match.span("n")), random.choice("789"))
    for block in clean.prose:
        entry = _CONTENTS.match(block.text) if _is_contents(block) else None
        if entry:
            yield edit_of(clean, "references", "contents", Span(block.id, *entry.span("name")), "公开透明措施")


def _is_contents(block: Block) -> bool:
    return block.role == "contents" or re.search(r"[…．·]{2,}\s*\d+\s*$", block.text) is not None


def _attachments(clean: Clean) -> Iterator[Edit]:
    """An attachment with its caption and its tables is cut out, up to the next one."""
    blocks = clean.document.blocks
    heads = [(index, match["n"]) for index, block in enumerate(blocks) if (match := _ATTACHMENT.match(block.text))]
    for (start, number), (end, _) in pairwise([*heads, (len(blocks), "")]):
        announced = [block for block in blocks[: heads[0][0]] if (m := _ENTRY.match(block.text)) and m["n"] == number]
        if announced and announced[-1].text.strip():
            span = Span(announced[-1].id, 0, 0)
            gone = frozenset(block.id for block in blocks[start:end])
            yield Edit(clean.document.path, "references", "attachment", span, "", (whole(announced[-1]),), gone)


# --- year ---------------------------------------------------------------------------------


def year(clean: Clean, random: Random) -> Iterator[Edit]:
    """The year of the report is an earlier one in one place."""
    own, before = str(clean.year), str(clean.year - random.choice((1, 2)))
    elsewhere = _stated_twice(clean)
    for block in clean.prose[1:]:
        if before in block.text or "《" in block.text:
            continue
        line = len(block.text) <= _LONGEST_LINE and not re.search("[。；]|月", block.text)
        pattern = f"{own}(?=年)" if line else rf"(?<=截至){own}(?=年(?:12月31日|末|底))|{own}(?=年末)"
        found = [(match.span(), "line" if line else "end") for match in re.finditer(pattern, block.text)]
        if not line:
            found += [(span, "sentence") for span in _openings(block.text, own, elsewhere)]
        for (start, end), variant in dict(found).items():
            yield edit_of(clean, "year", variant, Span(block.id, start, end), before)
    yield from _year_columns(clean)


def _stated_twice(clean: Clean) -> set[str]:
    """The long numbers that stand in more than one block."""
    held = [{match[0] for match in LONG.finditer(block.text)} for block in clean.document.blocks]
    return {number for one, other in combinations(filter(None, held), 2) for number in one & other if len(number) > 5}


def _openings(text: str, own: str, elsewhere: set[str]) -> Iterator[tuple[int, int]]:
    for start, end in sentences(text):
        sentence = text[start:end]
        match = re.match(rf"\s*(?P<y>{own})年", sentence)
        if match and len(re.findall(r"20\d\d", sentence)) == 1 and set(LONG.findall(sentence)) & elsewhere:
            yield start + match.start("y"), start + match.end("y")


def _year_columns(clean: Clean) -> Iterator[Edit]:
    own, before = f"{clean.year}年", f"{clean.year - 1}年"
    for table in clean.document.tables:
        for one, other in pairwise(table.cells[0]):
            pair = [cell for cell in (one, other) if cell is not None]
            if len(pair) == 2 and {cell.text[:5] for cell in pair} == {own, before}:
                cell = next(cell for cell in pair if cell.text.startswith(own))
                yield edit_of(clean, "year", "column", Span(cell.id, 0, 4), before[:4])


# --- place --------------------------------------------------------------------------------

_PLACES = re.compile("^(?:(?P<over>.{2,3}市))?(?P<name>[一-龥]{2})(?P<level>[县区市镇乡])")
_OTHERS = re.compile("学习|借鉴|根据|按照|依据|联合|邻|印发|通知|[《“〔]")


def place(clean: Clean, random: Random) -> Iterator[Edit]:
    """The body, or those who lead it, are those of another place."""
    own = _PLACES.match(clean.unit)
    if own is None:
        return
    full = re.compile(f"(?:{own['over']})?(?P<p>{own['name']}){own['level']}{re.escape(clean.unit[own.end() :])}")
    leaders = re.compile(f"在(?P<p>{own['name']}){own['level']}委、[^。]{{0,12}}领导下")
    for block in clean.document.blocks:
        if block.id == clean.prose[0].id or block.role == "title":
            continue
        for start, end in sentences(block.text):
            for variant, pattern in (("body", full), ("leaders", leaders)):
                for match in pattern.finditer(block.text, start, end) if own.end() < len(clean.unit) else ():
                    if not _OTHERS.search(block.text[start:end]):
                        mark = Span(block.id, *match.span())
                        yield edit_of(clean, "place", variant, Span(block.id, *match.span("p")), _OTHER_PLACE, mark)


# --- dates --------------------------------------------------------------------------------

_DAY = re.compile(r"(?<!\d)20\d\d年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_PERIOD = re.compile(r"(?P<a>20\d\d年\d{1,2}月(?:\d{1,2}日)?)(?P<gap>[至到—-]+)(?P<b>20\d\d年\d{1,2}月(?:\d{1,2}日)?)")
_MADE = re.compile(r"^\D{0,14}(?P<y>20\d\d)年\d{1,2}月(?:\d{1,2}日)?\D?$")
_SHORT_MONTHS = {2: "30", 4: "31", 6: "31", 9: "31", 11: "31"}


def dates(clean: Clean, random: Random) -> Iterator[Edit]:
    """A day that is none, a period that ends before it begins, a report that is too early."""
    for block in clean.document.blocks:
        for match in _DAY.finditer(block.text):
            day = _SHORT_MONTHS.get(int(match["m"]))
            group, text = ("d", day) if day else ("m", "13")
            date = Span(block.id, *match.span())
            yield edit_of(clean, "dates", "impossible", Span(block.id, *match.span(group)), text, date)
        for match in _PERIOD.finditer(block.text):
            swapped = match["b"] + match["gap"] + match["a"]
            if match["a"] != match["b"]:
                yield edit_of(clean, "dates", "swapped", Span(block.id, *match.span()), swapped)
        made = _MADE.match(block.text.strip("（）"))
        if made and block.role != "cell" and int(made["y"]) == clean.year + 1:
            start = block.text.index(made["y"])
            yield edit_of(clean, "dates", "too early", Span(block.id, start, start + 4), str(clean.year), whole(block))


EDITORS: dict[str, Callable[[Clean, Random], Iterator[Edit]]] = {
    "restated": restated, "numbering": numbering, "references": references, "year": year, "place": place,
    "dates": dates, "words": words,
}  # fmt: skip
