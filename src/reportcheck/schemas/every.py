"""The class of each file."""

from collections.abc import Mapping
from types import MappingProxyType

from reportcheck.schemas.across import Across
from reportcheck.schemas.base import Row, Table
from reportcheck.schemas.figures import Equations, Fiscal, Hedges, Malformed, Numerals, Stops, Units
from reportcheck.schemas.notice import Notice
from reportcheck.schemas.phrases import Anniversaries, Durations, Outcomes, Placeholders, Statements
from reportcheck.schemas.reading import Captions, Encodings, Reading, ReadingDocx, ReadingWorkbook
from reportcheck.schemas.sentences import Connectors, Counting, Identities, Indicators, Rates, Roles, Sides
from reportcheck.schemas.tables import Tables
from reportcheck.schemas.texts import Profile, RuleFile
from reportcheck.schemas.wholes import Dates, Names, Outline, Periods, References, Structure

_TABLES: tuple[type[Table], ...] = (
    *(Across, Anniversaries, Captions, Connectors, Counting, Dates, Durations, Encodings, Equations, Fiscal, Hedges),
    *(Identities, Indicators, Malformed, Names, Notice, Numerals, Outcomes, Outline, Periods, Placeholders, Rates),
    *(Reading, ReadingDocx, ReadingWorkbook, References, Roles, Sides, Statements, Stops, Structure, Tables, Units),
)
SCHEMAS: Mapping[str, type[Table]] = MappingProxyType({table.file: table for table in _TABLES})
"""The classes of the files that the program reads by their name."""

FOLDERS: Mapping[str, type[Row]] = MappingProxyType({"rules": RuleFile, "profiles": Profile})
"""The classes of all the files in a folder."""
