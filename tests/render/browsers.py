"""Finds a browser of the Chromium family; run by itself it says which, and fails where there is none."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")


def find() -> str | None:
    """The path of the first one on PATH."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def started() -> Iterator[Any]:
    """A browser that draws; the test is skipped where there is none, or no font at all, so that nothing has a size."""
    import pytest

    playwright = pytest.importorskip("playwright.sync_api")
    path = find()
    if path is None:
        pytest.skip(f"no browser on PATH: looked for {', '.join(NAMES)}")
    with playwright.sync_playwright() as driver:
        # The pages are our own and load nothing: a sandbox is not to be had in every container.
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content("<span>a</span>")
        if not page.evaluate("document.querySelector('span').offsetWidth"):
            pytest.skip("the browser has no font at all: what is drawn has no size")
        page.close()
        yield browser
        browser.close()


if __name__ == "__main__":
    print(find() or "no browser on PATH")
    sys.exit(find() is None)
