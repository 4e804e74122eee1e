"""Finds a browser of the Chromium family; run by itself it says which, and fails where there is none."""

from __future__ import annotations

import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")


def find() -> str | None:
    """The path of the first one on PATH."""
    return next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    print(find() or "no browser on PATH")
    sys.exit(find() is None)
