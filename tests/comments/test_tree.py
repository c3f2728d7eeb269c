"""Paths order a thread as it is read, whatever its shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.comments import tree

ordinals = st.integers(min_value=0, max_value=tree.MAX_SIBLINGS - 1)
small = st.integers(min_value=0, max_value=70)
places = st.lists(small, min_size=1, max_size=tree.MAX_DEPTH + 1)


def path_of(place: list[int]) -> str:
    path = ""
    for ordinal in place:
        path = tree.child(path, ordinal)
    return path


def test_ordinals_are_four_characters_in_ascii_order() -> None:
    assert [tree.child("", n) for n in (0, 9, 10, 35, 36, 61, 62)] == [
        "0000", "0009", "000A", "000Z", "000a", "000z", "0010",
    ]  # fmt: skip


def test_ordinal_past_the_last_is_refused() -> None:
    with pytest.raises(ValueError, match="14776336"):
        tree.child("", tree.MAX_SIBLINGS)


@given(ordinals)
def test_ordinal_comes_back_from_its_path(ordinal: int) -> None:
    assert tree.ordinal_of(tree.child("0000", ordinal)) == ordinal


@given(ordinals, ordinals)
def test_paths_sort_as_ordinals_do(one: int, other: int) -> None:
    assert (tree.child("", one) < tree.child("", other)) == (one < other)


@given(places, places)
def test_bytes_sort_as_reading_does(one: list[int], other: list[int]) -> None:
    """Lists compare as a reader goes: what is above comes first, then by ordinal."""
    assert (path_of(one).encode() < path_of(other).encode()) == (one < other)


@given(places, places)
def test_branch_is_the_range_up_to_its_end(branch: list[int], other: list[int]) -> None:
    path, candidate = path_of(branch), path_of(other)
    inside = other[: len(branch)] == branch
    assert (path <= candidate < tree.end_of(path)) == inside
    assert tree.is_above(path, candidate) == (inside and candidate != path)


@given(places, places)
def test_after_bounds_what_is_read_later(one: list[int], other: list[int]) -> None:
    assert (path_of(other) >= tree.after(path_of(one))) == (other > one)


@given(places)
def test_ancestors_are_the_shorter_starts(place: list[int]) -> None:
    path = path_of(place)
    assert tree.ancestors(path) == tuple(path_of(place[:n]) for n in range(1, len(place)))
    assert tree.depth_of(path) == len(place) - 1
    assert tree.parent_of(path) == path_of(place[:-1])
    assert tree.root_of(path) == path_of(place[:1])


def test_reply_at_the_deepest_level_sits_beside_what_it_answers() -> None:
    deepest = path_of([0] * (tree.MAX_DEPTH + 1))
    assert tree.host_of(deepest) == tree.parent_of(deepest)
    assert tree.host_of(tree.parent_of(deepest)) == tree.parent_of(deepest)


def test_lineage_of_the_whole_thread_is_empty() -> None:
    assert (tree.lineage(""), tree.lineage("00000001")) == ((), ("0000", "00000001"))
