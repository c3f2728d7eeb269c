"""When nothing has all the words: what may have been meant, and what has some of them.

Whatever is offered has been looked for with the reader's own eyes first. So a word that stands only in what they may
not read is never offered, nor does it make a difference that it's known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from forum.search.ask import AllOf, AnyOf, Ask, Found, Part, Phrase, Sort, Without, Word
from forum.search.compounds import parts_of
from forum.search.index import engine
from forum.search.queries.resolve import Meant
from forum.search.words import fold

# Each guess is a search of its own.
GUESSES, WORDS_GUESSED = 4, 3
SHORTEST = 4  # shorter words are near to everything
SOME = 5  # of many words, the rarest that are there at all


class Way(StrEnum):
    SPELLING = "spelling"
    SOME = "some"


@dataclass(frozen=True)
class Second:
    """What was looked for instead. `text` is the corrected query."""

    way: Way
    text: str
    address: str
    ask: Ask
    found: Found


def second_try(meant: Meant) -> Second | None:
    """The first of these that finds something: words joined or cut, another spelling, some of the words."""
    wanted = meant.ask.wanted
    if wanted is None:
        return None
    return _spelt(meant, wanted) or _some(meant.ask, wanted)


def _search(ask: Ask, wanted: Part) -> Second | None:
    tried = replace(ask, wanted=wanted)
    found = engine().search(tried)
    return Second(Way.SOME, "", "", tried, found) if found.hits else None


def _spelt(meant: Meant, wanted: Part) -> Second | None:
    ask = meant.ask
    unknown = [word for word in dict.fromkeys(_words(wanted)) if len(word) >= SHORTEST and not _is_seen(ask, word)]
    if not unknown or len(unknown) > WORDS_GUESSED:
        return None
    near = [_offers(ask, word) for word in unknown]
    if not all(near):
        return None
    for guess in list(product(*near))[:GUESSES]:
        changed = dict(zip(unknown, guess, strict=True))
        made = _search(ask, _replaced(wanted, changed))
        if made:
            text = _respelt(meant.query.text, changed)
            return replace(made, way=Way.SPELLING, text=text, address=meant.wish.but(q=text).address)
    return None


def _is_seen(ask: Ask, word: str) -> bool:
    """Whether the reader finds this word anywhere, filters aside."""
    return _count(ask, word) > 0


def _count(ask: Ask, word: str) -> int:
    """How often; by date, since nobody needs an order by relevance to count."""
    return engine().search(Ask(Word(word), sort=Sort.NEWEST, seen=ask.seen)).total


def _offers(ask: Ask, word: str) -> list[str]:
    near = engine().near(word, 2 * GUESSES)
    return [one for one in near if _is_seen(ask, one)][:GUESSES]


def _words(part: Part) -> list[str]:
    if isinstance(part, Word):
        return [part.text]
    if isinstance(part, AllOf | AnyOf):
        return [word for one in part.parts for word in _words(one)]
    return list(part.words) if isinstance(part, Phrase) else []


def _replaced(part: Part, changed: dict[str, str]) -> Part:
    if isinstance(part, Word):
        return Word(changed.get(part.text, part.text))
    if isinstance(part, Phrase):
        return Phrase(tuple(changed.get(word, word) for word in part.words))
    if isinstance(part, AllOf | AnyOf):
        return type(part)(tuple(_replaced(one, changed) for one in part.parts))
    return part


def _respelt(text: str, changed: dict[str, str]) -> str:
    """The query as it was typed, with other words in their places."""
    return " ".join(changed.get(fold(one), one) for one in text.split())


def _some(ask: Ask, wanted: Part) -> Second | None:
    """Parts of a compound, or some of several words: better than nothing, and said to be that."""
    words = list(dict.fromkeys(_words(wanted)))
    parts = [Word(part) for word in words for part in parts_of(word)]
    if len(words) == 1 and parts:
        return _search(ask, AllOf(tuple(parts)))
    if len(words) < 2:
        return None
    counts = {word: count for word in words if (count := _count(ask, word))}
    kept = tuple(Word(word) for word in words if word in sorted(counts, key=lambda one: counts[one])[:SOME])
    refused = [one for one in getattr(wanted, "parts", ()) if isinstance(one, Without)]
    return _search(ask, AllOf((AnyOf(kept), *refused))) if kept else None
