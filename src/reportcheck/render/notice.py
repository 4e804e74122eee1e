"""The return notice (退回修改意见): a letter to the unit that made the report, as a Word document.

Points are numbered through, each with its place, the words of the report, what was computed and what is asked for;
words and layout come from a template: the built-in one of ``patterns/notice.toml``, or a user's own Word file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from msgspec.structs import replace

from reportcheck.catalog import Language, table, using
from reportcheck.errors import CatalogError
from reportcheck.ledger import ledger
from reportcheck.model import OUTCOMES, SEVERITIES, Report
from reportcheck.render import notice_template, words
from reportcheck.render.notice_point import point
from reportcheck.render.provenance import provenance
from reportcheck.render.told import Teller
from reportcheck.render.word_template import Content, fill
from reportcheck.result import Result, Source
from reportcheck.schemas.notice import Notice, NoticeTexts

_PARTS = {"error": "errors", "warning": "warnings", "note": "notes"}
_HERE = (Content(),)


def draw(result: Result, template: Path | None = None) -> bytes:
    """The notice on the one report of a result, in a template of the user's own or the built-in one."""
    with using(result.settings.catalog):
        return _drawn(result, template)


def _drawn(result: Result, template: Path | None) -> bytes:
    language = result.settings.language
    if template is None:
        data, file = notice_template.template(language), notice_template.FILE
    else:
        data, file = _read(template), str(template)
        used = Source(file, "template", hashlib.sha256(data).hexdigest())
        result = replace(result, sources=(*result.sources, used))
    content = _content(result, language)
    return fill(data, file, notice_template.names(), content, str(content.fields["report"]))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogError("template-unreadable", file=str(path), detail=error.strerror or error) from None


def _content(result: Result, language: Language) -> Content:
    """All that a template may tell of a report."""
    (report,) = result.reports
    said = table(Notice).texts(language)
    entries = [entry for section in ledger(report) for entry in section.entries]
    unchecked = Counter(entry.reason for entry in entries if not entry.checked)
    checked = sum(entry.checked for entry in entries)
    severities: Counter[str] = Counter(finding.severity for finding in report.findings)
    parts = _parts(report, language)
    name = " ".join(report.title.split()) or Path(report.document.path).stem
    fields = {
        "report": name,
        "unit": report.unit or said.no_unit,
        "year": str(report.year or ""),
        "file": Path(report.document.path).name,
        "figure_count": str(len(entries)),
        "checked_count": str(checked),
        "unchecked_count": str(len(entries) - checked),
        "relation_count": str(len(report.verdicts)),
        "outcomes": _counted(Counter(v.outcome for v in report.verdicts), OUTCOMES, said, "outcome"),
        "severities": _counted(severities, SEVERITIES, said, "severity"),
        "accepted_count": str(len(report.accepted)),
        "comparison": _comparison(report, said),
    }
    ordered = sorted(unchecked.items(), key=lambda item: (-item[1], item[0]))
    sections = {
        "asked": _HERE if severities["error"] + severities["warning"] else (),
        "figures": _HERE if entries else (),
        "relations": _HERE if report.verdicts else (),
        "checked": _HERE if checked else (),
        "unchecked": _HERE if unchecked else (),
        "reasons": [
            Content({"reason": words.label(language, "reason", reason), "reason_count": str(count)})
            for reason, count in ordered
        ],
        "notices": [Content({"notice": words.notice(item, language)}) for item in report.document.notices],
        "accepted": _HERE if report.accepted else (),
        "compared": _HERE if report.comparison else (),
        "sources": [Content({"source": line}) for line in provenance(result)],
    }
    return Content(fields, {**sections, **parts})


def _parts(report: Report, language: Language) -> dict[str, tuple[Content, ...]]:
    """The parts of the letter that there are, numbered in their order: one for each severity, and what was checked."""
    ordinals = iter(table(Notice).texts(language).parts)
    teller = Teller(report, language)
    told = teller.findings()
    parts: dict[str, tuple[Content, ...]] = {}
    for severity in SEVERITIES:
        points = [point(each, teller, language) for each in told if each.finding.severity == severity]
        if points:
            fields = {"part": str(next(ordinals, "")), "point_count": str(len(points))}
            parts[_PARTS[severity]] = (Content(fields, {"points": points}),)
    return {**parts, "scope": (Content({"part": str(next(ordinals, ""))}),)}


def _counted(counts: Counter[str], order: tuple[str, ...], said: NoticeTexts, group: str) -> str:
    """Those of the things counted that there are."""
    texts: dict[str, str] = getattr(said, group)
    return said.list.join(texts[key].format(count=counts[key]) for key in order if counts[key])


def _comparison(report: Report, said: NoticeTexts) -> str:
    """What became of the findings since the earlier result; accepted ones count like the others."""
    if report.comparison is None:
        return ""
    if report.comparison.matched == "nothing":
        return said.comparison.nothing
    present = (*report.findings, *(entry.finding for entry in report.accepted))
    counts = Counter(finding.status for finding in present)
    text = said.comparison.counts
    return text.format(new=counts["new"], still=counts["still"], gone=len(report.comparison.gone))
