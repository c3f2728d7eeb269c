"""Documents as tsvectors and questions as tsqueries.

Weights are PostgreSQL's: A title, B names, C topics, D body. An unstemmed word is kept as "=word" with its place, so
that a phrase is looked for among these and can't be met by a stem.
"""

from __future__ import annotations

from collections.abc import Iterable

from forum.search.ask import AnyOf, Field, Part, Phrase, Without, Word
from forum.search.documents import Document
from forum.search.parsing import SHORTEST_START
from forum.search.words import forms

LAST_PLACE = 16_383  # PostgreSQL's own bound
MOST_PLACES = 255
WEIGHTS = {Field.ALL: "", Field.TITLE: "A", Field.BODY: "D"}
NAMES = "A"


def vector_of(document: Document) -> str:
    """The text of a tsvector."""
    places: dict[str, list[str]] = {}
    for weight, words in (
        ("A", document.title),
        ("B", document.names),
        ("C", document.topics),
        ("D", document.body),
    ):
        _place(places, words, weight)
    _place(places, (f"={word}" for word in document.exact), "D")
    return " ".join(f"{quoted(word)}:{','.join(found[:MOST_PLACES])}" for word, found in places.items())


def _place(places: dict[str, list[str]], words: Iterable[str], weight: str) -> None:
    for number, word in enumerate(words, start=1):
        places.setdefault(word, []).append(f"{min(number, LAST_PLACE)}{weight}")


def quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def query_of(part: Part, field: Field = Field.ALL) -> str:
    """The text of a tsquery."""
    return _query(part, WEIGHTS[field])


def loosely(part: Part) -> str | None:
    """What a text that answers `part` has, at least: a phrase's words, wherever they stand. None: nothing in common."""
    if isinstance(part, Word):
        return _word(part, "")
    if isinstance(part, Phrase):
        return f"({' & '.join(quoted(f'={word}') for word in part.words)})"
    if isinstance(part, Without):
        return None
    found = [loosely(one) for one in part.parts]
    known = [one for one in found if one is not None]
    if not known or (isinstance(part, AnyOf) and len(known) < len(found)):
        return None
    return f"({(' | ' if isinstance(part, AnyOf) else ' & ').join(known)})"


def has_phrase(part: Part) -> bool:
    """One that has to be there: what must not be there keeps few texts out, and no index helps with it."""
    if isinstance(part, Without):
        return False
    return isinstance(part, Phrase) or (not isinstance(part, Word) and any(map(has_phrase, part.parts)))


def names_of(words: Iterable[str], weight: str = NAMES) -> str:
    """All of these in a title or name, the last one perhaps unfinished."""
    *whole, last = words
    return " & ".join([*(_word(Word(word), weight) for word in whole), f"{quoted(last)}:*{weight}"])


def any_of(stems: Iterable[str]) -> str:
    return " | ".join(map(quoted, stems))


def _query(part: Part, weight: str) -> str:
    if isinstance(part, Word):
        return _word(part, weight)
    if isinstance(part, Phrase):
        phrase = " <-> ".join(quoted(f"={word}") for word in part.words)
        return f"({' & '.join([f'({phrase})', *(_word(Word(one), weight) for one in part.words if weight)])})"
    if isinstance(part, Without):
        return f"!({_query(part.part, weight)})"
    joint = " | " if isinstance(part, AnyOf) else " & "
    return f"({joint.join(_query(one, weight) for one in part.parts)})"


def _word(word: Word, weight: str) -> str:
    found = [f"{quoted(form)}:{weight}" if weight else quoted(form) for form in forms(word.text)]
    if word.prefix and len(word.text) >= SHORTEST_START:
        found.append(f"{quoted(word.text)}:*{weight}")
    return f"({' | '.join(found)})"
