"""The pattern data tests itself: every row's example is executed, and all texts exist in both languages."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from reportcheck import catalog, causes, formula
from reportcheck.catalog import message, patterns_directory, rules
from reportcheck.errors import CatalogError, ReportcheckError
from reportcheck.extract.cells import Cell, read_cell
from reportcheck.extract.indicators import last_in
from reportcheck.extract.mention import Mention
from reportcheck.extract.prose import passage
from reportcheck.groups.partitions import is_partition
from reportcheck.model import SEVERITIES, Block, Document
from reportcheck.quantities import find_quantities
from reportcheck.read.txt import blocks_of
from reportcheck.rules import references, sections
from reportcheck.rules.targets import read_target
from reportcheck.text import normalise
from tables import sheet_of

PATTERNS = patterns_directory()
FILES = sorted(path.relative_to(PATTERNS).as_posix() for path in PATTERNS.rglob("*.toml"))
FAMILIES = {"placeholder", "sum", "rate", "change", "share", "count", "table", "score", "repeat", "identity"}
FAMILIES |= {"structure", "period", "wording", "name"}


def parsed(file: str) -> dict[str, Any]:
    return tomllib.loads((PATTERNS / file).read_text(encoding="utf-8"))


def rows(file: str, key: str, broken: Mapping[str, str] | None = None) -> list[Any]:
    """The rows of an array of tables as parameters, named by their place and their example.

    ``broken`` holds the examples that are known to fail, with the reason.
    """
    found = []
    for index, row in enumerate(parsed(f"{file}.toml")[key]):
        example = row.get("example", "")
        reason = (broken or {}).get(example)
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        found.append(pytest.param(row, id=f"{file}-{index}-{example}", marks=marks))
    return found


def mentions_in(text: str) -> tuple[Mention, ...]:
    return passage([Block("p1", text)]).mentions


# --- files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES)
def test_every_file_parses_and_has_no_byte_order_mark(file: str) -> None:
    raw = (PATTERNS / file).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert parsed(file)


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("roles", "role"),
        ("rates", "rate"),
        ("identities", "partition"),
        ("equations", "operator"),
        ("stops", "stop"),
        ("units", "form"),
        ("hedges", "hedge"),
        ("indicators", "indicator"),
        ("sides", "side"),
        ("statements", "statement"),
        ("outcomes", "aim"),
        ("outcomes", "done"),
        ("placeholders", "row"),
    ],
)
def test_every_row_carries_an_example(file: str, key: str) -> None:
    assert [row for row in parsed(f"{file}.toml")[key] if not row.get("example")] == []


# --- rows that read figures -------------------------------------------------------------------


@pytest.mark.parametrize("row", rows("stops", "stop"))
def test_a_stop_hides_its_numbers(row: dict[str, Any]) -> None:
    match = re.search(row["pattern"], normalise(row["example"]), re.MULTILINE)
    assert match is not None
    assert match[0], "the stop covers nothing of its own example"
    inside = [q.text for q in find_quantities(row["example"], "p1") if match.start() <= q.span.start < match.end()]
    assert inside == []


@pytest.mark.parametrize("row", rows("stops", "stop"))
def test_a_stop_hides_its_numbers_between_other_words(row: dict[str, Any]) -> None:
    if row["name"] in ("line-number", "inline-number", "bare-year"):
        pytest.skip("stands only where a line or a sentence begins, or before its own suffix")
    text = f"支出12.5万元，{row['example']}，收入13.6万元"
    assert [q.text for q in find_quantities(text, "p1") if q.text in ("12.5万元", "13.6万元")] == [
        "12.5万元",
        "13.6万元",
    ]
    match = re.search(row["pattern"], normalise(text), re.MULTILINE)
    assert match is not None
    assert [q.text for q in find_quantities(text, "p1") if match.start() <= q.span.start < match.end()] == []


FORMS = {
    "百分之八十五点五": (Decimal("85.5"), "ratio", Fraction(171, 200)),
    "百分之负三点八": (Decimal("-3.8"), "ratio", Fraction(-38, 1000)),
    "百分之百": (Decimal(100), "ratio", Fraction(1)),
    "万分之五": (Decimal(5), "ratio", Fraction(5, 10_000)),
    "1/3": (Decimal(1), "ratio", Fraction(1, 3)),
    "9成": (Decimal(9), "ratio", Fraction(9, 10)),
    "半成": (Decimal("0.5"), "ratio", Fraction(5, 100)),
    "千分之三": (Decimal(3), "ratio", Fraction(3, 1000)),
    "三分之二": (Decimal(2), "ratio", Fraction(2, 3)),
    "八成五": (Decimal("8.5"), "ratio", Fraction(85, 100)),
    "翻一番": (Decimal(1), "doubling", Fraction(1)),
}


@pytest.mark.parametrize("row", rows("units", "form"))
def test_a_figure_in_words_is_one_figure(row: dict[str, Any]) -> None:
    (quantity,) = find_quantities(row["example"], "p1")
    assert quantity.text == row["example"]
    assert (quantity.value, quantity.unit.dimension, quantity.exact) == FORMS[row["example"]]


@pytest.mark.parametrize("row", rows("hedges", "hedge"))
def test_a_hedge_gives_its_bound(row: dict[str, Any]) -> None:
    (quantity,) = find_quantities(row["example"], "p1")
    assert quantity.bound == row["bound"]


HEDGES = [
    pytest.param(place, word, row["bound"], id=f"{place}-{word}")
    for row in parsed("hedges.toml")["hedge"]
    for place in ("before", "inside", "after")
    for word in row.get(place, ())
]


@pytest.mark.parametrize(("place", "word", "bound"), HEDGES)
def test_every_word_of_a_hedge_gives_its_bound(place: str, word: str, bound: str) -> None:
    text = {"before": f"支出{word}80万元", "inside": f"支出80{word}万元", "after": f"支出80万元{word}"}[place]
    (quantity,) = find_quantities(text, "p1")
    assert (quantity.value, quantity.unit.symbol, quantity.bound) == (Decimal(80), "万元", bound)


UNITS = [
    pytest.param(row, symbol, id=symbol)
    for row in parsed("units.toml")["unit"]
    if not row.get("chinese_only")
    for symbol in row["symbols"]
]


@pytest.mark.parametrize(("row", "symbol"), UNITS)
def test_every_unit_is_read_behind_a_number(row: dict[str, Any], symbol: str) -> None:
    (quantity,) = find_quantities(f"共计36{symbol}。", "p1")
    assert quantity.text == f"36{symbol}"
    assert (quantity.unit.symbol, quantity.unit.dimension) == (normalise(symbol), row["dimension"])
    assert quantity.unit.factor == Fraction(row.get("factor", 1))
    assert quantity.unit.counted == row.get("counted", False)


@pytest.mark.parametrize(("scale", "factor"), [*parsed("units.toml")["scales"].items()])
def test_every_scale_multiplies_its_unit(scale: str, factor: str) -> None:
    (quantity,) = find_quantities(f"支出3{scale}元。", "p1")
    assert (quantity.text, quantity.exact) == (f"3{scale}元", 3 * Fraction(factor))


def test_no_unit_is_listed_twice() -> None:
    symbols = [symbol for row in parsed("units.toml")["unit"] for symbol in row["symbols"]]
    assert sorted({symbol for symbol in symbols if symbols.count(symbol) > 1}) == []


# --- rows that read sentences -----------------------------------------------------------------


@pytest.mark.parametrize("row", rows("roles", "role"))
def test_a_frame_gives_its_role(row: dict[str, Any]) -> None:
    found = [mention for mention in mentions_in(row["example"]) if mention.role == row["role"]]
    assert found, [mention.role for mention in mentions_in(row["example"])]
    sign = {"up": 1, "down": -1}.get(row.get("sign", ""), 0)
    assert sign in [mention.sign for mention in found]


RATES_BROKEN = {
    "资金整改率93.75%": "整改率 is named in the row before",
}


@pytest.mark.parametrize("row", rows("rates", "rate", RATES_BROKEN))
def test_a_rate_is_read_by_its_own_row(row: dict[str, Any]) -> None:
    names = [mention.name for mention in mentions_in(row["example"]) if mention.role == "rate"]
    assert len(names) == 1
    first = next(other for other in parsed("rates.toml")["rate"] if re.search(other["name"], names[0]))
    assert first["name"] == row["name"]


@pytest.mark.parametrize("row", rows("rates", "rate"))
def test_the_formula_of_a_rate_can_be_read(row: dict[str, Any]) -> None:
    assert formula.names(row["formula"]) <= {"numerator", "denominator", "other", "whole", "parts"}
    assert row["source"]


@pytest.mark.parametrize("row", rows("identities", "partition"))
def test_a_partition_is_recognised(row: dict[str, Any]) -> None:
    items = list(mentions_in(row["example"]))
    labels = [item.fact.indicator for item in items]
    assert [part for part in row["parts"] if not any(re.search(part, label) for label in labels)] == [], labels
    assert is_partition(items)


@pytest.mark.parametrize("row", rows("identities", "partition"))
def test_a_partition_lacking_its_first_part_is_none(row: dict[str, Any]) -> None:
    items = list(mentions_in(row["example"]))[1:]
    labels = [item.fact.indicator for item in items]
    assert not all(any(re.search(part, label) for label in labels) for part in row["parts"])


@pytest.mark.parametrize("row", rows("equations", "operator"))
def test_a_sign_stands_in_its_example(row: dict[str, Any]) -> None:
    assert re.search(row["pattern"], normalise(row["example"])) is not None
    assert row["sign"] in ("+", "-", "*", "/", "=", "(", ")", "")


@pytest.mark.parametrize("row", rows("statements", "statement"))
def test_a_statement_stands_in_its_example(row: dict[str, Any]) -> None:
    assert re.search(row["pattern"], normalise(row["example"])) is not None
    assert row["relation"] in ("=", "<=", ">=", "<", ">")


@pytest.mark.parametrize("row", [row for row in parsed("indicators.toml")["indicator"] if row.get("stated")])
def test_a_statement_is_on_the_indicator_that_it_names(row: dict[str, Any]) -> None:
    spending = "支出" if row.get("spent_only") else ""
    assert last_in(normalise(row["example"]) + spending) == f"#{row['id']}"


def test_a_statement_is_about_known_figures() -> None:
    data = parsed("statements.toml")
    known = {*data["about"], "years", "growth", "target"}
    assert {about for row in data["statement"] for about in row["about"]} <= known


STATED = [(name, key) for name in ("absence", "full_marks", "grades") for key in parsed("statements.toml")[name]]
STATED = [(name, key) for name, key in STATED if key.endswith("_example")]


@pytest.mark.parametrize(("name", "key"), STATED)
def test_words_of_statements_stand_in_their_example(name: str, key: str) -> None:
    section = parsed("statements.toml")[name]
    names = "|".join(row["words"] for row in parsed("indicators.toml")["indicator"] if row.get("absent"))
    pattern = section[key.removesuffix("_example")].replace("{names}", f"(?:{names})+")
    assert re.search(pattern, normalise(section[key])) is not None


OUTCOMES = parsed("outcomes.toml")
CONCLUDED = [(name, key) for name, part in OUTCOMES.items() if isinstance(part, dict) for key in part]
CONCLUDED = [(name, key) for name, key in CONCLUDED if not key.endswith("_example")]


@pytest.mark.parametrize(("name", "key"), CONCLUDED)
def test_what_words_conclude_stands_in_its_example(name: str, key: str) -> None:
    section = OUTCOMES[name]
    verbs = "|".join(row["verbs"] for row in OUTCOMES["done"])
    assert re.search(section[key].replace("{verbs}", verbs), normalise(section[f"{key}_example"])) is not None


@pytest.mark.parametrize("row", rows("outcomes", "aim"))
def test_a_word_on_a_target_stands_in_its_example(row: dict[str, Any]) -> None:
    pattern = row["pattern"].replace("{aim}", OUTCOMES["aims"]["aim"])
    assert re.search(pattern, normalise(row["example"])) is not None
    assert row["sense"] in ("above", "below", "level", "met", "unmet")


@pytest.mark.parametrize("row", rows("outcomes", "done"))
def test_what_is_done_is_told_by_its_verb(row: dict[str, Any]) -> None:
    assert re.search(row["verbs"], row["example"]) is not None
    re.compile(row["rates"])


# --- rows that read tables --------------------------------------------------------------------

TABLES = parsed("tables.toml")
EXAMPLES = [(section, key) for section in ("cell", "total") for key in ("examples", "not_examples")]
LABELS = [(section, key == "examples", text) for section, key in EXAMPLES for text in TABLES[section][key]]


@pytest.mark.parametrize(("section", "fits", "text"), LABELS)
def test_a_sign_for_nothing_and_a_total_are_told_by_their_words(section: str, fits: bool, text: str) -> None:
    if section == "cell":
        assert (read_cell(Block("c", text, "cell"))[1] == "nil") is fits
    else:
        (part,) = sheet_of("项目|金额", f"{text}|1.11", "甲|2.22").parts
        assert [row.total for row in part.rows] == [fits, False]


COLUMNS = [(row, header) for row in TABLES["column"] for header in row["examples"]]
_CELLS = {"note": ("按期完成", "尚未完成"), "target": ("≥5个", "≥6个"), "completion": ("5个", "已完成")}


@pytest.mark.parametrize(("row", "header"), COLUMNS, ids=[f"{row['kind']}-{header}" for row, header in COLUMNS])
def test_a_column_is_of_the_kind_that_its_header_tells(row: dict[str, Any], header: str) -> None:
    fields = ("12.11%", "13.22%") if row.get("percent") else _CELLS.get(row["kind"], ("12.11", "13.22"))
    sheet = sheet_of(f"项目|{header}|金额", *(f"甲|{field}|1.11" for field in fields))
    assert sheet.grid.bands[0].columns[1].kind == row["kind"]


def test_every_kind_of_column_carries_examples() -> None:
    assert [row["kind"] for row in TABLES["column"] if not row["examples"]] == []
    assert len({row["kind"] for row in TABLES["column"]}) == len(TABLES["column"])


@pytest.mark.parametrize("row", rows("tables", "target_sign"))
def test_the_sign_of_a_target_is_read(row: dict[str, Any]) -> None:
    block = Block("c", row["example"], "cell")
    target = read_target(Cell(0, 0, block, *read_cell(block)), "")
    assert target is not None
    # To reach a figure is at least that.
    assert target.relation == (">=" if row["relation"] == "=" else row["relation"])


# --- rules and texts --------------------------------------------------------------------------


def fields(text: str) -> set[str]:
    """The names in braces that a text is filled with."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def texts(node: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Nested texts by their dotted key."""
    found: dict[str, str] = {}
    for key, value in node.items():
        if isinstance(value, dict):
            found.update(texts(value, f"{prefix}{key}."))
        else:
            found[prefix + key] = value
    return found


RULE_FILES = [file for file in FILES if file.startswith("rules/")]
ZH, EN = texts(parsed("messages.zh.toml")), texts(parsed("messages.en.toml"))


@pytest.mark.parametrize("file", RULE_FILES)
def test_a_rule_is_complete(file: str) -> None:
    data = parsed(file)
    assert re.fullmatch(r"rules/[a-z]+(-[a-z]+)+\.toml", file)
    assert data["family"] in FAMILIES
    assert data["severity"] in SEVERITIES
    assert data["status"] in ("preview", "stable")
    assert data["source"]
    if data.get("formula"):
        assert formula.names(data["formula"])


@pytest.mark.parametrize("file", RULE_FILES)
def test_a_rule_speaks_both_languages_alike(file: str) -> None:
    data = parsed(file)
    assert set(data["zh"]) == set(data["en"]) == {"title", "message", "advice"}
    for key in data["zh"]:
        assert re.search("[一-龥]", data["zh"][key])
        assert not data["zh"][key].endswith("。")
        assert not data["en"][key].endswith(".")
    # A language may leave a fact out, as English does without the indicator, but invents none.
    known = {
        "indicator",
        "stated",
        "computed",
        "gap",
        "formula",
        "relation",
        "text",
        "previous",
        "expected",
        "figure",
        "right",
        "name",
        "column",
        "contents",
        "body",
    }
    for language in ("zh", "en"):
        assert fields(data[language]["message"]) <= known
        assert not fields(data[language]["title"] + data[language]["advice"])
    assert fields(data["zh"]["message"]) - fields(data["en"]["message"]) <= {"indicator"}
    assert fields(data["en"]["message"]) <= fields(data["zh"]["message"])


def test_every_family_of_a_rule_has_a_name_in_both_languages() -> None:
    families = {parsed(file)["family"] for file in RULE_FILES}
    for language in (ZH, EN):
        assert {family for family in families if f"family.{family}" not in language} == set()


def test_both_languages_have_the_same_messages() -> None:
    assert sorted(set(ZH) ^ set(EN)) == []


@pytest.mark.parametrize("key", sorted(set(ZH) & set(EN)))
def test_a_message_has_the_same_facts_in_both_languages(key: str) -> None:
    assert fields(ZH[key]) == fields(EN[key])


def test_the_english_messages_are_english() -> None:
    units = "万元|亿元|元"
    assert {key: text for key, text in EN.items() if re.search("[一-龥]", re.sub(units, "", text))} == {}


def test_every_cause_has_its_message() -> None:
    source = Path(causes.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'Cause\("([a-z-]+)"', source))
    assert codes >= {"digits-transposed", "digit-changed", "decimal-moved", "unit-slip", "part-left-out", "truncated"}
    for language in (ZH, EN):
        assert {code for code in codes if f"cause.{code}" not in language} == set()


def test_every_reason_of_the_judge_has_its_message() -> None:
    reasons = set()
    for name in ("assess", "judge", "model"):
        source = (Path(causes.__file__).parent / f"{name}.py").read_text(encoding="utf-8")
        reasons |= set(re.findall(r'(?:reason=|_undecided\(\w+(?:\[0\])?, |else )"([a-z]+-[a-z-]+)"', source))
    assert reasons >= {"zero-base", "base-unclear", "partial-list"}
    assert {reason for reason in reasons if f"reason.{reason}" not in ZH} == set()


def test_a_missing_message_is_an_error_with_its_key() -> None:
    with pytest.raises(CatalogError) as raised:
        message("zh", "cause.no-such-cause")
    assert (raised.value.code, raised.value.facts) == (
        "message-missing",
        {"key": "cause.no-such-cause", "language": "zh"},
    )


# --- profiles and sections ---------------------------------------------------------------------


def test_an_unknown_profile_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ReportcheckError) as raised:
        catalog.profile("no-such-profile")
    assert "default" in str(raised.value.facts["known"])


@pytest.mark.parametrize("name", catalog.profiles())
def test_a_profile_leaves_out_only_what_exists(name: str) -> None:
    names = set(rules()) | {rule.family for rule in rules().values()}
    assert catalog.profile(name).ignore <= names


@pytest.mark.parametrize("row", rows("references", "kind"))
def test_a_reference_of_each_kind_is_read(row: dict[str, Any]) -> None:
    example = str(row["example"])
    marked = example[example.index("⟦") + 1 : example.index("⟧")]
    words = [row["title"].format(n=n) for n in ("1", "2")] if row["name"] != "chapter" else ["第一章", "第二章"]
    words = ["第一部分", "第二部分"] if row["name"] == "part" else words
    text = "\n".join(["甲", "乙", "丙", "丁", "戊", *words, example.replace("⟦", "").replace("⟧", "")])
    blocks = blocks_of(text)[0]
    lints = list(references.missing(Document("-", "txt", blocks)))
    spans = [lint.spans[0] for lint in lints]
    assert [(span.block, blocks[-1].text[span.start : span.end]) for span in spans] == [("p8", marked)]


REQUIRED = [
    pytest.param(name, row, id=f"{name}-{row['name']}")
    for name in catalog.profiles()
    for row in parsed(f"profiles/{name}.toml").get("required", ())
]


@pytest.mark.parametrize(("name", "row"), REQUIRED)
def test_a_required_section_is_satisfied_by_its_example(name: str, row: dict[str, Any]) -> None:
    section = next(section for section in catalog.profile(name).required if section.name == row["name"])
    assert any(pattern.compiled.search(row["example"]) for pattern in section.headings)
    assert section.source


@pytest.mark.parametrize("name", sorted({name for name, _ in (param.values for param in REQUIRED)}))
def test_a_report_of_all_the_examples_lacks_no_section(name: str) -> None:
    profile = catalog.profile(name)
    headings = [row["example"] for row in parsed(f"profiles/{name}.toml")["required"]]
    blocks = [Block(f"p{number}", heading) for number, heading in enumerate(["甲局报告", *headings])]
    assert list(sections.missing(Document("-", "txt", tuple(blocks)), profile, "")) == []
    for left_out in range(1, len(blocks)):
        rest = [block for number, block in enumerate(blocks) if number != left_out]
        names = [lint.facts["name"] for lint in sections.missing(Document("-", "txt", tuple(rest)), profile, "")]
        assert names in ([], [profile.required[left_out - 1].name])
