"""The run that all forms are drawn of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from whole_run import whole_run

from reportcheck.result import Result


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Result]:
    """In the folder in which its files are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("reports"))
        yield whole_run()
