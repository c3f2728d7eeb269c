"""A question to Whoosh ends with its budget, also where nothing matches that could be counted."""

from __future__ import annotations

from typing import Any

import pytest
from whoosh import fields
from whoosh import query as q
from whoosh.index import create_in

from forum.search.engines.whoosh import bounding

NOTHING: frozenset[int] = frozenset()
# Both words in every document, and nowhere one after the other.
NEVER = q.Phrase("text", ["quay", "pump"])


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """In a folder of its own: in memory, Whoosh's writers of all processes share one for what is temporary."""
    bounding.watch()
    index = create_in(tmp_path_factory.mktemp("index"), fields.Schema(text=fields.TEXT))
    writer = index.writer()
    for _ in range(2_000):
        writer.add_document(text="pump at the quay")
    writer.commit()
    with index.searcher() as one:
        yield one


def test_question_within_its_budget_is_answered_whole(searcher: Any) -> None:
    results, is_all = bounding.search_within(searcher, q.Term("text", "pump"), 10, frozenset({0}))
    assert ([hit.docnum for hit in results], is_all) == (list(range(1, 11)), True)


@pytest.mark.parametrize("query", [NEVER, q.Term("text", "pump"), q.Every()])
def test_question_ends_with_its_budget(searcher: Any, monkeypatch: pytest.MonkeyPatch, query: Any) -> None:
    monkeypatch.setattr(bounding, "BUDGET_S", 0.0)
    results, is_all = bounding.search_within(searcher, query, 10, NOTHING)
    assert (results.top_n, is_all) == ([], False)


def test_what_is_gathered_says_whether_it_is_all(searcher: Any) -> None:
    numbers, is_all = bounding.gathered(searcher.docs_for_query(NEVER), 0.0)
    assert (numbers, is_all) == ([], False)
    numbers, is_all = bounding.gathered(searcher.docs_for_query(q.Term("text", "quay")), 60)
    assert (len(numbers), is_all) == (2_000, True)


def test_reading_without_a_budget_goes_on(searcher: Any) -> None:
    bounding.gathered([], 0.0)
    assert len(list(searcher.docs_for_query(q.Term("text", "quay")))) == 2_000
