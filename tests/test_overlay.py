"""A user's own folder of patterns: what it changes, what is refused, and that several can be used at once."""

from __future__ import annotations

import pickle
import re
import threading
from pathlib import Path

import pytest

from reportcheck import catalog
from reportcheck.catalog import BUILT_IN, Catalog, message, rules, table, using
from reportcheck.checker import Settings, check_text
from reportcheck.errors import CatalogError
from reportcheck.model import Report
from reportcheck.quantities import find_quantities
from reportcheck.render.forms import FORMS
from reportcheck.result import Result

OWN_STOP = "[[stop]]\nname = 'own'\npattern = '编组\\d+'\nexample = '编组12'\n"


def write(folder: Path, name: str, text: str) -> Path:
    """A file of a user's folder."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def figures(text: str) -> list[str]:
    return [quantity.text for quantity in find_quantities(text, "p1")]


# --- what it changes --------------------------------------------------------------------------


def test_rows_of_a_users_folder_come_first(tmp_path: Path) -> None:
    write(tmp_path, "stops.toml", OWN_STOP)
    built_in_rows = len(table("stops")["stop"])
    assert figures("编组12支出3万元") == ["12", "3万元"]
    with using(Catalog.over(tmp_path)):
        assert figures("编组12支出3万元") == ["3万元"]
        assert table("stops")["stop"][0]["name"] == "own"
        assert len(table("stops")["stop"]) == built_in_rows + 1
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
