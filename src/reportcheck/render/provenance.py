"""What it takes to get a result again byte for byte: the footer of every form that is handed on."""

from __future__ import annotations

from reportcheck import __version__
from reportcheck.catalog import fingerprint, message
from reportcheck.result import Result


def provenance(result: Result) -> tuple[str, ...]:
    """Program, catalogue and options in one line, then one line for each file that went in, with its SHA-256."""
    settings = result.settings
    language = settings.language

    def say(key: str, **facts: object) -> str:
        return message(language, f"provenance.{key}", **facts)

    parts = [
        say("tool", version=__version__),
        say("catalog", sha256=fingerprint()),
        say("profile", name=settings.profile),
        *(
            say(key, names=message(language, "place.list").join(sorted(names)))
            for key, names in (("select", settings.select), ("ignore", settings.ignore))
            if names
        ),
    ]
    inputs = [say("input", path=r.document.path, sha256=r.document.sha256) for r in result.reports]
    sources = [say(source.kind, path=source.path, sha256=source.sha256) for source in result.sources]
    return (message(language, "place.separator").join(parts), *inputs, *sources)
