"""A worker checks thousands of files: what it keeps of their words does not grow with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reportcheck.catalog import recently_cached, use
from reportcheck.extract import identity
from reportcheck.rules import phrases, reach


@pytest.mark.parametrize("function", [identity.marks, identity.bare, phrases.subject_of, reach._bare])
def test_what_is_kept_of_the_words_of_reports_is_bounded(function: Any) -> None:
    most = function.cache_info().maxsize
    for number in range(most + 10):
        function(f"第{number}条")
    assert function.cache_info().currsize == most


def test_it_is_forgotten_with_the_patterns() -> None:
    calls: list[str] = []
    kept: Callable[[str], None] = recently_cached(calls.append)
    kept("a")
    kept("a")
    assert calls == ["a"]
    use(None)
    kept("a")
    assert calls == ["a", "a"]
