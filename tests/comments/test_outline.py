"""The outline of a thread is a valid nesting for any rows, and folds what is deep or late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.comments.outline import Fold, Outline, Step, outline

START = datetime(2026, 11, 14, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    id: int
    depth: int
    parent_id: int | None = None
    reply_count: int = 0

    @property
    def created_at(self) -> datetime:
        return START + timedelta(minutes=self.id)


def name_of(row: Row) -> str:
    return f"member {row.id}"


def chain(length: int, start: int = 0) -> list[Row]:
    return [Row(n + 1, start + n, n or None, length - n - 1) for n in range(length)]


def nesting(result: Outline[Row]) -> list[tuple[int, int]]:
    """(id, number of lists around it), as the template's walk makes it."""
    level, places = 0, []
    for step in result.steps:
        level += (step.fold is not None) - step.closes
        places.append((step.row.id, level))
    assert level == result.closes
    return places


def test_outline_of_nothing_is_empty() -> None:
    assert outline([], name_of) == Outline()


def test_outline_of_a_reply_opens_one_list() -> None:
    rows = [Row(1, 0, None, 1), Row(2, 1, 1), Row(3, 0)]
    assert outline(rows, name_of).steps == (
        Step(rows[0], next_root=3),
        Step(rows[1], fold=Fold(1, "member 2")),
        Step(rows[2], closes=1),
    )


def test_outline_leads_past_replies_to_the_next_at_the_top() -> None:
    rows = [Row(1, 0), Row(2, 0, None, 2), Row(3, 1, 2), Row(4, 2, 3), Row(5, 0, None, 1), Row(6, 1, 5)]
    assert [step.next_root for step in outline(rows, name_of).steps] == [None, 5, None, None, None, None]


def test_outline_of_siblings_shares_their_list() -> None:
    rows = [Row(1, 0, None, 2), Row(2, 1, 1), Row(3, 1, 1)]
    assert nesting(outline(rows, name_of)) == [(1, 0), (2, 1), (3, 1)]


def test_fold_names_all_replies_and_the_latest_author() -> None:
    rows = [Row(1, 0, None, 9), Row(2, 1, 1, 1), Row(5, 2, 2), Row(3, 1, 1)]
    assert outline(rows, name_of).steps[1].fold == Fold(9, "member 5")


def test_branches_are_open_to_level_three() -> None:
    folds = [step.fold for step in outline(chain(5), name_of).steps]
    assert [fold.is_open for fold in folds if fold] == [True, True, False, False]


def test_branches_after_twenty_comments_are_folded() -> None:
    rows = [Row(n, 0) for n in range(1, 21)] + [Row(21, 0, None, 1), Row(22, 1, 21)]
    assert outline(rows, name_of).steps[21].fold == Fold(1, "member 22", is_open=False)


def test_replies_beyond_level_five_become_a_link() -> None:
    result = outline(chain(8), name_of)
    assert nesting(result)[-1] == (5, 4)
    assert result.steps[-1].beyond == Fold(3, "member 8")


def test_rows_after_a_hidden_branch_keep_their_place() -> None:
    rows = [*chain(7), Row(8, 1, 1), Row(9, 0)]
    assert nesting(outline(rows, name_of))[-2:] == [(8, 1), (9, 0)]


def test_page_that_begins_deep_starts_at_the_top_and_says_so() -> None:
    result = outline([Row(7, 3, 6), Row(8, 4, 7), Row(9, 1, 1), Row(10, 0)], name_of)
    assert nesting(result) == [(7, 0), (8, 1), (9, 0), (10, 0)]
    assert [step.is_continued for step in result.steps] == [True, False, True, False]


def test_reply_whose_parent_is_not_shown_is_not_given_to_its_aunt() -> None:
    rows = [Row(1, 0), Row(2, 1, 1), Row(4, 2, 3)]
    assert nesting(outline(rows, name_of)) == [(1, 0), (2, 1), (4, 1)]


def test_replies_left_out_by_the_query_become_a_link() -> None:
    rows = [Row(1, 0, None, 40), Row(2, 1, 1)]
    assert outline(rows, name_of, cut={1}).steps[0].beyond == Fold(39, "")


# A machine that other tests share is slow to make up examples; that says nothing about nesting.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(min_value=0, max_value=9), max_size=60))
def test_nesting_is_valid_for_any_depths(depths: list[int]) -> None:
    rows = [Row(n + 1, depth, n or None) for n, depth in enumerate(depths)]
    places = nesting(outline(rows, name_of))
    assert all(0 <= level < 5 for _, level in places)
    assert all(after <= before + 1 for (_, before), (_, after) in pairwise(places))
