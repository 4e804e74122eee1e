"""What is kept between runs: equal to what it stands for, never in the way, and no word of a report."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from reportcheck import precompiled
from reportcheck.catalog import names, patterns_directory, table
from reportcheck.overlay import _regexes
from reportcheck.schemas.every import SCHEMAS

SAMPLE = Path(__file__).parents[1] / "samples" / "reports" / "county-forestry-bureau-2023.txt"
EXPRESSIONS = sorted({str(regex) for schema in SCHEMAS.values() for _, regex, marks in _regexes(table(schema), "")})


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place of its own for what is kept."""
    kept = tmp_path / "__pycache__" / "precompiled.patterns"
    monkeypatch.setattr(precompiled, "_path", lambda: kept)
    precompiled._kept.cache_clear()
    yield kept
    precompiled._kept.cache_clear()


def again() -> None:
    """As if a new run began."""
    precompiled.keep()
    precompiled._kept.cache_clear()


def test_every_expression_is_the_one_that_re_compiles(path: Path) -> None:
    valid = [text for text in EXPRESSIONS if _compiles(text)]
    assert len(valid) > 500
    for _ in range(2):
        assert [text for text in valid if precompiled.expression(text) != re.compile(text)] == []
        again()


def _compiles(text: str) -> bool:
    """Templates with names in braces are compiled when they are filled."""
    try:
        return bool(re.compile(text))
    except re.error:
        return False


def test_groups_and_flags_are_kept(path: Path) -> None:
    text = r"(?xi) (?P<one>a+) (b)? (?P<two>c) "
    for _ in range(2):
        found = precompiled.expression(text).fullmatch("AAbc")
        assert found is not None
        assert (found.groupdict(), found.groups()) == ({"one": "AA", "two": "c"}, ("AA", "b", "c"))
        again()
    assert path.exists()


def test_a_broken_expression_is_refused_as_by_re(path: Path) -> None:
    with pytest.raises(re.error, match="unterminated"):
        precompiled.expression("(a")


def test_every_file_is_what_toml_says(path: Path) -> None:
    texts = [(patterns_directory() / f"{name}.toml").read_text(encoding="utf-8") for name in sorted(names())]
    for text in texts:
        precompiled.tables(text, tomllib.loads)
    again()
    assert [text for text in texts if precompiled.tables(text, _never) != tomllib.loads(text)] == []


def _never(text: str) -> dict[str, object]:
    raise AssertionError("was to be kept")


@pytest.mark.parametrize("content", [b"", b"\xc1", b"no such thing", msgspec.msgpack.encode(["another", "0", {}, {}])])
def test_what_cannot_be_used_is_made_anew(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert precompiled.expression("甲+").fullmatch("甲甲")
    again()
    assert precompiled.expression("甲+").fullmatch("甲甲")
    assert path.read_bytes() != content


def test_a_program_that_python_refuses_costs_nothing_but_time(path: Path) -> None:
    precompiled.expression("甲+")
    kept = precompiled._kept()
    kept.expressions["甲+"] = precompiled._Expression(0, b"\xff\xff\xff\xff", 0, {}, (None,))
    assert precompiled.expression("甲+").fullmatch("甲甲")


def test_a_place_that_cannot_be_written_is_left_alone(path: Path) -> None:
    path.parent.write_text("a file where the folder would be")
    precompiled.expression("甲+")
    precompiled.keep()
    assert path.parent.is_file()


def test_a_run_keeps_expressions_of_pattern_files_only(tmp_path: Path) -> None:
    """Neither a second run nor the words of a report change what the first run of the same rules has kept."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(tmp_path / "cache")
    other = tmp_path / "other.txt"
    other.write_text(SAMPLE.read_text(encoding="utf-8").replace("林业", "鸱鸮"), encoding="utf-8")
    for file in (SAMPLE, other):
        command = [sys.executable, "-m", "reportcheck", "check", str(file)]
        assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode in (0, 1)
    (kept,) = (tmp_path / "cache").rglob("*.patterns")
    assert "鸱鸮".encode() not in kept.read_bytes()
