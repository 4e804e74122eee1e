"""Files for tests that work in a folder of their own (the fixture ``here``)."""

from __future__ import annotations

from pathlib import Path


def write(name: str, text: str) -> Path:
    """A text file, with the folders above it."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
