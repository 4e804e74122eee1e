"""Each rule's page is its test: the marked figures of its examples are found, and nothing else.

A page (``patterns/rules/<id>.md``) holds fenced blocks:

``flagged``      the figures between ⟦ ⟧ are the first spans of this rule's findings, exactly;
``not-flagged``  no finding of this rule, though the rule looked at the text and gave a verdict;
``undecided``    no finding of this rule, and a verdict that stays undecided.

The name of a profile may stand behind the kind (``flagged transfer-payment``): the block is checked with it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

import pytest

from reportcheck import check_text
from reportcheck.catalog import patterns_directory, profiles
from reportcheck.checker import Settings
from reportcheck.model import Report
from reportcheck.read.txt import blocks_of

FOLDER = patterns_directory() / "rules"
RULES = sorted(path.stem for path in FOLDER.glob("*.toml"))
_FENCE = re.compile(r"^```(flagged|not-flagged|undecided)(?: ([a-z-]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = re.compile("⟦(.*?)⟧")

Place = tuple[str, int, int]


@dataclass(frozen=True)
class Example:
    rule: str
    kind: str
    number: int
    profile: str
    text: str

    def check(self, text: str) -> Report:
        return check_text(text, Settings(profile=self.profile))

    @property
    def id(self) -> str:
        return f"{self.rule}-{self.kind}-{self.number}"


def examples() -> list[Example]:
    found = []
    for path in sorted(FOLDER.glob("*.md")):
        numbers = {"flagged": 0, "not-flagged": 0, "undecided": 0}
        for kind, profile, text in _FENCE.findall(path.read_text(encoding="utf-8")):
            numbers[kind] += 1
            found.append(Example(path.stem, kind, numbers[kind], profile or "default", text.rstrip("\n")))
    return found


EXAMPLES = examples()


def of_kind(*kinds: str) -> list[Example]:
    return [example for example in EXAMPLES if example.kind in kinds]


def marked(text: str) -> tuple[str, set[Place]]:
    """The text without its marks, and the places that they enclose: in paragraphs, or in cells of its tables."""
    places = set()
    for block in blocks_of(text)[0]:
        for index, match in enumerate(_MARK.finditer(block.text)):
            start = match.start() - 2 * index
            places.add((block.id, start, start + len(match[1])))
    return _MARK.sub(r"\1", text), places


def flagged(report: Report, rule: str) -> set[Place]:
    spans = [finding.spans[0] for finding in report.findings if finding.rule == rule]
    return {(span.block, span.start, span.end) for span in spans}


def outcomes(report: Report, rule: str) -> list[str]:
    return [verdict.outcome for verdict in report.verdicts if verdict.claim.rule == rule]


def proposes_claims(rule: str) -> bool:
    """Whether a rule states a formula, so that it leaves verdicts behind where it finds nothing."""
    return "formula" in tomllib.loads((FOLDER / f"{rule}.toml").read_text(encoding="utf-8"))


def in_words(text: str, places: set[Place]) -> list[str]:
    """Places as a failing test should print them."""
    texts = {block.id: block.text for block in blocks_of(text)[0]}
    return [f"{block}:{start}-{end} {texts[block][start:end]}" for block, start, end in places]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_page_with_examples(rule: str) -> None:
    kinds = {example.kind for example in EXAMPLES if example.rule == rule}
    assert {"flagged", "not-flagged"} <= kinds, f"{rule}.md lacks examples"


def test_every_page_belongs_to_a_rule() -> None:
    assert {example.rule for example in EXAMPLES} <= set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_page_begins_with_the_title_of_its_rule(rule: str) -> None:
    page = (FOLDER / f"{rule}.md").read_text(encoding="utf-8")
    title = tomllib.loads((FOLDER / f"{rule}.toml").read_text(encoding="utf-8"))["zh"]["title"]
    assert page.splitlines()[0] == f"# {title}（{rule}）"


@pytest.mark.parametrize("rule", RULES)
def test_every_fence_of_a_page_is_of_a_known_kind(rule: str) -> None:
    page = (FOLDER / f"{rule}.md").read_text(encoding="utf-8")
    fences = re.findall(r"^```(.*)$", page, re.MULTILINE)
    assert len(fences) % 2 == 0
    assert {fence.split(" ")[0] for fence in fences[::2]} <= {"flagged", "not-flagged", "undecided", "text"}
    assert {name for fence in fences[::2] for name in fence.split(" ")[1:]} <= set(profiles())
    assert set(fences[1::2]) <= {""}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_only_flagged_examples_carry_marks(example: Example) -> None:
    assert bool(_MARK.search(example.text)) is (example.kind == "flagged")


@pytest.mark.parametrize("example", of_kind("flagged"), ids=lambda example: example.id)
def test_what_is_marked_is_flagged_and_nothing_else(example: Example) -> None:
    text, places = marked(example.text)
    found = flagged(example.check(text), example.rule)
    assert in_words(text, found - places) == [], "flagged without a mark"
    assert in_words(text, places - found) == [], "marked, but not flagged"


@pytest.mark.parametrize("example", of_kind("not-flagged"), ids=lambda example: example.id)
def test_what_is_right_is_looked_at_and_passed(example: Example) -> None:
    report = example.check(example.text)
    assert in_words(example.text, flagged(report, example.rule)) == []
    if proposes_claims(example.rule):
        assert {"consistent", "undecided"} & set(outcomes(report, example.rule)), "no verdict: the rule saw nothing"


@pytest.mark.parametrize("example", of_kind("undecided"), ids=lambda example: example.id)
def test_what_cannot_be_decided_stays_undecided(example: Example) -> None:
    report = example.check(example.text)
    assert in_words(example.text, flagged(report, example.rule)) == []
    assert "undecided" in outcomes(report, example.rule)
