"""No question takes more than so much work: who asks for everything gets the best of what was looked at in that time.

Two dozen of the commonest words in an OR took six seconds over 100,000 documents, and a phrase of small words 21 s over
1.3 million. Nobody reads ten thousand results, and nobody else's page shall wait for them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import thread_time
from typing import Any

from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.collectors import WrappingCollector

# Of this thread's CPU: an ordinary frequent word takes 0.1 s at 100,000 documents.
BUDGET_S, TO_COUNT_S = 0.3, 0.15
LOOK_EVERY = 128  # documents: looking at the clock costs about as much as one

_spending = threading.local()
_next_block = W3LeafMatcher._next_block  # noqa: SLF001  # there is no public way to it


class Spent(Exception):
    """The budget of what this thread is looking for."""


@contextmanager
def budget(seconds: float) -> Iterator[None]:
    """Whatever reads postings in here raises Spent when the time is over."""
    _spending.end = thread_time() + seconds
    try:
        yield
    finally:
        _spending.end = None


def check() -> None:
    end = getattr(_spending, "end", None)
    if end is not None and thread_time() > end:
        raise Spent


def watch() -> None:
    """Have Whoosh look at the clock at each block of postings: it may go through a million without a match."""

    def next_block(self: Any) -> None:
        check()
        _next_block(self)

    W3LeafMatcher._next_block = next_block  # noqa: SLF001  # as above


class Bounded(WrappingCollector):  # type: ignore[misc]  # Whoosh has no types
    """Collects as its child does, without what is hidden, until the budget is spent."""

    def __init__(self, child: Any, hidden: frozenset[int]) -> None:
        super().__init__(child)
        self._hidden = hidden

    def collect_matches(self) -> None:
        for count, number in enumerate(self.matches()):
            if count % LOOK_EVERY == 0:
                check()
            if self.offset + number not in self._hidden:
                self.collect(number)


def search_within(searcher: Any, query: Any, limit: int, hidden: frozenset[int]) -> tuple[Any, bool]:
    """Whoosh's results, the best `limit` without what is hidden; and whether everything was looked at."""
    # Not as Whoosh's mask: its collector of that filters while it goes through the matches, which is done here.
    collector = Bounded(searcher.collector(limit=limit), hidden)
    try:
        with budget(BUDGET_S):
            searcher.search_with_collector(query, collector)
    except Spent:
        collector.finish()
        return collector.results(), False
    return collector.results(), True


def gathered(numbers: Iterable[int], seconds: float = BUDGET_S) -> tuple[list[int], bool]:
    """Of `numbers` what came within the time, and whether that's all."""
    found: list[int] = []
    try:
        with budget(seconds):
            for count, number in enumerate(numbers):
                if count % LOOK_EVERY == 0:
                    check()
                found.append(number)
    except Spent:
        return found, False
    return found, True
