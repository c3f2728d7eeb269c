"""What changed between two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
# Comparing costs the product of both lengths. Past this a changed passage is shown as taken out and put in whole.
MAX_WORDS = 1_500
MAX_LINES = 2_000


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    change: Change
    text: str


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """Pieces which, without the added ones, are `old` and, without the removed ones, `new`."""
    if old == new:
        return (Piece(Change.SAME, new),) if new else ()
    return _joined(_by_line(old.splitlines(keepends=True), new.splitlines(keepends=True)))


def _by_line(old: list[str], new: list[str]) -> Iterator[Piece]:
    if max(len(old), len(new)) > MAX_LINES:
        yield from _whole(old, new)
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "replace":
            yield from _by_word("".join(old[a:b]), "".join(new[c:d]))
        else:
            yield from _plain(tag, old[a:b], new[c:d])


def _by_word(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > MAX_WORDS:
        yield from _whole([old], [new])
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        yield from _plain(tag, before[a:b], after[c:d])


def _plain(tag: str, old: list[str], new: list[str]) -> Iterator[Piece]:
    if tag == "equal":
        yield Piece(Change.SAME, "".join(new))
    else:
        yield from _whole(old, new)


def _whole(old: list[str], new: list[str]) -> Iterator[Piece]:
    yield Piece(Change.REMOVED, "".join(old))
    yield Piece(Change.ADDED, "".join(new))


def _joined(pieces: Iterator[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one kind as one, none empty."""
    groups = groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.change)
    return tuple(Piece(change, "".join(piece.text for piece in group)) for change, group in groups)
