"""What an engine can do. It keeps words and tokens, knows no feature's rows, and decides nothing about who may read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from forum.search.ask import Ask, Counts, Found, Hit, Seen
from forum.search.documents import Document

# Of the analysis and the fields. An index of another version is built anew.
VERSION = 1


class IndexMissing(Exception):  # the page says so, plainly; no reader meets an error
    """There is no index that can be read: it's gone, damaged or not yet built."""


class WriterBusy(Exception):  # whoever asks tries again a second later
    """Another process writes at this moment. Only one may."""


@dataclass(frozen=True)
class State:
    """`parts` are segments or indexes; `size` in bytes."""

    engine: str
    documents: int
    parts: int
    size: int


@dataclass(frozen=True)
class Progress:
    """How far building has come: all of the kinds before `kind`, and of it the ids up to `after`."""

    kind: str
    after: int
    done: int
    started: float


class Engine(ABC):
    name: str
    knows_gone = False
    """Whether it looks up by itself what readers mustn't see any more and it has yet to forget."""

    # --- reading: each raises IndexMissing

    @abstractmethod
    def search(self, ask: Ask) -> Found:
        """The best hits, in order."""

    @abstractmethod
    def counts(self, ask: Ask) -> Counts | None:
        """Of all hits; None where there are too many to count (ask.COUNTED)."""

    @abstractmethod
    def named(self, words: Sequence[str], kinds: Sequence[str], each: int, seen: Seen) -> tuple[Hit, ...]:
        """`each` of every kind whose title or own name has these words, the last one perhaps unfinished."""

    @abstractmethod
    def similar(self, stems: Sequence[str], ask: Ask, limit: int) -> tuple[Hit, ...]:
        """Those within the filters that share most of these stems, rare ones before common ones."""

    @abstractmethod
    def near(self, word: str, limit: int) -> tuple[str, ...]:
        """Words of the index that differ by a slip or two, the likeliest first. Some may be of held documents."""

    @abstractmethod
    def knows(self, words: Sequence[str]) -> frozenset[str]:
        """Which of these stand in the index."""

    # --- writing

    @abstractmethod
    def create(self) -> None:
        """Make an empty index where there is none."""

    @abstractmethod
    def writing(self) -> Write:
        """The one writer. Raises WriterBusy, or IndexMissing where there is nothing to write to."""

    @abstractmethod
    def trouble(self) -> str:
        """What is wrong with the index, in words for an operator; '' when it can be read."""

    def advice(self) -> str:
        """What an operator could make better, '' if nothing."""
        return ""

    @abstractmethod
    def state(self) -> State:
        """For an operator. Raises IndexMissing."""

    @abstractmethod
    def optimise(self) -> None:
        """Put in order at night what writing in a hurry left. Raises WriterBusy or IndexMissing."""

    # --- building beside the live index

    @abstractmethod
    def begin(self) -> None:
        """Ask for a new index, whoever builds it. What changes from now on is kept until that one is told, too."""

    @abstractmethod
    def is_building(self) -> bool:
        """Whether one was begun and isn't finished."""

    @abstractmethod
    @contextmanager
    def building(self) -> Iterator[Build]:
        """Go on with what was begun, or begin. Raises WriterBusy when somebody builds already."""

    @abstractmethod
    def progress(self) -> Progress | None:
        """How far the building has come; None where none was begun, or nothing is added yet."""


class Write(ABC):
    """A batch: what is forgotten first, what is added then. All of it can be found after `save`, or none."""

    @abstractmethod
    def forget(self, tags: Iterable[str]) -> None:
        """Every document with one of these tags."""

    @abstractmethod
    def add(self, documents: Iterable[Document]) -> None: ...

    @abstractmethod
    def save(self) -> None: ...

    @abstractmethod
    def cancel(self) -> None: ...


class Build(ABC):
    @property
    @abstractmethod
    def progress(self) -> Progress | None:
        """Where it goes on; None at the start."""

    @abstractmethod
    def add(self, documents: Sequence[Document], progress: Progress) -> None:
        """Durable together, at once or some pieces later: what is killed goes on from there, with nothing twice."""

    @abstractmethod
    @contextmanager
    def finishing(self) -> Iterator[Write]:
        """While nobody else writes: tell the new index what changed meanwhile. Then it's the live one."""
