"""What is looked for, in a form that both engines understand. No text is left to parse here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Union

from forum.search import tokens

# How deep anybody may page. Who hasn't found it among 200 narrows it down; and the work for a page stays bounded.
DEEPEST = 200
# Counted exactly up to here; beyond, "more than" says as much to a person and costs a fraction.
COUNTED = 5_000


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    TOP = "top"


class Field(StrEnum):
    ALL = ""
    TITLE = "title"
    BODY = "body"


@dataclass(frozen=True)
class Word:
    """A folded word. `prefix`: the person may not have finished it."""

    text: str
    prefix: bool = False


@dataclass(frozen=True)
class Phrase:
    """These words, unstemmed, one after the other."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Without:
    part: Part


@dataclass(frozen=True)
class AllOf:
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Part, ...]


Part = Union[Word, Phrase, Without, AllOf, AnyOf]  # noqa: UP007  # a recursive alias: the classes above name it


@dataclass(frozen=True)
class Seen:
    """Whose eyes: what is held is found by moderators and its author. `gone` are tokens of what the index has yet to
    forget: nobody finds it from the moment it was taken away."""

    member_id: int | None = None
    is_moderator: bool = False
    gone: frozenset[str] = frozenset()

    @property
    def allowed(self) -> tuple[str, ...]:
        own = (tokens.author(self.member_id),) if self.member_id is not None else ()
        return (*own, tokens.STAFF) if self.is_moderator else own


ANYBODY = Seen()


@dataclass(frozen=True)
class Ask:
    """`wanted` None looks for everything within the filters. Each of `groups` asks for one of its tokens at least;
    none of `without` may be there."""

    wanted: Part | None
    groups: tuple[frozenset[str], ...] = ()
    without: frozenset[str] = frozenset()
    field: Field = Field.ALL
    since: datetime | None = None
    until: datetime | None = None
    sort: Sort = Sort.RELEVANCE
    seen: Seen = ANYBODY


@dataclass(frozen=True)
class Hit:
    kind: str
    id: int
    post: int
    score: float


@dataclass(frozen=True)
class Found:
    """The best hits in order, DEEPEST at most, and how many there are in all: exactly, unless `more`."""

    hits: tuple[Hit, ...]
    total: int
    more: bool = False


@dataclass(frozen=True)
class Counts:
    """How many hits are of each kind, under each topic and in each language."""

    kinds: dict[str, int]
    topics: dict[int, int]
    languages: dict[str, int]
