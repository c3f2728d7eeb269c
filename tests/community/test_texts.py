"""Texts put together from pieces are what the pipeline would have made of them."""

from __future__ import annotations

import re
from collections import Counter

from forum.community.sample.texts import Text, Writer
from forum.kernel.text import render

HEADING_ID = re.compile(r' id="[^"]*"')  # begins with a scope of its own in every text


def rendered(text: Text) -> Text:
    drawn = render(text.source)
    return Text(text.source, HEADING_ID.sub("", drawn.html), drawn.excerpt, drawn.words)


def test_comments_are_what_the_pipeline_makes_of_them() -> None:
    writer = Writer("a seed", 0.1)
    written = [writer.comment() for _ in range(60)]
    assert written == [rendered(text) for text in written]


def test_articles_are_what_the_pipeline_makes_of_them() -> None:
    writer = Writer("a seed", 0.1)
    written = [writer.article() for _ in range(8)]
    assert [Text(text.source, HEADING_ID.sub("", text.html), text.excerpt, text.words) for text in written] == [
        rendered(text) for text in written
    ]


def test_lengths_spread_as_they_do_among_people() -> None:
    writer = Writer("a seed", 0.1)
    lengths = sorted(writer.comment().words for _ in range(600))
    assert lengths[30] < 15
    assert 25 < lengths[300] < 60
    assert lengths[-6] > 150


def test_few_words_come_often_and_many_once() -> None:
    writer = Writer("a seed", 0.5)
    times = Counter(re.findall(r"[a-z]+", " ".join(writer.comment().source for _ in range(500)).lower()))
    assert times["the"] > times.total() / 40
    assert list(times.values()).count(1) > len(times) / 5
