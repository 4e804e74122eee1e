"""What the equations of each file say of its figures, for figures that names alone tell to be one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportcheck import judge
from reportcheck.audit.about import About
from reportcheck.audit.said import prefix_of, prefixed
from reportcheck.extract.prose import read_prose
from reportcheck.extract.tabular import read_sheets
from reportcheck.model import Verdict
from reportcheck.near import alone
from reportcheck.rules import propose


class Spoken:
    """The verdicts on the questions that each file asks of itself; asked only where they are needed."""

    def __init__(self, files: Sequence[About]) -> None:
        self._files: Mapping[str, tuple[int, About]] = {of.name: (number, of) for number, of in enumerate(files)}
        self._verdicts: dict[str, tuple[Verdict, ...]] = {}

    def leaves(self, files: Sequence[str], verdict: Verdict) -> bool:
        """Whether no equations speak for both figures of a near miss between two files."""
        held = [each for file in files for each in self._of(file)]
        return verdict in list(alone([*held, verdict]))

    def _of(self, file: str) -> tuple[Verdict, ...]:
        if file not in self._verdicts:
            number, of = self._files[file]
            document = prefixed(of.document, prefix_of(number))
            questions = propose(document, read_prose(document), read_sheets(document), of.head)
            self._verdicts[file] = judge.judge_all(questions)
        return self._verdicts[file]
