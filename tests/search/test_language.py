"""The language of queries, and the controls that say the same without it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from forum.kernel import clock
from forum.posts.models import PostKind
from forum.search.dates import find_start
from tests import factories
from tests.search.finding import comment, find, post, titles

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _texts(app: Flask) -> None:
    nkechi, joost = factories.member("nkechi", name="Nkechi Obiora"), factories.member("joost", name="Joost Brandsma")
    city, energy = factories.organisation("delft", name="City of Delft", code="DFT"), factories.topic("energy")
    mobility, old = factories.topic("mobility"), clock.now() - timedelta(days=400)
    post("Pump one", "Heat and noise.", nkechi, under=energy)
    post("Pump two", "Heat without a sound.", joost, under=mobility, organisation_id=city.id, published_at=old)
    post("Pump three", "Wij vragen het.", joost, under=mobility, kind=PostKind.QUESTION, answered=True, language="nl")
    comment(post("Walls", under=energy), "A pump behind it.", nkechi)


CASES = {
    "pump -noise": {"Pump two", "Pump three", "Walls"},
    '"heat and noise"': {"Pump one"},
    '"noise heat"': set(),
    "sound OR noise": {"Pump one", "Pump two"},
    "in:title pump": {"Pump one", "Pump two", "Pump three"},
    "in:body pump": {"Walls"},
    "in:comments pump": {"Walls"},
    "topic:energy pump": {"Pump one", "Walls"},
    "-topic:energy pump": {"Pump two", "Pump three"},
    "onderwerp:mobility pump": {"Pump two", "Pump three"},
    "organisation:delft pump": {"Pump two"},
    'organisation:"City of Delft" pump': {"Pump two"},
    "organisation:dft pump": {"Pump two"},
    "by:nkechi pump": {"Pump one", "Walls"},
    'by:"Joost Brandsma" pump': {"Pump two", "Pump three"},
    "kind:post pump": {"Pump one", "Pump two", "Pump three"},
    "kind:comments pump": {"Walls"},
    "kind:question pump": {"Pump three"},
    "soort:vragen pump": {"Pump three"},
    "language:nl pump": {"Pump three"},
    "language:Dutch pump": {"Pump three"},
    "after:2026-01-01 before:2020-01-01 pump": set(),
    'before:"last year" pump': {"Pump two"},
    'after:"last month" pump': {"Pump one", "Pump three", "Walls"},
    "is:question pump": {"Pump three"},
    "is:answered pump": {"Pump three"},
    "is:official pump": {"Pump two"},
    "is:event pump": set(),
}


@pytest.mark.parametrize("query", CASES)
def test_operators_narrow(query: str) -> None:
    found = find(query)
    assert (set() if found.second else set(titles(found))) == CASES[query]


def test_controls_say_the_same_without_syntax() -> None:
    assert set(titles(find("pump", topic="energy", kind=["post", "comment"]))) == {"Pump one", "Walls"}
    assert titles(find("pump", by="joost", is_="question")) == ["Pump three"]
    assert titles(find("pump", in_="comments")) == ["Walls"]
    assert set(titles(find("pump", organisation="delft", when=""))) == {"Pump two"}


def test_each_filter_is_a_chip_that_removes_itself() -> None:
    found = find("pump topic:energy", kind="post")
    assert [(str(chip.label), chip.address) for chip in found.chips] == [
        ("Energy", "/search?q=pump&kind=post"),
        ("Posts", "/search?q=pump+topic%3Aenergy"),
    ]


@pytest.mark.parametrize("query", ["before:soon", "is:blue", "topic:nowhere", "by:nobody", "sort:up"])
def test_what_means_nothing_is_looked_for_as_words(query: str) -> None:
    found = find(f"{query} pump")
    assert (len(found.notes), found.chips) == (1, ())


def test_own_texts_are_found_by_those_who_are_signed_in() -> None:
    nkechi = factories.member("nkechi2")
    post("Pump four", author=nkechi)
    assert titles(find("is:mine pump", factories.actor(nkechi))) == ["Pump four"]
    assert len(find("is:mine pump").notes) == 1


def test_order_is_chosen() -> None:
    post("Pump five", recommendation_count=9)
    assert titles(find("pump sort:top"))[0] == "Pump five"
    assert titles(find("kind:post pump sort:newest")) == ["Pump five", "Pump three", "Pump one", "Pump two"]


def test_facets_count_what_else_there_is() -> None:
    found = find("pump", kind="post")
    counts = {facet.name: {one.value: one.count for one in facet.values} for facet in found.facets}
    assert counts["kind"] == {"post": 3, "comment": 1}
    assert counts["topic"] == {"mobility": 2, "energy": 1}
    assert counts["language"] == {"en": 2, "nl": 1}


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2026-03-05", datetime(2026, 3, 5, tzinfo=UTC)),
        ("2026-03", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("5-3-2026", datetime(2026, 3, 5, tzinfo=UTC)),
        ("yesterday", datetime(2026, 11, 24, tzinfo=UTC)),
        ("vorige week", datetime(2026, 11, 18, tzinfo=UTC)),
        ("30 days", datetime(2026, 10, 26, tzinfo=UTC)),
        ("2026-13", None),
        ("soon", None),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, start: datetime | None) -> None:
    assert find_start(text, NOW) == start
