"""What changed between two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

# "4,000", "don't" and "well-known" are one word each.
_WORD = re.compile(r"\s+|\w+(?:[.,'’-]\w+)*|[^\w\s]")
_STANDS = re.compile(r"[\w\n]")
# Comparing costs the product of both lengths. Past this a changed passage is shown as taken out and put in whole.
MAX_WORDS = 1_500
MAX_LINES = 2_000
# A passage of which fewer words than one in so many stayed is another passage.
LEAST_KEPT = 4


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    change: Change
    text: str


@dataclass(frozen=True)
class _Step:
    old: str
    new: str
    is_same: bool


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
    steps = list(_steps(before, after))
    kept = sum(_count(step.old) for step in steps if step.is_same)
    if kept * LEAST_KEPT < max(_count(old), _count(new)):
        yield from _whole([old], [new])
        return
    for is_same, group in groupby(steps, key=lambda step: step.is_same):
        passage = list(group)
        yield from _plain("equal" if is_same else "replace", [s.old for s in passage], [s.new for s in passage])


def _count(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _steps(before: list[str], after: list[str]) -> Iterator[_Step]:
    """A blank or a comma that stays between two changed words reads as changed with them; the end of a line is not."""
    codes = SequenceMatcher(None, before, after).get_opcodes()
    for place, (tag, a, b, c, d) in enumerate(codes):
        old, new = "".join(before[a:b]), "".join(after[c:d])
        is_between = 0 < place < len(codes) - 1
        yield _Step(old, new, tag == "equal" and not (is_between and _STANDS.search(old) is None))


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
