"""The options of the command line, and what they mean."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, cast

from msgspec import Struct

from reportcheck import __version__, catalog
from reportcheck.catalog import Language, message
from reportcheck.errors import UsageError
from reportcheck.model import SEVERITIES, Severity
from reportcheck.render.forms import FORMS

if TYPE_CHECKING:
    from reportcheck.checker import Settings

Command = Callable[[argparse.Namespace], int]


FOUND, INCOMPLETE, INTERRUPTED = 1, 2, 130
"""The exit status where something was found, could not be checked, or the run was interrupted."""


def grave(fail_on: str) -> tuple[Severity, ...]:
    """The severities that ``--fail-on`` asks for."""
    return SEVERITIES[: SEVERITIES.index(cast(Severity, fail_on)) + 1] if fail_on != "never" else ()


def language_in(arguments: Sequence[str]) -> Language:
    """``--lang``, looked up before parsing, because help and errors are in that language too."""
    for here, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if here == "--lang=en" or (here == "--lang" and following == "en"):
            return "en"
    return "zh"


class _Parser(argparse.ArgumentParser):
    """Reports a wrong option as a :class:`UsageError`."""

    def error(self, message: str) -> NoReturn:
        raise UsageError("bad-argument", detail=message)


def _formatter(language: Language) -> type[argparse.HelpFormatter]:
    from reportcheck.render.terminal_lines import folded

    class Formatter(argparse.HelpFormatter):
        """Help in the language asked for, wrapped by columns instead of characters."""

        def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:
            super().add_usage(usage, actions, groups, message(language, "help.usage") if prefix is None else prefix)

        def _split_lines(self, text: str, width: int) -> list[str]:
            return folded(text, width)

        def _fill_text(self, text: str, width: int, indent: str) -> str:
            return "\n".join(indent + line for line in folded(text, width))

    return Formatter


class _Builder(Struct, frozen=True):
    """Adds commands and their options to a parser, in one language."""

    language: Language
    formatter: type[argparse.HelpFormatter]

    def say(self, key: str, **facts: object) -> str:
        return message(self.language, f"help.{key}", **facts)

    def group(self, parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
        """The options that every command has."""
        group = parser.add_argument_group(self.say("options"))
        group.add_argument("-h", "--help", action="help", help=self.say("help"))
        group.add_argument("--lang", choices=("zh", "en"), default="zh", help=self.say("lang"))
        return group

    def command(self, commands: Any, name: str, run: Command, argument: str, many: bool = False) -> Any:
        """A command with its argument; returns its group of options."""
        parser = commands.add_parser(
            name, help=self.say(name), description=self.say(name), formatter_class=self.formatter, add_help=False
        )
        parser.set_defaults(run=run, what=name)
        if argument:
            arguments = parser.add_argument_group(self.say("arguments"))
            options = {"nargs": "+"} if many else {}
            arguments.add_argument(argument, metavar=argument.rstrip("s").upper(), help=self.say(argument), **options)
        group = self.group(parser)
        group.add_argument("--patterns", metavar="DIR", help=self.say("patterns"))
        group.add_argument("--no-color", action="store_true", help=self.say("no_color"))
        group.add_argument("--width", type=int, help=argparse.SUPPRESS)
        return group

    def output(self, options: Any) -> None:
        """``--output`` and ``--overwrite``."""
        options.add_argument("-o", "--output", metavar="FILE", help=self.say("output"))
        options.add_argument("--overwrite", action="store_true", help=self.say("overwrite"))


def build_parser(language: Language, commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """The parser; ``commands`` gives the function that runs each command."""
    builder = _Builder(language, _formatter(language))
    top = _Parser(
        "reportcheck",
        description=builder.say("description"),
        epilog=builder.say("epilog"),
        formatter_class=builder.formatter,
        add_help=False,
    )
    version = f"reportcheck {__version__}"
    builder.group(top).add_argument("--version", action="version", version=version, help=builder.say("version"))
    top.set_defaults(run=None, patterns=None)
    named = top.add_subparsers(title=builder.say("commands"), metavar="COMMAND")

    check = builder.command(named, "check", commands["check"], "paths", many=True)
    text = builder.say("forms", forms=", ".join(("text", *FORMS)))
    check.add_argument("--format", metavar="FORM[,FORM]", help=text)
    builder.output(check)
    check.add_argument("--out", metavar="DIR", help=builder.say("out"))
    check.add_argument("--annotate", metavar="DIR", help=builder.say("annotate_into"))
    check.add_argument("--template", metavar="FILE.docx", help=builder.say("own_template"))
    check.add_argument("--select", metavar="RULE[,RULE]", default="", help=builder.say("select"))
    check.add_argument("--ignore", metavar="RULE[,RULE]", default="", help=builder.say("ignore"))
    check.add_argument("--fail-on", choices=(*SEVERITIES, "never"), default="error", help=builder.say("fail_on"))
    check.add_argument("--profile", metavar="NAME", default="default", help=builder.say("profile"))
    check.add_argument("-v", "--verbose", action="store_true", help=builder.say("verbose"))
    check.add_argument("--ledger", action="store_true", help=builder.say("figure_ledger"))
    check.add_argument("--accepted", metavar="FILE", help=builder.say("accepted"))
    check.add_argument("--baseline", metavar="OLD.json", help=builder.say("baseline"))
    annotate = builder.command(named, "annotate", commands["annotate"], "path")
    builder.output(annotate)
    annotate.add_argument("--profile", metavar="NAME", default="default", help=builder.say("profile"))
    annotate.add_argument("--accepted", metavar="FILE", help=builder.say("accepted"))
    annotate.set_defaults(select="", ignore="", baseline=None)
    accept = builder.command(named, "accept", commands["accept"], "path")
    accept.add_argument("--finding", metavar="ID[,ID]", required=True, help=builder.say("finding"))
    accept.add_argument("--reason", metavar="TEXT", required=True, help=builder.say("reason"))
    accept.add_argument("--author", metavar="NAME", required=True, help=builder.say("author"))
    accept.add_argument("--date", metavar="YYYY-MM-DD", help=builder.say("date"))
    accept.add_argument("--accepted", metavar="FILE", help=builder.say("accepted_written"))
    accept.add_argument("--profile", metavar="NAME", default="default", help=builder.say("profile"))
    accept.set_defaults(select="", ignore="")
    _folder_commands(builder, named, commands)
    for name in ("figures", "claims"):
        table = builder.command(named, name, commands[name], "path")
        forms = ("table", "csv", "xlsx")
        table.add_argument("--format", choices=forms, default="table", help=builder.say("format", default="table"))
        builder.output(table)
        table.set_defaults(profile="default", select="", ignore="")
    template = builder.command(named, "template", commands["template"], "")
    template.add_argument("-o", "--output", metavar="FILE.docx", required=True, help=builder.say("output"))
    template.add_argument("--overwrite", action="store_true", help=builder.say("overwrite"))
    builder.command(named, "explain", commands["explain"], "rule")
    builder.command(named, "rules", commands["rules"], "")
    return top


def _folder_commands(builder: _Builder, named: Any, commands: Mapping[str, Command]) -> None:
    """``audit`` and ``ledger``."""
    audit = builder.command(named, "audit", commands["audit"], "folder")
    audit.add_argument("--ledger", metavar="FILE", help=builder.say("audit_ledger"))
    audit.add_argument("--out", metavar="DIR", help=builder.say("audit_out"))
    audit.add_argument("--overwrite", action="store_true", help=builder.say("overwrite"))
    audit.add_argument("--since", metavar="YYYY-MM-DD", help=builder.say("since"))
    audit.add_argument("--workers", type=_positive, metavar="N", help=builder.say("workers"))
    audit.add_argument("--seconds", type=_positive, metavar="N", help=builder.say("seconds"))
    audit.add_argument("--megabytes", type=_positive, metavar="N", help=builder.say("megabytes"))
    audit.add_argument("--engine", metavar="tcp://HOST:PORT", help=builder.say("engine"))
    audit.add_argument("--select", metavar="RULE[,RULE]", default="", help=builder.say("select"))
    audit.add_argument("--ignore", metavar="RULE[,RULE]", default="", help=builder.say("ignore"))
    audit.add_argument("--fail-on", choices=(*SEVERITIES, "never"), default="error", help=builder.say("fail_on"))
    audit.add_argument("--profile", metavar="NAME", default="default", help=builder.say("profile"))
    audit.set_defaults(output=None)
    ledger = builder.command(named, "ledger", commands["ledger"], "", many=False)
    ledger.add_argument("action", choices=("show", "export", "diff", "decide"), help=builder.say("ledger_action"))
    ledger.add_argument("ledgers", nargs="+", metavar="LEDGER", help=builder.say("ledgers"))
    ledger.add_argument("--unit", metavar="NAME", help=builder.say("ledger_unit"))
    ledger.add_argument("--finding", metavar="ID", help=builder.say("finding"))
    ledger.add_argument(
        "--as", dest="decision", choices=("accepted", "confirmed", "returned"), help=builder.say("decision")
    )
    ledger.add_argument("--reason", metavar="TEXT", help=builder.say("reason"))
    ledger.add_argument("--author", metavar="NAME", help=builder.say("author"))
    ledger.add_argument("--date", metavar="YYYY-MM-DD", help=builder.say("date"))
    builder.output(ledger)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def settings_of(options: argparse.Namespace) -> Settings:
    """How to check. Raises :class:`UsageError` for a rule, family or profile that does not exist."""
    from reportcheck.checker import Settings

    return Settings(
        cast(Language, options.lang),
        _profile(options),
        _chosen(options.select, options.lang),
        _chosen(options.ignore, options.lang),
        catalog.current(),
    )


def _chosen(text: str, language: Language) -> frozenset[str]:
    names = frozenset(name.strip() for name in text.replace("，", ",").split(",") if name.strip())
    known = _rules_and_families() if names else set()
    for name in sorted(names - known):
        raise UsageError("unknown-rule", name=name, near=near(name, known, language))
    return names


def _rules_and_families() -> set[str]:
    from reportcheck.schemas.across import Across

    known = {name for rule in catalog.rules().values() for name in (rule.id, rule.family)}
    return known | {row.id for row in catalog.table(Across).rule}


def _profile(options: argparse.Namespace) -> str:
    name, known = str(options.profile), catalog.profiles()
    if name not in known:
        raise UsageError("unknown-profile", name=name, near=near(name, known, options.lang))
    return name


def near(name: str, known: Iterable[str], language: Language) -> str:
    """Names like the one that was given, or all there are where none is like it."""
    from difflib import get_close_matches

    alike = get_close_matches(name, sorted(known), 3, 0.6) or [n for n in sorted(known) if name and name in n]
    key = "usage.near" if alike else "usage.seen-with"
    return message(language, key, names=message(language, "place.list").join(alike or sorted(known)))
