"""``python -m reportcheck``."""

from __future__ import annotations

import sys

from reportcheck.cli import main

if __name__ == "__main__":
    sys.exit(main())
