"""An audit on the terminal: the units that need attention first, what shows across files, and the folder by rule."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from reportcheck.audit.across import Across
from reportcheck.audit.across_words import name_of
from reportcheck.audit.outliers import FEWEST, Distribution, shown
from reportcheck.audit.summary import Summary, Unit
from reportcheck.audit.titles import title
from reportcheck.catalog import Language
from reportcheck.model import SEVERITIES
from reportcheck.render.terminal_lines import printable, visible, width
from reportcheck.render.terminal_pen import STYLES, Pen

_ROWS = 20
_ACROSS = 12
_RULES = 10
_BARS = " ▁▂▃▄▅▆▇█"


def show(
    console: Console, found: Summary, spread: Sequence[Distribution], language: Language, nameless: int = 0
) -> None:
    """Prints the sum of an audit, and how rates and scores are ``spread``; ``nameless`` reports were not compared."""
    pen = Pen(console, language)
    _units(pen, found.units)
    _across(pen, found.across)
    _rules(pen, found)
    _spread(pen, [each for each in spread if each.n >= FEWEST])
    _failures(pen, found)
    if nameless:
        pen.paragraph(pen.say("audit.nameless", count=nameless), 0, "yellow")
    _closing(pen, found)


def _units(pen: Pen, units: Sequence[Unit]) -> None:
    concerned = [unit for unit in units if any(unit.count(severity) for severity in SEVERITIES) or unit.failures]
    heads = [*(pen.say(f"severity.{s}") for s in SEVERITIES), pen.say("audit.failed"), pen.say("summary.checked")]
    cells = [max(8, width(head) + 2) for head in heads]
    cells[-1] = 12
    names = pen.columns - sum(cells)
    pen.ruler(pen.say("audit.units", count=len(units)), "bold")
    pen.row(pen.say("audit.unit"), heads, cells, names, ["dim"] * len(heads))
    for unit in concerned[:_ROWS]:
        counts = [unit.count(severity) for severity in SEVERITIES]
        texts = [*(str(count or "-") for count in (*counts, len(unit.failures))), f"{unit.checked}/{unit.figures}"]
        styles = [STYLES[s] if count else "dim" for s, count in zip(SEVERITIES, counts, strict=True)]
        pen.row(
            _shortened(unit, names - 1),
            texts,
            cells,
            names,
            [*styles, "yellow" if unit.failures else "dim", "dim"],
        )
    if len(concerned) > _ROWS:
        pen.line((pen.say("audit.more_units", count=len(concerned) - _ROWS), "dim"))
    quiet = len(units) - len(concerned)
    if quiet:
        pen.line((pen.say("audit.quiet", count=quiet), "green"))
    pen.line()


def _shortened(unit: Unit, columns: int) -> str:
    """The name of the unit with that of its submission, cut at the end."""
    text = unit.name if unit.name == unit.submission else f"{unit.name}  {unit.submission}"
    shown = visible(printable(text))
    while width(shown) > columns:
        shown = shown[:-2] + "…"
    return shown


def _across(pen: Pen, across: Sequence[Across]) -> None:
    if not across:
        return
    pen.ruler(pen.say("audit.across", count=len(across)), "bold")
    ranked = sorted(across, key=lambda one: SEVERITIES.index(one.severity))
    for number, one in enumerate(ranked[:_ACROSS], 1):
        lead = f"{number:>3} "
        style = STYLES[one.severity]
        pen.paragraph(
            pen.say("finding.title", title=title(one.rule, pen.language), rule=one.rule), 4, style, lead, style
        )
        pen.paragraph(one.message, 4)
        for spot in one.spots[:3]:
            place = pen.say("audit.spot", file=spot.file, place=spot.place, text=" ".join(spot.text.split())[:120])
            pen.paragraph(place, 6, "dim", "    ")
    if len(across) > _ACROSS:
        pen.line((pen.say("audit.more_across", count=len(across) - _ACROSS), "dim"))
    pen.line()


def _rules(pen: Pen, found: Summary) -> None:
    if not found.rules:
        return
    pen.ruler(pen.say("audit.rules"), "bold")
    totals = {rule: sum(counts.values()) for rule, counts in list(found.rules.items())}
    ranked = sorted(totals, key=lambda rule: (-totals[rule], rule))[:_RULES]
    titles = {rule: title(rule, pen.language) for rule in ranked}
    names = max(width(text) for text in titles.values()) + 2
    room = max(10, pen.columns - names - 8)
    most = max(totals[rule] for rule in ranked)
    for rule in ranked:
        bar = "█" * max(1, totals[rule] * room // most)
        name = titles[rule] + " " * (names - width(titles[rule]))
        pen.line(name, (f"{totals[rule]:>5} ", "bold"), (bar, "cyan"))
    pen.line()


def _spread(pen: Pen, spread: Sequence[Distribution]) -> None:
    """Rates and scores: how many, the quartiles, and a bar for each stretch of values."""
    if not spread:
        return
    pen.ruler(pen.say("audit.spread"), "bold")
    for each in spread:
        most = max((one.count for one in each.bins), default=1)
        bars = "".join(_BARS[-(-one.count * (len(_BARS) - 1) // most)] for one in each.bins)
        values = {name: shown(getattr(each, name)) for name in ("least", "low", "median", "high", "most")}
        measure, kind = name_of("measure", each.rule, pen.language), name_of("kind", each.kind, pen.language)
        name = pen.say("audit.measure", name=measure, kind=kind)
        pen.paragraph(name, 0, "bold")
        pen.paragraph(pen.say("audit.quartiles", count=each.n, far=len(each.outliers), **values), 2, "dim")
        pen.line("  ", (bars, "cyan"))
    pen.line()


def _failures(pen: Pen, found: Summary) -> None:
    failed = [(file.name, file.message) for file in found.failures]
    failed += [(scope, text) for scope, text in found.uncompared]
    if not failed:
        return
    pen.ruler(pen.say("summary.failures", count=len(failed)), "bold yellow")
    alike: dict[str, list[str]] = {}
    for name, text in failed:
        alike.setdefault(text, []).append(name)
    for text, names in alike.items():
        for name in names[:_ROWS]:
            pen.paragraph(name, 0, "bold")
        if len(names) > _ROWS:
            pen.paragraph(pen.say("audit.more_failures", count=len(names) - _ROWS), 0, "dim")
        pen.paragraph(text, 4)
    pen.line()


def _closing(pen: Pen, found: Summary) -> None:
    files = sum(len(unit.files) for unit in found.units)
    counts = {severity: found.total(severity) for severity in SEVERITIES}
    text = pen.say("audit.closing", units=len(found.units), files=files, failed=len(found.failures), **counts)
    accepted = sum(unit.accepted for unit in found.units)
    if accepted:
        text += pen.say("accepted.besides", count=accepted)
    style = "bold red" if counts["error"] else "bold yellow" if counts["warning"] or found.failures else "bold green"
    pen.paragraph(text + pen.say("summary.stop"), 0, style)
