"""The words of what only shows across files (``patterns/across.toml``): texts in both languages, examples executed."""

from __future__ import annotations

import re
import string
from typing import Any

import pytest

from reportcheck.audit.across_words import listed, name_of, rule
from reportcheck.audit.folder import same_kind
from reportcheck.catalog import Language, built_in
from reportcheck.model import SEVERITIES

ACROSS = built_in("across")
LANGUAGES: tuple[Language, ...] = ("zh", "en")
RULES = ACROSS["rule"]
EXAMPLES = [
    pytest.param(part, name, text, id=f"{part}-{name}-{text}")
    for part, rows in ACROSS.items()
    if isinstance(rows, dict)
    for name, text in rows.get("examples", ())
]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("row", RULES, ids=lambda row: row["id"])
def test_a_rule_speaks_both_languages_alike(row: dict[str, Any]) -> None:
    assert re.fullmatch("[a-z]+(-[a-z]+)+", row["id"])
    assert row["severity"] in SEVERITIES
    assert set(row["zh"]) == set(row["en"]) >= {"title", "message", "why"}
    for key in row["zh"]:
        assert fields(row["zh"][key]) == fields(row["en"][key])
    assert rule(row["id"]).texts["en"]["title"] == row["en"]["title"]


def test_no_rule_stands_twice() -> None:
    names = [row["id"] for row in RULES]
    assert len(set(names)) == len(names)


def test_reports_of_no_known_kind_have_a_name_together() -> None:
    assert name_of("kind", "whole", "zh") == "部门整体支出绩效自评"
    assert [name_of("kind", "", language) for language in LANGUAGES] == ["其他报告", "other reports"]


def test_of_many_names_the_first_are_listed() -> None:
    assert listed(["甲", "乙"], "zh") == "甲、乙"
    assert listed(["a", "b", "c"], "en", 2) == "a, b and others (3 in all)"


@pytest.mark.parametrize("part", ["relation", "wide"])
def test_an_example_holds_its_words(part: str) -> None:
    row = built_in("across")[part]
    assert re.search(row.get("words") or row["pattern"], row["example"])


def test_bodies_are_of_one_kind_by_the_ends_of_their_names() -> None:
    ends = [end for row in built_in("across")["kinds"]["ends"] for end in row]
    assert len(set(ends)) == len(ends)
    assert same_kind("枫渡县民政局", "枫渡县委员会办公室")
    assert same_kind("枫渡县白鹭镇人民政府", "枫渡县青石街道")
    assert not same_kind("枫渡县民政局", "枫渡县第一中学")
    assert not same_kind("枫渡县民政股", "云岭县民政股")


@pytest.mark.parametrize(("part", "name", "text"), EXAMPLES)
def test_an_example_is_found_by_its_pattern(part: str, name: str, text: str) -> None:
    assert re.search(ACROSS[part][name], text)


@pytest.mark.parametrize("part", ["about", "said", "doubles", "file_name", "years"])
def test_every_pattern_has_an_example(part: str) -> None:
    shown = {name for name, _ in ACROSS[part]["examples"]}
    assert set(ACROSS[part]) - {"examples"} - shown == set()
