"""Whatever is typed gives a page or a plain refusal, within a second."""

from __future__ import annotations

import sys
import time
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.search.ask import AllOf, AnyOf
from forum.search.parsing import MAX_LENGTH, MAX_WORDS, parse, plain_words
from tests.search.finding import comment, post, settle
from tests.web import Web

# On a busy machine; the bound of QUALITY.md is a second of work.
SECONDS = 1.0
NAMES = ("kind", "topic", "organisation", "by", "language", "in", "is", "when", "after", "sort", "post", "page")
PIECES = ('"', "-", "OR", "a", "in:", "by:x", "title", ":", " ")
QUERIES = (
    "*:*",
    "[a TO",
    "[a TO b]",
    "{",
    "}",
    "(((((((",
    ")",
    '"',
    '""',
    '"""',
    "'",
    "\\",
    "\\\\'",
    "a:b:c",
    ":",
    "::",
    "-",
    "--",
    "- -",
    "OR",
    "OR OR",
    "a OR",
    "NOT",
    "AND",
    "&",
    "|",
    "!",
    "!a",
    "<->",
    "'a' <-> 'b'",
    "a & b | !c",
    "a*",
    "*a",
    "?",
    "a~",
    "a^9",
    "%",
    "%%",
    "_",
    "%s",
    "%(x)s",
    ":x",
    "$1",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "\x00",
    "a\x00b",
    "\u202e",
    "\ufeff",
    "\U0001f6b2",
    "é" * 300,
    "ﬀ" * 200,
    "ß" * 400,
    "ا" * 200,
    "漢字" * 100,
    "a" * 10_000,
    "a " * 5_000,
    "x" * 400,
    " ".join(f"word{n}" for n in range(1_000)),
    '"' + "a b " * 300 + '"',
    "-a " * 500,
    "topic:",
    "topic:*",
    "by:%",
    "by:'",
    "before:9999-99-99",
    "after:0000",
    "after:-1",
    "kind:" + "z" * 500,
    "is:is",
    "sort:sort",
    "in:in",
    "language:../..",
    "a OR b OR c OR d",
    " OR ".join("abcdefghijklmnop"),
    "kind:post " * 100,
    "1" * 400,
    "0x1",
    "1e999",
    "-" * 500,
)


@pytest.fixture
def filled(app: Flask) -> None:
    discussion = post("Heat pumps", "A pump, a word1 and a word2.")
    comment(discussion, "a b c d e f g")
    settle()


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
@pytest.mark.usefixtures("filled")
def test_hostile_query_gives_a_page_in_time(web: Web, query: str) -> None:
    begun = time.process_time()
    statuses = {web.get(f"/search{path}?q={quote(query)}").status for path in ("", "/suggest")}
    spent = time.process_time() - begun
    assert statuses <= {200, 400, 404, 414, 422}
    assert spent < 2 * SECONDS


@pytest.mark.usefixtures("filled")
def test_hostile_parameters_give_a_page(web: Web) -> None:
    for name in (
        "kind",
        "topic",
        "organisation",
        "by",
        "language",
        "in",
        "is",
        "when",
        "after",
        "sort",
        "post",
        "page",
    ):
        for value in ("", "'", "%00", "-1", "9" * 30, "%F0%9F%9A%B2", "a" * 500, "../"):
            assert web.get(f"/search?q=pump&{name}={value}").status == 200, (name, value)


@pytest.mark.usefixtures("filled")
def test_invalid_unicode_gives_a_page(web: Web) -> None:
    assert web.get("/search?q=%ff%fe%80").status == 200


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=600) | st.lists(st.sampled_from(PIECES)).map("".join))
def test_parsing_takes_anything_and_stays_bounded(text: str) -> None:
    query = parse(text)
    assert len(query.text) <= MAX_LENGTH
    assert len(list(plain_words(query.wanted))) <= MAX_WORDS
    for operator in query.operators:
        assert parse(query.without(operator)).text is not None


@pytest.mark.parametrize("text", ["pump " * 24, "a " * 24, "-heat " * 24 + "pump", "pump OR " * 23 + "pump"])
def test_same_word_again_is_no_more_work(text: str) -> None:
    wanted = parse(text).wanted
    assert isinstance(wanted, AllOf)
    assert len(wanted.parts) <= 2
    assert all(not isinstance(part, AnyOf) for part in wanted.parts)


@given(st.lists(st.text("bcdfghjklmp", min_size=4, max_size=9), min_size=1, max_size=8))
def test_plain_words_are_all_asked_for(words: list[str]) -> None:
    query = parse(" ".join(words))
    assert list(query.words) == words
    assert sys.getsizeof(query) < 1_000
