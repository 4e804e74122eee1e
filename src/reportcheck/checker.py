"""One report, whole: read → extract → propose → judge → find."""

from __future__ import annotations

import hashlib
from decimal import localcontext
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from reportcheck import find
from reportcheck.catalog import BUILT_IN, Catalog, Language, profile, rules, using
from reportcheck.defects import kept_apart, one_place
from reportcheck.extract.head import Head
from reportcheck.extract.head import head as read_head
from reportcheck.extract.prose import read_prose
from reportcheck.extract.tabular import cell_facts, read_sheets
from reportcheck.judge import judge_all
from reportcheck.model import Document, Report
from reportcheck.numerals import ARITHMETIC
from reportcheck.rules import limits, lint, propose


class Settings(Struct, frozen=True):
    """How to check: the language of the findings, the profile, the rules or families chosen, and the pattern data."""

    language: Language = "zh"
    profile: str = "default"
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    catalog: Catalog = BUILT_IN

    def wants(self, rule_id: str) -> bool:
        """Whether a rule is to be run: by its id, its family, and what the profile leaves out."""
        with using(self.catalog):
            return self.chooses({rule_id, rules()[rule_id].family})

    def chooses(self, names: set[str]) -> bool:
        """The same of a rule by the names that it goes by."""
        if self.select and not names & self.select:
            return False
        with using(self.catalog):
            return not names & (self.ignore | profile(self.profile).ignore)


DEFAULT = Settings()


def check(path: str | Path, settings: Settings = DEFAULT) -> Report:
    """Reads and checks one file. Raises :class:`reportcheck.errors.ReadError` where it cannot be read."""
    from reportcheck.read import read

    with using(settings.catalog):
        return check_document(read(Path(path)), settings)


def check_text(text: str, settings: Settings = DEFAULT) -> Report:
    """Checks a text as if it were a text file."""
    from reportcheck.read.txt import blocks_of

    digest = hashlib.sha256(text.encode()).hexdigest()
    with using(settings.catalog):
        with kept_apart() as defects:
            blocks, tables = blocks_of(text)
        return check_document(Document("-", "txt", blocks, tables, defects.notices(), digest), settings)


def check_document(document: Document, settings: Settings = DEFAULT) -> Report:
    """The whole flow after reading. What a defect of the program keeps from being checked is told in a notice."""
    with using(settings.catalog), localcontext(ARITHMETIC), kept_apart() as defects:
        report = _checked(document, settings)
    document = replace(report.document, notices=(*report.document.notices, *defects.notices()))
    return replace(report, document=document)


def _checked(document: Document, settings: Settings) -> Report:
    head = Head()
    with one_place("head-defect", ""):
        head = read_head(document)
    passages = read_prose(document)
    sheets = read_sheets(document)
    facts = (*(mention.fact for passage in passages for mention in passage.mentions), *cell_facts(sheets))
    questions = (q for q in propose(document, passages, sheets, head) if settings.wants(q[0].rule))
    verdicts = judge_all(questions)
    found = lint(document, sheets, head, profile(settings.profile))
    lints = [defect for defect in found if settings.wants(defect.rule)]
    findings = [
        *find.from_verdicts(verdicts, settings.language),
        *find.from_lints(lints, document, settings.language),
    ]
    document = replace(document, notices=(*document.notices, *limits(passages, len(facts))))
    return Report(document, head.title, head.unit, head.year, facts, verdicts, find.ordered(findings, document))
