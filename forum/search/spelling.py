"""How far apart two words are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import ascii_lowercase, digits

SLIPS = 2


def slips_allowed(word: str) -> int:
    """A short word with two letters changed is another word."""
    return 1 if len(word) < 6 else SLIPS


def begun_otherwise(word: str) -> Iterator[str]:
    """What a slip in the first letter may have been meant for: it's left out, changed, added or swapped."""
    yield word[1:]
    yield word[1:2] + word[:1] + word[2:]
    for letter in ascii_lowercase + digits:
        yield letter + word
        yield letter + word[1:]


def nearest(word: str, others: Iterable[str], limit: int) -> tuple[str, ...]:
    """Those within the slips allowed, the nearest first."""
    most = slips_allowed(word)
    found = ((distance(word, other, most), other) for other in others if other != word)
    return tuple(other for apart, other in sorted(found) if apart <= most)[:limit]


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, leave out, change or swap with a neighbour (Damerau and Levenshtein); past `most`, anything."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        last, before, row = before, row, [at]
        for place, its in enumerate(other, start=1):
            least = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != its))
            if last and place > 1 and letter == other[place - 2] and one[at - 2] == its:
                least = min(least, last[place - 2] + 1)
            row.append(least)
    return row[-1]
