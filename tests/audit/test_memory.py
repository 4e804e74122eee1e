"""A worker checks thousands of files: what it keeps of their words does not grow with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reportcheck.catalog import BUILT_IN, Catalog, recently_cached, using
from reportcheck.extract import identity, indicators
from reportcheck.relations import reach


@pytest.mark.parametrize("function", [identity.marks, identity.bare, indicators.found_in, reach._bare])
def test_what_is_kept_of_the_words_of_reports_is_bounded(function: Any) -> None:
    function("第0条")
    kept: Any = BUILT_IN.kept[function.__wrapped__]
    most = kept.cache_info().maxsize
    for number in range(most + 10):
        function(f"第{number}条")
    assert kept.cache_info().currsize == most


def test_it_is_kept_apart_for_each_catalogue() -> None:
    calls: list[str] = []
    kept: Callable[[str], None] = recently_cached(calls.append)
    kept("a")
    kept("a")
    assert calls == ["a"]
    with using(Catalog()):
        kept("a")
    kept("a")
    assert calls == ["a", "a"]
