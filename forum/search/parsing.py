"""The language of queries: from what a person typed to what is looked for. Pure: it knows no database.

    words          all of them, in any form; the last may be unfinished
    "a phrase"     exactly these words, in this order
    -word          without it
    one OR two     one of them
    topic:mobility by:nkechi after:2026-01 is:question sort:newest …    see NAMES

Nothing is an error. What can't be meant as it's written is looked for as plain words, and a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from forum.search.ask import AllOf, AnyOf, Part, Phrase, Without, Word
from forum.search.words import is_empty, words_in

# Longer ones were pasted, not typed. So nobody makes the index work for seconds.
MAX_LENGTH = 500
MAX_WORDS = 24
SHORTEST_START = 4  # of a last word that may be unfinished


class Name(StrEnum):
    IN = "in"
    TOPIC = "topic"
    ORGANISATION = "organisation"
    BY = "by"
    KIND = "kind"
    LANGUAGE = "language"
    BEFORE = "before"
    AFTER = "after"
    IS = "is"
    SORT = "sort"


# As people write them, in English and in Dutch.
NAMES = {one.value: one for one in Name} | {
    "organization": Name.ORGANISATION, "org": Name.ORGANISATION, "organisatie": Name.ORGANISATION,
    "author": Name.BY, "from": Name.BY, "door": Name.BY, "van": Name.BY, "since": Name.AFTER, "na": Name.AFTER,
    "sinds": Name.AFTER, "voor": Name.BEFORE, "lang": Name.LANGUAGE, "taal": Name.LANGUAGE, "onderwerp": Name.TOPIC,
    "soort": Name.KIND, "volgorde": Name.SORT,
}  # fmt: skip


class Slip(StrEnum):
    """What was read otherwise than it was written."""

    OPEN_QUOTE = "open quote"
    TOO_LONG = "too long"
    STRAY_OR = "stray or"


@dataclass(frozen=True)
class Operator:
    """`name:value` at a place of the text; `without` for `-name:value`."""

    name: Name
    value: str
    start: int
    end: int
    without: bool = False


@dataclass(frozen=True)
class Query:
    """`text` is what was typed, cut. `wanted` is None where there are only operators, or nothing.

    `words` are the plain words, folded, in order: for what is marked, and for what may have been meant instead.
    """

    text: str
    wanted: Part | None
    words: tuple[str, ...] = ()
    operators: tuple[Operator, ...] = ()
    slips: frozenset[Slip] = frozenset()

    @property
    def bare(self) -> str:
        """The text without any operator."""
        text = self.text
        for operator in reversed(self.operators):
            text = text[: operator.start] + text[operator.end :]
        return " ".join(text.split())

    def without(self, operator: Operator) -> str:
        """The text without this operator."""
        return " ".join((self.text[: operator.start] + " " + self.text[operator.end :]).split())


_TOKEN = re.compile(
    r"""(?P<minus>-)?(?:
        "(?P<phrase>[^"]*)(?P<closed>"|$)
      | (?P<name>[A-Za-z]+):(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<value>[^\s"]+))
      | (?P<word>[^\s"]+)
    )""",
    re.VERBOSE,
)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))


@dataclass
class _Reading:
    """`groups` are joined by AND, the units within each by OR."""

    groups: list[list[Part]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)
    slips: set[Slip] = field(default_factory=set)
    is_or: bool = False

    def add(self, units: list[Part]) -> None:
        for unit in units:
            if self.is_or and self.groups and not isinstance(unit, Without):
                self.groups[-1].append(unit)
            else:
                self.groups.append([unit])
            self.is_or = False


def parse(text: str) -> Query:
    cut = " ".join(text.replace("\x00", " ").split())
    reading = _Reading()
    if len(cut) > MAX_LENGTH:
        cut = cut[:MAX_LENGTH].rpartition(" ")[0] or cut[:MAX_LENGTH]
        reading.slips.add(Slip.TOO_LONG)
    for token in _TOKEN.finditer(cut.translate(_QUOTES)):
        _read(token, reading)
    if reading.is_or:
        reading.slips.add(Slip.STRAY_OR)
    return Query(cut, _whole(reading.groups), tuple(reading.words), tuple(reading.operators), frozenset(reading.slips))


def _read(token: re.Match[str], reading: _Reading) -> None:
    minus, name = bool(token["minus"]), NAMES.get((token["name"] or "").lower())
    value = token["quoted"] if token["quoted"] is not None else token["value"]
    if name and value and value.strip():
        reading.operators.append(Operator(name, value.strip(), token.start(), token.end(), without=minus))
    elif token["phrase"] is not None:
        if not token["closed"]:
            reading.slips.add(Slip.OPEN_QUOTE)
        _take(reading, token["phrase"], minus=minus, exact=bool(token["closed"]))
    elif token["word"] == "OR" and not minus:
        reading.is_or = bool(reading.groups)
        if not reading.groups:
            reading.slips.add(Slip.STRAY_OR)
    else:
        _take(reading, token[0].removeprefix("-") if minus else token[0], minus=minus)


def _take(reading: _Reading, text: str, *, minus: bool, exact: bool = False) -> None:
    """A phrase as one unit, else a unit for each word; a word with a hyphen is read as a phrase would be."""
    words = words_in(text)
    if len(reading.words) + len(words) > MAX_WORDS:
        reading.slips.add(Slip.TOO_LONG)
        words = words[: MAX_WORDS - len(reading.words)]
    if not words:
        return
    units: list[Part] = [Phrase(tuple(words))] if exact else [Word(word) for word in words]
    if minus:
        reading.add([Without(AllOf(tuple(units)) if len(units) > 1 else units[0])])
        return
    reading.words.extend(words)
    reading.add(units)


def _whole(groups: list[list[Part]]) -> Part | None:
    """Words that mean nothing aren't asked for beside others; alone, they're looked for as they stand."""
    said = [[unit for unit in group if not _means_nothing(unit)] for group in groups]
    if not any(unit for group in said for unit in group if not isinstance(unit, Without)):
        said = [[_literally(unit) for unit in group] for group in groups]
    parts = list(dict.fromkeys(_any(list(dict.fromkeys(group))) for group in said if group))
    if not parts:
        return None
    last = parts[-1]
    if isinstance(last, Word):
        parts[-1] = Word(last.text, prefix=True)
    return AllOf(tuple(parts))


def _any(group: list[Part]) -> Part:
    return group[0] if len(group) == 1 else AnyOf(tuple(group))


def _means_nothing(unit: Part) -> bool:
    return isinstance(unit, Word) and is_empty(unit.text)


def _literally(unit: Part) -> Part:
    return Phrase((unit.text,)) if isinstance(unit, Word) and is_empty(unit.text) else unit


def plain_words(part: Part | None) -> Iterator[str]:
    """Words that a hit may be marked for."""
    if isinstance(part, Word):
        yield part.text
    elif isinstance(part, Phrase):
        yield from part.words
    elif isinstance(part, AllOf | AnyOf):
        for one in part.parts:
            yield from plain_words(one)
