"""Staff against posts: ``staff-over-posts`` (在职11人 ≤ 编制15名)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Claim, Question
from reportcheck.relations import reach
from reportcheck.rules.phrases import word

STAFF = "staff-over-posts"


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """A question for each sentence that states one number of posts and one of those who fill them."""
    for passage in passages:
        for sentence in range(len(passage.starts)):
            people = [m for m in passage.mentions if m.dimension == "person" and m.sentence == sentence]
            yield from _posts([m for m in people if reach.is_level(m)])


def _posts(people: list[Mention]) -> Iterator[Question]:
    posts = [m for m in people if word("posts").search(m.head) and not word("filled").search(m.head)]
    filled = [m for m in people if word("filled").search(m.head) and m not in posts]
    if len(posts) == 1 and len(filled) == 1:
        yield (Claim(STAFF, "limit", filled[0].fact, "limit", {"limit": (posts[0].fact,)}, "wording", "<="),)
