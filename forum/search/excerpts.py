"""The lines of a text that show why it was found, with the words marked. Pure; from the text as it's stored now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from forum.search.compounds import parts_of
from forum.search.words import fold, forms

# Two lines of the design's 42 rem, three on a phone.
LENGTH = 240
LEAD = 50  # what stands before the first mark, so that it's read in its sentence
LOOKED_AT = 40_000  # characters: the longest text there is, and more
_WORD = re.compile(r"[^\W_]+(?:['’]s\b)?")


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


@dataclass(frozen=True)
class Marks:
    """`words` are all forms of what was looked for; `start` is the beginning of a word, where it may be unfinished."""

    words: frozenset[str]
    start: str = ""

    @classmethod
    def of(cls, words: Iterable[str], start: str = "") -> Marks:
        return cls(frozenset(form for word in words for form in forms(word)), start if len(start) > 3 else "")

    def has(self, word: str) -> bool:
        known = _forms_of(word)
        if not self.words.isdisjoint(known):
            return True
        return bool(self.start) and known[0].startswith(self.start)


@lru_cache(maxsize=50_000)
def _forms_of(word: str) -> tuple[str, ...]:
    """A word as it stands, folded, and everything it's found under."""
    plain = fold(word).removesuffix("'s").removesuffix("’s")
    return (plain, *forms(plain), *(form for part in parts_of(plain) for form in forms(part)))


def mark(text: str, marks: Marks) -> tuple[Piece, ...]:
    """The whole text."""
    return tuple(_pieces(text, list(_hits(text, marks))))


def excerpt(text: str, marks: Marks) -> tuple[Piece, ...]:
    """The stretch with the most different words that were looked for; the beginning where there are none."""
    line = " ".join(text[:LOOKED_AT].split())
    hits = list(_hits(line, marks))
    start = _start(line, _densest(line, hits))
    end = _end(line, start)
    inside = [(low - start, high - start) for low, high in hits if low >= start and high <= end]
    pieces = list(_pieces(line[start:end], inside))
    if start:
        pieces.insert(0, Piece("… "))
    if end < len(line):
        pieces.append(Piece(" …"))
    return tuple(pieces)


def _hits(text: str, marks: Marks) -> Iterator[tuple[int, int]]:
    return ((found.start(), found.end()) for found in _WORD.finditer(text) if marks.has(found[0]))


def _densest(line: str, hits: Sequence[tuple[int, int]]) -> int:
    """Where the window with the most different words begins; the first of equals."""
    best, place = 0, 0
    for number, (low, _) in enumerate(hits):
        inside = set()
        for other, high in hits[number:]:
            if high > low + LENGTH - LEAD:
                break
            inside.add(_forms_of(line[other:high])[-1])
        if len(inside) > best:
            best, place = len(inside), low
        if number > 200:
            break
    return place


def _start(line: str, place: int) -> int:
    """A little before, at a sentence or a word."""
    if place <= LEAD:
        return 0
    before = line[place - LEAD : place]
    for mark_ in (". ", "? ", "! "):
        if mark_ in before:
            return place - LEAD + before.rindex(mark_) + 2
    return place - LEAD + before.find(" ") + 1


def _end(line: str, start: int) -> int:
    if len(line) - start <= LENGTH:
        return len(line)
    cut = line.rfind(" ", start + LENGTH // 2, start + LENGTH)
    return cut if cut > 0 else start + LENGTH


def _pieces(text: str, hits: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Marks with only blanks between them are one."""
    place = 0
    for low, high in _joined(text, hits):
        if low > place:
            yield Piece(text[place:low])
        yield Piece(text[low:high], marked=True)
        place = high
    if place < len(text):
        yield Piece(text[place:])


def _joined(text: str, hits: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for low, high in hits:
        if joined and not text[joined[-1][1] : low].strip():
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return joined
