"""The options of the command line, and what they mean."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn, cast

from reportcheck import __version__, catalog
from reportcheck.catalog import Language, message
from reportcheck.check import Settings
from reportcheck.errors import UsageError
from reportcheck.model import SEVERITIES

Command = Callable[[argparse.Namespace], int]


def language_in(arguments: Sequence[str]) -> Language:
    """``--lang``, looked up before parsing, because help and errors are in it too."""
    for here, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if here == "--lang=en" or (here == "--lang" and following == "en"):
            return "en"
    return "zh"


class _Parser(argparse.ArgumentParser):
    """Reports a wrong option as a :class:`UsageError`."""

    def error(self, message: str) -> NoReturn:
        raise UsageError("bad-argument", detail=message)


def parser(language: Language) -> argparse.ArgumentParser:
    from reportcheck.render.terminal_lines import folded

    def say(key: str, **facts: object) -> str:
        return message(language, f"help.{key}", **facts)

    class Formatter(argparse.HelpFormatter):
        """Help in the language asked for."""

        def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:
            super().add_usage(usage, actions, groups, say("usage") if prefix is None else prefix)

        def _split_lines(self, text: str, width: int) -> list[str]:
            return folded(text, width)

        def _fill_text(self, text: str, width: int, indent: str) -> str:
            return "\n".join(indent + line for line in folded(text, width))

    def options_of(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
        group = parser.add_argument_group(say("options"))
        group.add_argument("-h", "--help", action="help", help=say("help"))
        group.add_argument("--lang", choices=("zh", "en"), default="zh", help=say("lang"))
        return group

    def command(name: str, run: Any) -> tuple[argparse._ArgumentGroup, argparse._ArgumentGroup]:
        parser = commands.add_parser(
            name, help=say(name), description=say(name), formatter_class=Formatter, add_help=False
        )
        parser.set_defaults(run=run)
        arguments = parser.add_argument_group(say("arguments"))
        options = options_of(parser)
        options.add_argument("--patterns", metavar="DIR", help=say("patterns"))
        options.add_argument("--no-color", action="store_true", help=say("no_color"))
        options.add_argument("--width", type=int, help=argparse.SUPPRESS)
        return arguments, options

    top = _Parser(
        "reportcheck",
        description=say("description"),
        epilog=say("epilog"),
        formatter_class=Formatter,
        add_help=False,
    )
    options_of(top).add_argument(
        "--version", action="version", version=f"reportcheck {__version__}", help=say("version")
    )
    commands = top.add_subparsers(title=say("commands"), metavar="COMMAND")
    top.set_defaults(run=None, patterns=None)

    arguments, options = command("check", _check)
    arguments.add_argument("paths", nargs="+", metavar="PATH", help=say("paths"))
    _add_choice(options, language, "text", ("text", "json"))
    options.add_argument("--select", metavar="RULE[,RULE]", default="", help=say("select"))
    options.add_argument("--ignore", metavar="RULE[,RULE]", default="", help=say("ignore"))
    options.add_argument("--fail-on", choices=(*SEVERITIES, "never"), default="error", help=say("fail_on"))
    options.add_argument("--profile", metavar="NAME", default="default", help=say("profile"))
    options.add_argument("-o", "--output", metavar="FILE", help=say("output"))
    options.add_argument("-v", "--verbose", action="store_true", help=say("verbose"))
    for name in ("figures", "claims"):
        arguments, options = command(name, _table)
        arguments.add_argument("path", metavar="PATH", help=say("path"))
        _add_choice(options, language, "table", ("table", "csv", "xlsx"))
        options.add_argument("-o", "--output", metavar="FILE", help=say("output"))
        options.set_defaults(what=name, profile="default", select="", ignore="")
    arguments, _ = command("explain", _explain)
    arguments.add_argument("rule", metavar="RULE", help=say("rule"))
    command("rules", _rules)
    return top


def _add_choice(options: argparse._ArgumentGroup, language: Language, default: str, forms: tuple[str, ...]) -> None:
    text = message(language, "help.format", default=default)
    options.add_argument("--format", choices=forms, default=default, help=text)


def settings(options: argparse.Namespace) -> Settings:
    known = {rule.id for rule in catalog.rules().values()} | {rule.family for rule in catalog.rules().values()}
    return Settings(
        cast(Language, options.lang),
        _profile(options),
        _chosen(options.select, known, options.lang),
        _chosen(options.ignore, known, options.lang),
    )


def _chosen(text: str, known: set[str], language: Language) -> frozenset[str]:
    names = frozenset(name.strip() for name in text.replace("，", ",").split(",") if name.strip())
    for name in sorted(names - known):
        raise UsageError("unknown-rule", name=name, near=near(name, known, language))
    return names


def near(name: str, known: Iterable[str], language: Language) -> str:
    """Names like the one that was given, or all there are where none is like it."""
    from difflib import get_close_matches

    alike = get_close_matches(name, sorted(known), 3, 0.5) or [n for n in sorted(known) if name and name in n]
    key = "usage.near" if alike else "usage.seen-with"
    return message(language, key, names=", ".join(alike or sorted(known)))


def _profile(options: argparse.Namespace) -> str:
    folders = [catalog.patterns_directory(), *([Path(options.patterns)] if options.patterns else [])]
    known = {"default"} | {path.stem for folder in folders for path in (folder / "profiles").glob("*.toml")}
    name = str(options.profile)
    if name not in known:
        raise UsageError("unknown-profile", name=name, near=near(name, known, options.lang))
    return name


def output_file(options: argparse.Namespace, inputs: Iterable[Path]) -> Path | None:
    """The file to write, if any; refused before any work is done where it cannot or must not be written."""
    if not options.output:
        return None
    path = Path(options.output)
    if path.is_dir():
        raise UsageError("output-is-folder", path=path)
    if not path.absolute().parent.is_dir():
        raise UsageError("output-folder-missing", path=path.parent)
    if path.exists() and any(source.exists() and path.samefile(source) for source in inputs):
        raise UsageError("output-is-input", path=path)
    return path


