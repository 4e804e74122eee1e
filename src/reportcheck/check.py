"""One report, whole: read → extract → propose → judge → find."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from reportcheck import find
from reportcheck.catalog import Language
from reportcheck.extract.prose import read_prose
from reportcheck.judge import judge
from reportcheck.model import Block, Document, Origin, Report
from reportcheck.rules import propose


@dataclass(frozen=True, slots=True)
class Settings:
    """How to check: the language of the findings, the profile, and the rules or families chosen."""

    language: Language = "zh"
    profile: str = "default"
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()


DEFAULT = Settings()


def check(path: str | Path, settings: Settings = DEFAULT) -> Report:
    """Reads and checks one file. Raises :class:`reportcheck.errors.ReadError` where it cannot be read."""
    from reportcheck.read import read

    return check_document(read(Path(path)), settings)


def check_text(text: str, settings: Settings = DEFAULT) -> Report:
    """Checks a text, each line a paragraph."""
    blocks = tuple(
        Block(f"p{number}", line.strip(), origin=Origin(line=number))
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return check_document(Document("-", "txt", blocks, sha256=digest), settings)


def check_document(document: Document, settings: Settings = DEFAULT) -> Report:
    """The whole flow after reading."""
    passages = read_prose(document)
    facts = tuple(mention.fact for passage in passages for mention in passage.mentions)
    verdicts = tuple(v for question in propose(document, passages) if (v := judge(question)) is not None)
    findings = find.ordered(find.from_verdicts(verdicts, settings.language), document)
    return Report(document, "", "", None, facts, verdicts, findings)
