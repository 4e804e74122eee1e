"""What SARIF says in words: rules, and the messages of findings."""

from __future__ import annotations

from reportcheck.catalog import Language, message, rule_page, rules
from reportcheck.render.markdown_text import escaped
from reportcheck.render.sarif_places import Json
from reportcheck.render.told import Told
from reportcheck.render.words import label, problem


class Rules:
    """The rules that a log names, in the order in which it names them first."""

    def __init__(self, language: Language) -> None:
        self.listed: list[Json] = []
        self._language = language
        self._indices: dict[str, int] = {}

    def __contains__(self, rule: str) -> bool:
        return rule in rules()

    def index(self, rule: str) -> int:
        """The number of a rule among those listed."""
        if rule not in self._indices:
            self._indices[rule] = len(self.listed)
            self.listed.append(self._described(rule))
        return self._indices[rule]

    def _described(self, rule_id: str) -> Json:
        """A rule as the catalogue tells it. Pages are written in Chinese, whatever the language of the run."""
        rule, language = rules()[rule_id], self._language
        title, page = rule.text("title", language), _page(rule_id)
        about = _opening(page) if page and language == "zh" else title
        return {
            "id": rule.id,
            "name": named(rule.id),
            "shortDescription": {"text": _sentence(title, language)},
            "fullDescription": {"text": _sentence(about, language)},
            "help": {
                "text": _sentence(rule.text("advice", language), language),
                **({"markdown": _in_message(page)} if page else {}),
            },
            "defaultConfiguration": {"level": rule.severity},
            "properties": {
                "family": rule.family,
                "tags": [label(language, "family", rule.family)],
                "status": rule.status,
                "formula": rule.formula,
                "source": rule.source,
            },
        }


def _page(rule_id: str) -> str:
    """The page of a rule; empty for a rule of the user's own that has none."""
    try:
        return rule_page(rule_id)
    except FileNotFoundError:
        return ""


def _opening(page: str) -> str:
    """The first paragraph or list of a page, without its marks."""
    parts = (part for part in page.split("\n\n") if not part.startswith(("#", "|")))
    lines = (line.removeprefix("- ") for line in next(parts, "").splitlines())
    return " ".join(" ".join(lines).replace("`", "").split())


def text_of(told: Told, language: Language) -> str:
    """A finding as plain text: what is wrong in one sentence, then line by line why, and what to do."""
    lines = [
        message(language, "handed.pair", name=line.label, text=line.text)
        for line in told.lines
        if line.name != "problem"
    ]
    return plain("\n".join([_sentence(problem(told.finding, language), language), *lines]))


def markdown_of(told: Told, language: Language) -> str:
    """The same as Markdown."""
    first = escaped(_sentence(problem(told.finding, language), language))
    lines = [f"- **{escaped(line.label)}** {escaped(line.text)}" for line in told.lines if line.name != "problem"]
    return _in_message("\n".join([first, "", *lines] if lines else [first]))


def named(code: str) -> str:
    """A code as the name of a class: ``rate-mismatch`` → ``RateMismatch``."""
    return "".join(word.capitalize() for word in code.replace("/", "-").split("-"))


def plain(text: str) -> str:
    """A text as a message holds it: its braces are none of placeholders, its brackets none of links."""
    return _in_message(text.replace("](", "] ("))


def _in_message(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _sentence(text: str, language: Language) -> str:
    end = message(language, "handed.sentence", text="")
    return text if text.endswith(end) else text + end
