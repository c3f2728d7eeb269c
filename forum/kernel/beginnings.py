"""Names that are found by how they begin, or how one of their words does: a range of an index, however many there are.

A feature keeps a row for each beginning of a name: `jan de vries`, `de vries` and `vries`. Capitals, accents and
scripts are folded away, in what is kept and in what is looked for alike, so that `Jose` finds José.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slugify import slugify
from sqlalchemy import ColumnElement, exists, false, select
from sqlalchemy.orm import aliased

LONGEST_KEY = 60
# Of a name, words that it may be found by; names of people and cities have fewer.
WORDS_KEPT = 6
# Of a question; each further word costs a look at the rows that the longest one found.
WORDS_ASKED = 5
LONGEST_QUERY = 100
# So many beginnings are looked at; whoever finds more types another letter.
CANDIDATES = 1_000


def folded(text: str) -> str:
    """Lower-case ASCII words with single spaces."""
    return slugify(text[:LONGEST_QUERY], separator=" ")


def beginnings(name: str, *others: str) -> Iterator[tuple[str, bool]]:
    """What is kept: each beginning once, and whether it is the name's own. There is always one that is."""
    whole = folded(name)[:LONGEST_KEY]
    yield whole, True
    found = {" ".join(words)[:LONGEST_KEY] for text in (name, *others) for words in _tails(folded(text).split())}
    yield from ((key, False) for key in sorted(found - {whole, ""}))


def _tails(words: list[str]) -> Iterator[list[str]]:
    return (words[start:] for start in range(min(len(words), WORDS_KEPT)))


def matching(text: str, kept: Any, id_: Any) -> list[ColumnElement[bool]]:
    """Conditions for rows whose id is `id_`; `kept` is the table of their beginnings, with `key` and `owner_id`.

    All words have to be there, each as a beginning. Nothing to look for is no condition.
    """
    if not text.strip():
        return []
    words = sorted(folded(text).split()[:WORDS_ASKED], key=len)
    if not words:
        return [false()]
    *others, longest = words
    one = aliased(kept)  # the query around may have the table for its order
    candidates = select(one.owner_id).where(*_within(one, longest)).order_by(one.key).limit(CANDIDATES)
    return [id_.in_(candidates), *(exists().where(one.owner_id == id_, *_within(one, word)) for word in others)]


def _within(kept: Any, word: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Keys that begin so: `~` stands after every letter and digit."""
    return kept.key >= word, kept.key < f"{word}~"
