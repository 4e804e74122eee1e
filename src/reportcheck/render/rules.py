"""The catalogue of rules for people: all of them, or the page of one."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from reportcheck.catalog import Language, Rule, message, rule_page
from reportcheck.render.words import label


def show_all(rules: Iterable[Rule], language: Language, console: Console) -> None:
    """Every rule with its family, severity, status and title."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in ("id", "family", "severity", "status", "title"):
        table.add_column(Text(message(language, f"rules.{name}")), no_wrap=name == "id")
    for rule in rules:
        table.add_row(
            Text(rule.id),
            # Options take the family by its id.
            Text(f"{label(language, 'family', rule.family)} {rule.family}" if language == "zh" else rule.family),
            Text(label(language, "severity", rule.severity)),
            Text(label(language, "status", rule.status)),
            Text(rule.text("title", language)),
        )
    console.print(table)


def show_page(rule: Rule, language: Language, console: Console) -> None:
    """The page that documents a rule: drawn on a terminal, as it is written elsewhere."""
    page = _page(rule, language)
    if console.is_terminal:
        console.print(Markdown(page))
    else:
        console.out(page.rstrip("\n"), highlight=False)


def _page(rule: Rule, language: Language) -> str:
    """The page with the facts of the rule under its heading. Pages are written in Chinese: in another
    language, and where there is no page yet, what the rule's data say comes first."""
    try:
        page = rule_page(rule.id)
    except FileNotFoundError:
        return _from_data(rule, language)
    if language != "zh":
        return f"{_from_data(rule, language)}\n---\n\n{page}"
    heading, _, rest = page.partition("\n")
    return f"{heading}\n\n{_facts(rule, language)}\n{rest}"


def _from_data(rule: Rule, language: Language) -> str:
    lines = [
        f"# {rule.text('title', language)} ({rule.id})",
        _facts(rule, language),
        message(language, "rules.message", text=rule.text("message", language)),
        message(language, "rules.advice", text=rule.text("advice", language)),
        message(language, "rules.formula", text=f"`{rule.formula}`") if rule.formula else "",
        message(language, "rules.source", text=rule.source) if rule.source else "",
    ]
    return "\n\n".join(line for line in lines if line) + "\n"


def _facts(rule: Rule, language: Language) -> str:
    return message(
        language,
        "rules.facts",
        family=label(language, "family", rule.family),
        severity=label(language, "severity", rule.severity),
        status=label(language, "status", rule.status),
    )
