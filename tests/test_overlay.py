"""A user's own folder of patterns: what it changes, what is refused, and that several can be used at once."""

from __future__ import annotations

import ast
import json
import pickle
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec import structs

from reportcheck import catalog
from reportcheck.catalog import BUILT_IN, Catalog, Language, built_in, message, names, rules, table, using
from reportcheck.checker import Settings, check_text
from reportcheck.errors import CatalogError
from reportcheck.model import Report
from reportcheck.overlay import validate
from reportcheck.quantities import find_quantities
from reportcheck.regexes import Template
from reportcheck.render.forms import FORMS
from reportcheck.result import Result
from reportcheck.schemas.base import Row, Table
from reportcheck.schemas.every import FOLDERS, SCHEMAS
from reportcheck.schemas.figures import Stops

LANGUAGES: tuple[Language, ...] = ("zh", "en")
ROLE = "[[role]]\nrole = 'rate'\n"
OWN_STOP = "[[stop]]\nname = 'own'\npattern = '编组\\d+'\nexample = '编组12'\n"


def write(folder: Path, name: str, text: str) -> Path:
    """A file of a user's folder."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def tables_in(node: Any) -> Iterator[dict[str, Any]]:
    """Every table in parsed data."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from tables_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from tables_in(value)


def figures(text: str) -> list[str]:
    return [quantity.text for quantity in find_quantities(text, "p1")]


# --- what it changes --------------------------------------------------------------------------


def test_rows_of_a_users_folder_come_first(tmp_path: Path) -> None:
    write(tmp_path, "stops.toml", OWN_STOP)
    built_in_rows = len(table(Stops).stop)
    assert figures("编组12支出3万元") == ["12", "3万元"]
    with using(Catalog.over(tmp_path)):
        assert figures("编组12支出3万元") == ["3万元"]
        assert table(Stops).stop[0].name == "own"
        assert len(table(Stops).stop) == built_in_rows + 1
    assert figures("编组12支出3万元") == ["12", "3万元"]


def test_a_users_text_replaces_the_built_in_one(tmp_path: Path) -> None:
    write(tmp_path, "messages.zh.toml", '[severity]\nerror = "必改"\n')
    note = message("zh", "severity.note")
    with using(Catalog.over(tmp_path)):
        assert message("zh", "severity.error") == "必改"
        assert message("zh", "severity.note") == note


def test_a_users_folder_changes_a_rule(tmp_path: Path) -> None:
    write(tmp_path, "rules/rate-mismatch.toml", 'severity = "note"\n')
    with using(Catalog.over(tmp_path)):
        assert rules()["rate-mismatch"].severity == "note"
        assert rules()["rate-mismatch"].family == "rate"


def test_a_users_folder_changes_the_fingerprint(tmp_path: Path) -> None:
    assert re.fullmatch("[0-9a-f]{64}", BUILT_IN.fingerprint)
    write(tmp_path, "messages.zh.toml", '[severity]\nerror = "必改"\n')
    own = Catalog.over(tmp_path)
    assert own.fingerprint != BUILT_IN.fingerprint
    with using(own):
        assert catalog.fingerprint() == own.fingerprint
    assert catalog.fingerprint() == BUILT_IN.fingerprint


def test_a_users_profile_is_found_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, "profiles/county.toml", 'title = "县级部门"\nignore = ["mixed-width"]\n')
    assert "county" not in catalog.profiles()
    with using(Catalog.over(tmp_path)):
        assert "county" in catalog.profiles()
        assert catalog.profile("county").ignore == {"mixed-width"}


# --- a value ----------------------------------------------------------------------------------

TEXT = "甲县水利局2022年度部门整体支出绩效自评报告\n培训预算60万元，支出52.05万元，执行率为86.57%。\n"


def severities(report: Report) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in report.findings]


@pytest.fixture
def milder(tmp_path: Path) -> Catalog:
    """A wrong rate is a note."""
    write(tmp_path, "milder/rules/rate-mismatch.toml", 'severity = "note"\n')
    return Catalog.over(tmp_path / "milder")


@pytest.fixture
def silent(tmp_path: Path) -> Catalog:
    """A percentage is no figure."""
    row = "[[stop]]\nname = 'own'\npattern = '\\d+\\.\\d+%'\nexample = '1.1%'\n"
    write(tmp_path, "silent/stops.toml", row)
    return Catalog.over(tmp_path / "silent")


def test_two_catalogues_are_checked_with_in_turn(milder: Catalog, silent: Catalog) -> None:
    expected = {BUILT_IN: [("rate-mismatch", "error")], milder: [("rate-mismatch", "note")], silent: []}
    for used in (milder, BUILT_IN, silent, milder, silent, BUILT_IN):
        assert severities(check_text(TEXT, Settings(catalog=used))) == expected[used]
    assert catalog.current() is BUILT_IN


def test_two_catalogues_are_checked_with_at_the_same_time(milder: Catalog, silent: Catalog) -> None:
    expected = {BUILT_IN: [("rate-mismatch", "error")], milder: [("rate-mismatch", "note")], silent: []}
    found: dict[Catalog, list[list[tuple[str, str]]]] = {used: [] for used in expected}
    together = threading.Barrier(len(expected))

    def work(used: Catalog) -> None:
        for _ in range(3):
            together.wait()
            found[used].append(severities(check_text(TEXT, Settings(catalog=used))))

    threads = [threading.Thread(target=work, args=(used,)) for used in expected]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {used: [severity] * 3 for used, severity in expected.items()}


def test_a_form_is_drawn_with_the_catalogue_of_its_result(tmp_path: Path) -> None:
    write(tmp_path, "messages.zh.toml", '[severity]\nerror = "必改"\n')
    settings = Settings(catalog=Catalog.over(tmp_path))
    result = Result([check_text(TEXT, settings)], settings=settings)
    drawn = FORMS["markdown"].draw(result).decode()
    assert "必改" in drawn
    assert settings.catalog.fingerprint in drawn


def test_a_catalogue_is_handed_to_another_process_by_value(tmp_path: Path) -> None:
    file = write(tmp_path, "stops.toml", OWN_STOP)
    own = Catalog.over(tmp_path)
    handed = pickle.dumps(own)
    file.unlink()
    # In one process equal catalogues are one, so that nothing is compiled twice.
    assert pickle.loads(handed) is own
    assert pickle.loads(pickle.dumps(BUILT_IN)) is BUILT_IN
    assert own != BUILT_IN


# --- what is refused --------------------------------------------------------------------------


def refused(folder: Path) -> CatalogError:
    with pytest.raises(CatalogError) as raised:
        Catalog.over(folder)
    return raised.value


@pytest.mark.parametrize(
    "content",
    [b"[[stop]\nname = 1\n", b"name = '\xff\xfe'\n", b"[[stop]]\nname = \n"],
    ids=["syntax", "bytes", "value"],
)
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "stops.toml"
    file.write_bytes(content)
    error = refused(tmp_path)
    assert (error.code, error.facts["file"]) == ("pattern-file-broken", str(file))
    assert error.facts["detail"]


def test_a_row_of_the_wrong_kind_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, "stops.toml", 'stop = "编组"\n')
    error = refused(tmp_path)
    assert (error.code, error.facts["file"], error.facts["row"]) == ("pattern-row-wrong", str(file), "stop")


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    assert refused(tmp_path / "none").facts == {"folder": str(tmp_path / "none")}


@pytest.mark.parametrize(
    ("name", "text", "code", "row", "fact"),
    [
        ("stops", "[[stop]]\nname = 'a'\npatern = 'x'\n", "pattern-key-unknown", "stop[1].patern", "pattern"),
        ("stops", "[[stops]]\nname = 'a'\npattern = 'x'\n", "pattern-key-unknown", "stops", "stop"),
        ("stops", "[[stop]]\nname = 'a'\n", "pattern-key-missing", "stop[1].pattern", None),
        ("stops", "[[stop]]\nname = 'a'\npattern = 3\n", "pattern-row-wrong", "stop[1].pattern", "got `int`"),
        ("captions", "[caption]\nlongest = '60'\n", "pattern-row-wrong", "caption.longest", "str"),
        ("stops", "[[stop]]\nname = 'a'\npattern = '('\n", "pattern-regex-syntax", "stop[1].pattern", "position 0"),
        ("stops", "[[stop]]\nname = 'a'\npattern = '(?i)a'\n", "pattern-regex-flags", "stop[1].pattern", "(?i)"),
        ("stops", "[[stop]]\nname = 'a'\npattern = '(a)\\1'\n", "pattern-regex-reference", "stop[1].pattern", "\\1"),
        ("stops", "[[stop]]\nname = 'a'\npattern = '(?P<n>a)'\n", "pattern-regex-group", "stop[1].pattern", "(?P<"),
        ("tables", "[header]\nmark = '(?P<n>a)(?P<n>b)'\n", "pattern-regex-syntax", "header.mark", "redefinition"),
        ("tables", "[total]\nnot = '['\n", "pattern-regex-syntax", "total.not", "unterminated"),
        ("tables", "[stages]\ncolumns = [['a', '(']]\n", "pattern-regex-syntax", "stages.columns[1][2]", "position 0"),
        ("roles", f"{ROLE}kinds = ['ratio']\nhead = 'a{{cup}}'\n", "pattern-regex-mark", "role[1].head", "{cup}"),
        ("roles", f"{ROLE}kinds = ['amounts']\nhead = 'a'\n", "pattern-row-wrong", "role[1].kinds[1]", "amounts"),
        ("rules/rate-mismatch", "severity = 'fatal'\n", "pattern-row-wrong", "severity", "fatal"),
        ("rules/rate-mismatch", "severty = 'note'\n", "pattern-key-unknown", "severty", "severity"),
        ("rules/rate-mismatch", "[zh]\nmessage = '{stated}和{sum}'\n", "pattern-text-facts", "zh.message", "sum"),
        ("messages.zh", "[severity]\nerrors = 'x'\n", "pattern-key-unknown", "severity.errors", "error"),
        ("messages.zh", "[severity]\nerror = 1\n", "pattern-row-wrong", "severity.error", "int"),
        ("messages.zh", "[severity]\nerror = '{'\n", "pattern-row-wrong", "severity.error", "Single"),
        ("messages.zh", "[severity]\nerror = '{count}'\n", "pattern-text-facts", "severity.error", "count"),
        ("profiles/own", "[[required]]\nname = 'a'\nheadings = []", "pattern-key-missing", "required[1].source", None),
        ("profiles/own", "ignore = ['rate-mismach']\n", "pattern-key-unknown", "ignore.rate-mismach", "rate-mismatch"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_file_and_row(
    tmp_path: Path, name: str, text: str, code: str, row: str, fact: str | None
) -> None:
    file = write(tmp_path, f"{name}.toml", text)
    error = refused(tmp_path)
    assert (error.code, error.facts["file"], error.facts["row"]) == (code, str(file), row)
    if fact is not None:
        assert fact in str(error.facts.get("near", error.facts.get("detail")))
    for language in LANGUAGES:
        assert str(error.facts["row"]) in message(language, f"usage.{error.code}", **error.facts)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("stop.toml", "stops.toml"),
        ("stops.toml.txt", "stops.toml"),
        ("stops.TOML", "stops.toml"),
        ("rules/rate-mismach.toml", "rules/rate-mismatch.toml"),
        ("profiles/deep/own.toml", "profiles/default.toml"),
    ],
)
def test_a_file_of_another_name_is_refused(tmp_path: Path, name: str, near: str) -> None:
    file = write(tmp_path, name, "")
    error = refused(tmp_path)
    assert (error.code, error.facts["file"]) == ("pattern-file-unknown", str(file))
    assert near in str(error.facts["near"])
    for language in LANGUAGES:
        assert str(file) in message(language, "usage.pattern-file-unknown", **error.facts)


def test_what_is_no_pattern_file_may_lie_beside_them(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "自备规则")
    write(tmp_path, ".git/config.toml", "[")
    assert Catalog.over(tmp_path) is BUILT_IN


def test_all_files_are_validated_before_anything_is_checked(tmp_path: Path) -> None:
    write(tmp_path, "hedges.toml", "[[hedge]]\nbound = 'about'\nafter = ['光景']\n")
    file = write(tmp_path, "reading_docx.toml", "[styles]\ntitle = '('\n")
    assert refused(tmp_path).facts["file"] == str(file)


@pytest.mark.parametrize("name", sorted(names()))
def test_every_built_in_file_is_valid(name: str) -> None:
    validate(name, built_in(name), name)


@pytest.mark.parametrize(("name", "schema"), SCHEMAS.items())
def test_every_class_is_that_of_a_file(name: str, schema: type[Table]) -> None:
    assert isinstance(table(schema), schema)
    assert name in names()


def test_every_file_has_its_class() -> None:
    assert {name for name in names() if "/" not in name or name.startswith("lexicons/")} - set(SCHEMAS) == {
        "messages.zh",
        "messages.en",
    }
    assert {name.partition("/")[0] for name in names() if "/" in name} == {*FOLDERS, "lexicons"}


def read_names() -> set[str]:
    """Every name that the code might read a key by: an attribute, or a text."""
    nodes = [
        node
        for path in Path(catalog.__file__).parent.rglob("*.py")
        if "schemas" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    ]
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return attributes | {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def put_in(name: str) -> set[str]:
    """The words in braces of a file, which are put in by their names."""
    return set(re.findall(r"\{([a-z_]+)\}", json.dumps(built_in(name), ensure_ascii=False)))


def keys_of(schema: type[Row]) -> Iterator[str]:
    for key in structs.fields(schema):
        yield key.name
        inner = [key.type]
        for kind in inner:
            inner += get_args(kind)
            if isinstance(kind, type) and issubclass(kind, Row):
                yield from keys_of(kind)


@pytest.mark.parametrize(("name", "schema"), [*SCHEMAS.items(), *FOLDERS.items()])
def test_every_key_is_read(name: str, schema: type[Row]) -> None:
    words = put_in(name) if name in SCHEMAS else set()
    assert set(keys_of(schema)) - read_names() - words == set()


@pytest.mark.parametrize("name", sorted(names()))
def test_an_example_is_one_of_its_row(name: str) -> None:
    named = [(row, key) for row in tables_in(built_in(name)) for key in row if key.endswith(("_example", "_examples"))]
    plain = [(row, re.sub("_examples?$", "", key)) for row, key in named]
    assert [key for row, key in plain if key not in row and key.removeprefix("not_") not in (*row, "not")] == []


# --- what is put together -------------------------------------------------------------------------


def test_a_row_does_not_reach_into_its_neighbour(tmp_path: Path) -> None:
    # Neither alternatives nor a comment of the verbose form go on in the next row.
    rows = ["编组\\d+|", "(?x: 批组\\d+ # of a list\n)"]
    write(tmp_path, "stops.toml", "".join(f"[[stop]]\nname = 'own'\npattern = '''{row}'''\n" for row in rows))
    with using(Catalog.over(tmp_path)):
        assert figures("编组12，批组13，〔2023〕15号，支出3万元") == ["3万元"]


@pytest.mark.parametrize(("template", "filled"), [("{cop}$", "(?:为|是)$"), ("[{]{2}{cop}+", "[{]{2}(?:为|是)+")])
def test_words_stay_together_where_they_are_put_in(template: str, filled: str) -> None:
    assert Template(template).filled(cop="为|是") == filled
