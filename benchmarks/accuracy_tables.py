"""The tables of docs/accuracy.md, by the name of the place where they stand there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import accuracy_whole
import known
from forms import FORM_EDITS
from marked import table
from slip import PLACES, TARGETS
from slips import KINDS
from texts import ENDINGS

_KIND_TITLES = {
    "digit": "one digit changed",
    "transposed": "two digits transposed",
    "point": "decimal point moved",
    "unit": "万元 for 元 or 亿元, and the like",
    "part": "one part left out",
    "over-weight": "score above its weight",
    "blank": "score left blank",
    "unmet": "target missed, full marks kept",
}
_ROLES = ("stated", "operand", "both", "none")
_COUNTS = ("figures", "checked", "cell_figures", "cells_checked", "computed")
_OUTCOMES = ("consistent", "rounding", "undecided")
_ALARMS = ("errors", "warnings")


def tables(result: dict[str, Any]) -> dict[str, str]:
    """All tables of a measurement, in Markdown."""
    slips = result["slips"]
    shown = {"conditions": _conditions(result), "texts": _texts(result["texts"])}
    if "formats" in result:
        shown["formats"] = _formats(result["formats"])
        shown["alarms"] = _alarms([(row, f" ({row['ending']})") for row in result["formats"]])
    else:
        shown["alarms"] = _alarms([(row, "") for row in result["texts"]])
    for target in TARGETS:
        for place in PLACES:
            own = [slip for slip in slips if (slip["target"], slip["place"]) == (target, place)]
            name = f"{target}-{place}"
            shown[f"{name}-kinds"] = _rates("slip", _by_kind(own, KINDS[place]), own)
            roles = [(role, [slip for slip in own if slip["role"] == role]) for role in _ROLES]
            shown[f"{name}-roles"] = _rates("the figure is", roles, own)
            shown[f"{name}-misses"] = _misses(own)
    forms = [slip for slip in slips if slip["target"] == "form"]
    shown["form-kinds"] = _rates("slip", _by_kind(forms, FORM_EDITS), forms, "by its own rule")
    shown["form-misses"] = _misses(forms)
    if "known" in result:
        shown |= {"known": known.as_table(result["known"]), "known-missed": known.missed(result["known"])}
    if "whole" in result:
        shown |= accuracy_whole.tables(result["whole"], result["whole_clean"])
    return shown


def _conditions(result: dict[str, Any]) -> str:
    slips = result["slips"]
    return (
        f"Seed {result['seed']}, at most {result['limit']} slips of each kind; {len(slips)} planted, "
        f"{result['put_back']} more drawn and put back because every claim still holds. "
        f"{sum(slip['elsewhere'] > 0 for slip in slips)} slips caused an alarm that does not touch the wrong figure."
    )


Rows = list[dict[str, Any]]


def _by_kind(slips: Rows, kinds: Iterable[str]) -> list[tuple[str, Rows]]:
    return [(_KIND_TITLES[kind], [slip for slip in slips if slip["kind"] == kind]) for kind in kinds]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _rates(title: str, rows: list[tuple[str, Rows]], every: Rows, exactly: str = "marked itself") -> str:
    body = []
    for name, own in [*((name, own) for name, own in rows if own), ("all", every)]:
        found, marked = sum(slip["found"] for slip in own), sum(slip["exactly"] for slip in own)
        numbers = [len(own), found, _percent(found, len(own)), marked, len(own) - found]
        body.append([name, *map(str, numbers)])
    return table([title, "planted", "found", "", exactly, "missed"], body)


def _misses(own: Rows) -> str:
    reasons = Counter(slip["reason"] for slip in own if not slip["found"])
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return table(["why missed", "slips"], [[reason, str(count)] for reason, count in ordered])


def _texts(rows: Rows) -> str:
    names = (*_COUNTS, *_OUTCOMES, *_ALARMS)
    total = {name: sum(row[name] for row in rows) for name in names}
    body = []
    for row in [*rows, {"name": "all", **total}]:
        numbers: list[object] = []
        for whole, part in (("figures", "checked"), ("cell_figures", "cells_checked")):
            numbers += [row[whole], row[part], _percent(row[part], row[whole])]
        numbers += [row[name] for name in ("computed", *_OUTCOMES, *_ALARMS)]
        body.append([row["name"], *map(str, numbers)])
    heads = ["text", "in prose", "checked", "", "in cells", "checked", "", "by equations"]
    return table([*heads, "confirmed", "rounding", "undecided", "errors", "warnings"], body)


def _formats(rows: Rows) -> str:
    """Errors and warnings in each clean text, by format."""
    count = {(row["name"], row["ending"]): len(row["alarms"]) for row in rows}
    names = list(dict.fromkeys(row["name"] for row in rows))
    body = [[name, *(str(count.get((name, ending), "–")) for ending in ENDINGS)] for name in names]
    sums = [sum(number for (_, own), number in count.items() if own == ending) for ending in ENDINGS]
    return table(["text", *ENDINGS], [*body, ["all", *map(str, sums)]])


def _alarms(rows: list[tuple[dict[str, Any], str]]) -> str:
    return "\n".join(f"- {row['name']}{where}: {alarm}" for row, where in rows for alarm in row["alarms"]) or "None."
