"""What the classes of all files share."""

from typing import ClassVar, Literal

from msgspec import Struct

Numeral = Literal["chinese", "arabic", "circled"]


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """A table within a file; its templates may hold the names in ``marks``, in braces."""

    marks: ClassVar[frozenset[str]] = frozenset()


class Spoken(Row, frozen=True):
    """What is said in two languages."""

    zh: str
    en: str

    def text(self, language: Literal["zh", "en"]) -> str:
        """The text in the language asked for."""
        return self.zh if language == "zh" else self.en


class Table(Row, frozen=True):
    """A whole file, named ``file`` in ``patterns/``."""

    file: ClassVar[str]
