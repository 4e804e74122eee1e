"""The ledger of an audit: an SQLite file that holds what was found out about each file, and what was decided.

Every result is written as it comes, in a transaction of its own: a run that is killed loses nothing that it told of.
Two runs at once wait for each other's writes. What depends on the clock stands in ``runs`` alone, so that the other
tables are the same whatever the order and the interruptions in which they were filled.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple, fields

from reportcheck import __version__
from reportcheck.audit.across import Across, Compared, Spot
from reportcheck.audit.inspect import LOST, Found, Inspection
from reportcheck.catalog import current
from reportcheck.checker import Settings
from reportcheck.errors import UsageError

SCHEMA = 1
_PATIENCE = 60.0
_COLUMNS = [field.name for field in fields(Inspection) if field.name not in ("findings", "across", "page")]
_FOUND = [field.name for field in fields(Found)]
_DECIDED = ["decision", "reason", "author", "date"]
_ACROSS = ["rule", "severity", "fingerprint", "message", "submissions", "spots"]
_TABLES = f"""
create table if not exists runs (
  id integer primary key, began text not null, ended text, version text not null, catalog text not null,
  settings text not null, folder text not null
);
create table if not exists files (
  name text primary key, submission text not null, key text not null, sha256 text not null, code text not null,
  message text not null, kind text not null, title text not null, unit text not null, year integer,
  figures integer not null, checked integer not null, details blob not null, passages blob not null
) without rowid;
create table if not exists findings (
  file text not null references files(name) on delete cascade, number integer not null, rule text not null,
  severity text not null, fingerprint text not null, message text not null, place text not null, text text not null,
  primary key (file, number)
) without rowid;
create index if not exists findings_by_rule on findings (rule, severity);
create table if not exists comparisons (
  scope text primary key, key text not null, code text not null, message text not null
) without rowid;
create table if not exists across (
  scope text not null references comparisons(scope) on delete cascade, number integer not null, rule text not null,
  severity text not null, fingerprint text not null, message text not null, submissions text not null,
  spots text not null, primary key (scope, number)
) without rowid;
create table if not exists decisions (
  submission text not null, fingerprint text not null, decision text not null check (
    decision in ('accepted', 'confirmed', 'returned')),
  reason text not null, author text not null, date text not null,
  primary key (submission, fingerprint)
) without rowid;
pragma user_version = {SCHEMA};
"""


class Decided(Struct, frozen=True):
    """What a reviewer decided of a finding: ``accepted`` (it may stand), ``confirmed`` (it is a mistake) or
    ``returned`` (it was sent back to the unit); why, who, and when (``YYYY-MM-DD``)."""

    decision: str
    reason: str
    author: str
    date: str


class Ledger:
    """An open ledger; use it as a context."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
            self._prepare()
        except sqlite3.OperationalError as error:
            raise UsageError("ledger-unwritable", path=path, detail=error) from None
        except sqlite3.DatabaseError as error:
            raise UsageError("ledger-broken", path=path, detail=error) from None

    def _prepare(self) -> None:
        run = self._connection.execute
        version = int(run("pragma user_version").fetchone()[0])
        if version > SCHEMA:
            raise UsageError("ledger-newer", path=self.path)
        run("pragma journal_mode = wal")
        run("pragma synchronous = normal")
        run("pragma foreign_keys = on")
        if version < SCHEMA:
            with self._writing():
                for statement in _TABLES.split(";"):
                    run(statement)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    # --- runs ---

    @contextmanager
    def running(self, folder: Path, settings: Settings) -> Iterator[None]:
        """Notes when a run began, of what and how, and when it ended: a run that was killed has no end."""
        options = [settings.language, settings.profile, sorted(settings.select), sorted(settings.ignore)]
        with self._writing():
            columns = ["began", "version", "catalog", "settings", "folder"]
            how = json.dumps(options, ensure_ascii=False)
            told = [_now(), __version__, settings.catalog.fingerprint, how, str(folder)]
            self._insert("runs", columns, told)
            run = self._connection.execute("select last_insert_rowid()").fetchone()[0]
        yield
        with self._writing():
            self._connection.execute("update runs set ended = ? where id = ?", (_now(), run))

    def folder(self) -> Path:
        """The folder that was audited last."""
        row = self._connection.execute("select folder from runs order by id desc limit 1").fetchone()
        return Path(row[0]) if row else Path()

    def settings(self) -> Settings:
        """How it was audited last, with the patterns in use now."""
        row = self._connection.execute("select settings from runs order by id desc limit 1").fetchone()
        if row is None:
            return Settings(catalog=current())
        language, profile, select, ignore = json.loads(row[0])
        return Settings(language, profile, frozenset(select), frozenset(ignore), current())

    # --- files ---

    def keys(self) -> dict[str, str]:
        """What is known: the key of each file by its name; not of those whose worker was lost, which deserve another
        try."""
        marks = ", ".join("?" * len(LOST))
        return dict(self._connection.execute(f"select name, key from files where code not in ({marks})", LOST))

    def names(self) -> list[str]:
        """The names of all files that have a result."""
        return [name for (name,) in self._connection.execute("select name from files order by name")]

    def put(self, inspections: Iterable[Inspection]) -> None:
        """Writes results, in place of earlier ones of the same files."""
        with self._writing():
            for each in inspections:
                values = [getattr(each, name) for name in _COLUMNS]
                self._insert("files", _COLUMNS, values)
                self._connection.execute("delete from findings where file = ?", (each.name,))
                for found in each.findings:
                    self._insert("findings", ["file", *_FOUND], [each.name, *astuple(found)])

    def _insert(self, table: str, columns: Sequence[str], values: Sequence[object]) -> None:
        marks = ", ".join("?" * len(columns))
        self._connection.execute(f"insert or replace into {table} ({', '.join(columns)}) values ({marks})", values)

    def forget(self, names: Iterable[str]) -> None:
        """Leaves out files that are no longer there."""
        with self._writing():
            self._connection.executemany("delete from files where name = ?", [(name,) for name in names])

    def inspections(self, passages: bool = False) -> Iterator[Inspection]:
        """All results in the order of their names, without their details, and without ``passages`` unless asked for:
        those are large."""
        left_out = {"details"} if passages else {"details", "passages"}
        columns = [f"x'' as {name}" if name in left_out else name for name in _COLUMNS]
        found = self._findings()
        for row in self._connection.execute(f"select {', '.join(columns)} from files order by name"):
            values = dict(zip(_COLUMNS, row, strict=True))
            yield Inspection(**values, findings=tuple(found.get(values["name"], ())))

    def _findings(self) -> dict[str, list[Found]]:
        found: dict[str, list[Found]] = {}
        for file, *row in self._connection.execute(f"select file, {', '.join(_FOUND)} from findings order by 1, 2"):
            found.setdefault(file, []).append(Found(*row))
        return found

    # --- across files ---

    def scopes(self) -> dict[str, str]:
        """The key of each comparison by its scope; not of those whose worker was lost."""
        marks = ", ".join("?" * len(LOST))
        query = f"select scope, key from comparisons where code not in ({marks})"
        return dict(self._connection.execute(query, LOST))

    def all_scopes(self) -> list[str]:
        """The scopes of all comparisons."""
        return [scope for (scope,) in self._connection.execute("select scope from comparisons order by scope")]

    def put_across(self, compared: Compared) -> None:
        """Writes what a comparison found, in place of what it found earlier."""
        with self._writing():
            row = (compared.scope, compared.key, compared.code, compared.message)
            self._connection.execute("delete from across where scope = ?", row[:1])
            self._insert("comparisons", ["scope", "key", "code", "message"], row)
            for number, found in enumerate(compared.findings, 1):
                told = (found.rule, found.severity, found.fingerprint, found.message)
                lists = (json.dumps(found.submissions, ensure_ascii=False), _spots_text(found.spots))
                self._insert("across", ["scope", "number", *_ACROSS], [compared.scope, number, *told, *lists])

    def forget_scopes(self, scopes: Iterable[str]) -> None:
        """Leaves out comparisons of files that are no longer there."""
        with self._writing():
            self._connection.executemany("delete from comparisons where scope = ?", [(scope,) for scope in scopes])

    def across(self) -> Iterator[Across]:
        """All findings across files, by scope."""
        query = "select rule, severity, message, submissions, spots from across order by scope, number"
        for rule, severity, text, submissions, spots in self._connection.execute(query):
            places = tuple(Spot(*spot) for spot in json.loads(spots))
            yield Across(rule, severity, text, tuple(json.loads(submissions)), places)

    def failed_comparisons(self) -> list[tuple[str, str]]:
        """Scope and message of each comparison that could not be made."""
        return list(self._connection.execute("select scope, message from comparisons where code != '' order by scope"))

    # --- decisions ---

    def decide(self, submission: str, fingerprint: str, decided: Decided) -> None:
        """Writes down a decision, in place of an earlier one; it outlives every run."""
        with self._writing():
            self._insert(
                "decisions", ["submission", "fingerprint", *_DECIDED], [submission, fingerprint, *astuple(decided)]
            )

    def decisions(self) -> dict[tuple[str, str], Decided]:
        """All decisions by submission and fingerprint."""
        query = f"select submission, fingerprint, {', '.join(_DECIDED)} from decisions"
        return {(name, mark): Decided(*row) for name, mark, *row in self._connection.execute(query)}


def _spots_text(spots: Iterable[Spot]) -> str:
    return json.dumps([astuple(spot) for spot in spots], ensure_ascii=False)


def _now() -> str:
    return datetime.datetime.now().isoformat(sep=" ", timespec="seconds")
