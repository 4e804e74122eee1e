"""The marks that part the items of a list, and the words that open or close one."""

from __future__ import annotations

import re

from reportcheck.catalog import cached, table
from reportcheck.extract.mention import words
from reportcheck.schemas.sentences import Connectors

MARKS = ("、", "，", "；", "。")
NONE, PAUSE, COMMA, SEMICOLON, SENTENCE = range(5)
_LONGEST_LEAD = 12


def strongest(text: str) -> int:
    """The strongest mark in what stands between two figures."""
    plain = text.replace("！", "。").replace("？", "。").rstrip("\n")
    plain = re.sub(r"(?<![，；、：。])\n", "。", plain).replace("\n", "，")
    return max((strength for strength, mark in enumerate(MARKS, 1) if mark in plain), default=NONE)


@cached
def _openers() -> re.Pattern[str]:
    found = [word for row in table(Connectors).introduction for word in row.words]
    listed = "|".join(sorted(map(re.escape, found), key=len, reverse=True))
    return re.compile(f"{listed}|{table(Connectors).words.division}|{table(Connectors).words.divided}")


def opens(lead: str) -> str:
    """The words that open a list in what stands before its first item; or the colon between whole and items."""
    own = re.split("[。！？]", lead)[-1]
    found = [match[0] for match in _openers().finditer(own)]
    if found:
        return found[0]
    before, colon, _ = own.rpartition("：")
    return "：" if colon and len(re.split("[，；]", before)[-1]) <= _LONGEST_LEAD else ""


def says_total(lead: str) -> bool:
    """Whether the words before a figure say that it is all of a list (合计, 三项共)."""
    return bool(words("counted_total").search(lead) or words("strong_total").search(lead))
