"""A run as SARIF 2.1.0, for the tools that show the results of linters.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec.structs import asdict

from reportcheck import __version__
from reportcheck.catalog import Language, fingerprint, message
from reportcheck.ledger import unchecked
from reportcheck.model import Decision, Earlier, Finding, Report
from reportcheck.render import words
from reportcheck.render.json import finding_to_dict, head_to_dict, tool_to_dict
from reportcheck.render.provenance import provenance
from reportcheck.render.run_notices import run_notices
from reportcheck.render.sarif_places import BASE, Artifacts, Json, Locations
from reportcheck.render.sarif_texts import Rules, markdown_of, named, plain, text_of
from reportcheck.render.surroundings import Surroundings
from reportcheck.render.text_regions import LINE_ENDS
from reportcheck.render.told import Teller
from reportcheck.result import Result

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LANGUAGES: dict[Language, str] = {"zh": "zh-CN", "en": "en-US"}
_STATES = {"new": "new", "still": "unchanged"}
_SOURCES = {"decisions": "userSpecifiedConfiguration", "baseline": "referencedOnCommandLine"}
# They stand elsewhere in a result of SARIF.
_ELSEWHERE = frozenset({"rule", "severity", "message", "fingerprint", "spans", "status"})


def draw(result: Result) -> bytes:
    """The whole run, in UTF-8."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_Log(result).run()]}
    return (json.dumps(log, ensure_ascii=False, indent=2) + "\n").encode("utf-8", errors="replace")


class _Log:
    """One run, with the files, rules and notices that it names collected on the way."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self._language = result.settings.language
        self._artifacts = Artifacts()
        self._rules = Rules(self._language)
        self._codes: list[str] = []
        self._sources = {source.path: source.sha256 for source in result.sources}

    def run(self) -> Json:
        """The run. Reports are listed first, then the other files that it depends on."""
        read = [(report, self._read(report)) for report in self._result.reports]
        for source in self._result.sources:
            self._artifacts.location(source.path, source.sha256, roles=[_SOURCES[source.kind]])
        results = [found for report, locations in read for found in self._of_report(report, locations)]
        invocation = {
            "executionSuccessful": not self._result.failures,
            "toolExecutionNotifications": list(self._notifications()),
        }
        language = _LANGUAGES[self._language]
        driver = {
            "name": "reportcheck",
            "version": __version__,
            "semanticVersion": __version__,
            "language": language,
            "rules": self._rules.listed,
            "notifications": [{"id": code, "name": named(code)} for code in self._codes],
            "properties": {"catalog": fingerprint()},
        }
        return {
            "tool": {"driver": driver},
            "language": language,
            "columnKind": "unicodeCodePoints",
            "newlineSequences": list(LINE_ENDS),
            "originalUriBaseIds": {BASE: {"description": {"text": message(self._language, "handed.base")}}},
            "invocations": [invocation],
            "artifacts": self._artifacts.listed,
            "results": results,
            "properties": {"tool": tool_to_dict(self._result), "provenance": provenance(self._result)},
        }

    # --- results ------------------------------------------------------------------------------

    def _of_report(self, report: Report, locations: Locations) -> Iterator[Json]:
        """What is wrong in a report, what of it was accepted, and what no longer is."""
        teller, around = Teller(report, self._language), Surroundings(report.document)
        for finding in report.findings:
            yield self._finding(finding, teller, locations, around)
        for entry in report.accepted:
            found = self._finding(entry.finding, teller, locations, around)
            yield {**found, "suppressions": [self._suppression(entry.decision)]}
        for earlier in report.comparison.gone if report.comparison else ():
            yield self._gone(earlier, locations)

    def _read(self, report: Report) -> Locations:
        """The places of a report, with its file listed: what it is, and how far it was checked."""
        document, head = report.document, head_to_dict(report)
        names = ("title", "unit", "year", "summary")
        artifact = self._artifacts.location(document.path, document.sha256)
        locations = Locations(document, artifact, self._language)
        self._artifacts.listed[artifact["index"]] |= {
            "roles": ["analysisTarget"],
            **locations.about,
            "properties": {
                **{name: head[name] for name in names},
                "not_checked": {reason: len(entries) for reason, entries in unchecked(report).items()},
                "coverage": words.coverage(report, self._language),
            },
        }
        return locations

    def _finding(self, finding: Finding, teller: Teller, locations: Locations, around: Surroundings) -> Json:
        told = teller.told(finding, 0)
        others = [s for s in dict.fromkeys(finding.spans) if s.block in around.blocks and s != finding.spans[0]]
        content = finding_to_dict(finding, around)
        found: Json = {
            "ruleId": finding.rule,
            "ruleIndex": self._rules.index(finding.rule),
            "kind": "fail",
            "level": finding.severity,
            "message": {"text": text_of(told, self._language), "markdown": markdown_of(told, self._language)},
            "locations": [locations.of(finding.spans[0]) if finding.spans else locations.file],
            "partialFingerprints": {"finding/v1": finding.fingerprint},
            "suppressions": [],
            "properties": {key: value for key, value in content.items() if key not in _ELSEWHERE},
        }
        if others:
            found["relatedLocations"] = [
                {"id": number, "message": {"text": plain(locations.told(span))}, **locations.of(span)}
                for number, span in enumerate(others, 1)
            ]
        if finding.status:
            found["baselineState"] = _STATES[finding.status]
        return found

    def _suppression(self, decision: Decision) -> Json:
        """A reviewer's decision, and where it is written."""
        file = self._artifacts.location(decision.file, self._sources.get(decision.file, ""))
        region = {"region": {"startLine": decision.row}} if decision.row else {}
        return {
            "kind": "external",
            "status": "accepted",
            "justification": words.decision(decision, self._language),
            "location": {"physicalLocation": {"artifactLocation": file, **region}},
            "properties": asdict(decision),
        }

    def _gone(self, earlier: Earlier, locations: Locations) -> Json:
        """A finding of the earlier run: where it stood then says nothing of the file as it is now."""
        index = {"ruleIndex": self._rules.index(earlier.rule)} if earlier.rule in self._rules else {}
        return {
            "ruleId": earlier.rule,
            **index,
            "kind": "fail",
            "level": earlier.severity,
            "message": {"text": plain(earlier.message)},
            "locations": [locations.file],
            "partialFingerprints": {"finding/v1": earlier.fingerprint},
            "suppressions": [],
            "properties": {"text": earlier.text, "context": earlier.context},
            "baselineState": "absent",
        }

    # --- notifications ------------------------------------------------------------------------

    def _notifications(self) -> Iterator[Json]:
        """Files that could not be checked, what is to be known of those that were, and of the run."""
        for failure in self._result.failures:
            yield self._notification(f"failure/{failure.code}", "error", failure.message, failure.path)
        for report in self._result.reports:
            document = report.document
            for notice in document.notices:
                text = words.notice(notice, self._language)
                yield self._notification(f"notice/{notice.code}", "warning", text, document.path, document.sha256)
            if text := words.comparison(report, self._language):
                yield self._notification("run/comparison", "note", text, document.path, document.sha256)
        for told in run_notices(self._result):
            yield self._notification(f"run/{told.code}", "note", told.text, told.path)
        for decision in self._result.unused:
            text = words.unused(decision, self._language)
            yield self._notification("run/unused-decision", "note", text, decision.file, facts=asdict(decision))

    def _notification(
        self, code: str, level: str, text: str, path: str, sha256: str = "", facts: Json | None = None
    ) -> Json:
        if code not in self._codes:
            self._codes.append(code)
        found: Json = {
            "descriptor": {"id": code, "index": self._codes.index(code)},
            "level": level,
            "message": {"text": plain(text)},
        }
        if path:
            file = self._artifacts.location(path, sha256 or self._sources.get(path, ""))
            found["locations"] = [{"physicalLocation": {"artifactLocation": file}}]
        if facts:
            found["properties"] = facts
        return found
