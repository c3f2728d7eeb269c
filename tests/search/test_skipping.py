"""Whoosh looks at what rounding keeps it from skipping, where its own loop would never end."""

from __future__ import annotations

import pytest
from whoosh.matching import Matcher
from whoosh.matching.binary import AndMaybeMatcher, BiMatcher, IntersectionMatcher, UnionMatcher
from whoosh.matching.wrappers import WrappingMatcher

from forum.search.engines.whoosh import skipping

# As they stood in the loop: together exactly the least, and each above the least without the other.
HIGH, LOW = 8.543150518979129, 3.9491438630134383
LEAST = 12.492294381992567


class Block(Matcher):  # type: ignore[misc]  # Whoosh has no types
    """Two documents a block, and all blocks of one quality."""

    def __init__(self, quality: float, place: int = 0) -> None:
        self.quality, self.place, self.asked = quality, place, 0

    def is_active(self) -> bool:
        return self.place < 10

    def id(self) -> int:
        return self.place

    def block_quality(self) -> float:
        self.asked += 1
        assert self.asked < 100, "it never ends"
        return self.quality

    def skip_to_quality(self, minquality: float) -> int:
        if self.quality > minquality:
            return 0
        self.place += 2
        return 1

    def skip_to(self, docnum: int) -> None:
        self.place = max(self.place, docnum)


@pytest.fixture(autouse=True)
def mended() -> None:
    skipping.mend()


def test_the_numbers_are_those_that_round_badly() -> None:
    assert HIGH + LOW <= LEAST
    assert LEAST - HIGH < LOW


@pytest.mark.parametrize("kind", [UnionMatcher, AndMaybeMatcher])
@pytest.mark.parametrize(("first", "second"), [(HIGH, LOW), (LOW, HIGH)])
def test_what_rounding_keeps_is_looked_at(kind: type[BiMatcher], first: float, second: float) -> None:
    both = kind(Block(first), Block(second))
    assert (both.skip_to_quality(LEAST), both.a.id(), both.b.id()) == (0, 0, 0)


@pytest.mark.parametrize("kind", [UnionMatcher, AndMaybeMatcher])
def test_what_is_worth_too_little_is_skipped(kind: type[BiMatcher]) -> None:
    both = kind(Block(1.0), Block(2.0))
    assert (both.skip_to_quality(LEAST) > 0, both.is_active()) == (True, kind is UnionMatcher)


def test_both_together_come_to_an_end_however_it_rounds() -> None:
    both = IntersectionMatcher(Block(HIGH), Block(LOW))
    assert (both.skip_to_quality(LEAST) > 0, both.is_active()) == (True, False)


def test_filter_that_counts_for_nothing_is_no_error() -> None:
    both = IntersectionMatcher(Block(2.0), WrappingMatcher(Block(5.0), boost=0))
    assert (both.skip_to_quality(3.0), both.is_active()) == (5, False)


def test_filter_leaves_what_is_worth_enough() -> None:
    both = IntersectionMatcher(Block(4.0), WrappingMatcher(Block(5.0), boost=0))
    assert (both.skip_to_quality(3.0), both.a.id(), both.b.id()) == (0, 0, 0)


def test_what_adds_is_not_left_behind() -> None:
    class Better(Block):
        def skip_to_quality(self, minquality: float) -> int:
            self.place, self.quality = 4, minquality + 1
            return 2

    both = AndMaybeMatcher(Better(1.0), Block(4.0))
    both.skip_to_quality(6.0)
    assert both.a.id() == both.b.id() == 4
