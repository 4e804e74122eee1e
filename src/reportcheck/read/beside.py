"""The files that lie beside a report: attachments are often files of their own."""

from __future__ import annotations

import os
from pathlib import Path

from reportcheck.outputs import is_output


def names_beside(path: str) -> tuple[str, ...]:
    """The names, without suffix, of the other files in the folder of a file, in order; none where there is no such
    file (a text from elsewhere), none of its own copies in other formats, and none that this program wrote."""
    file = Path(path)
    try:
        if not file.is_file():
            return ()
        names = sorted(entry.name for entry in os.scandir(file.parent) if entry.is_file())
    except OSError:
        return ()
    others = (Path(name) for name in names if not name.startswith(("~$", ".")))
    return tuple(other.stem for other in others if other.stem != file.stem and not is_output(other))
