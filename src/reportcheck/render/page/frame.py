"""What every page of ours stands in: template, style and script, and a policy that lets nothing else in."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from reportcheck.catalog import Language, message

if TYPE_CHECKING:
    from jinja2 import Environment

LANGUAGES: Mapping[Language, str] = MappingProxyType({"zh": "zh-CN", "en": "en"})
"""How pages name their language."""
PAGE = "reportcheck.render.page"
_UNFIT = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff]")
_REPLACEMENT = "\ufffd"


def asset(name: str, package: str = PAGE) -> str:
    """A template, style or script of a package."""
    return (files(package) / name).read_text(encoding="utf-8")


@cache
def environment(language: Language, package: str = PAGE) -> Environment:
    """The engine for the templates of a package. It escapes all that is put in; ``say`` is for messages."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(lambda name: asset(name, package)),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_fit,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def say(key: str, **facts: object) -> str:
        return message(language, key, **facts)

    made.globals["say"] = say
    return made


def _fit(value: object) -> object:
    """Texts without the characters that a page cannot hold; of the same length, so that spans keep their places."""
    return _UNFIT.sub(_REPLACEMENT, value) if type(value) is str else value


def policy(style: str, script: str) -> str:
    """The policy that lets a page's own style and script in, by their hashes, and nothing else."""

    def source(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    sources = f"style-src {source(style)}; script-src {source(script)}"
    return f"default-src 'none'; {sources}; base-uri 'none'; form-action 'none'"
