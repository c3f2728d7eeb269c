"""What people type is found, in whatever form it stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask, render_template

from forum.kernel.access import ANONYMOUS
from forum.search.controls import controls, sorts
from forum.search.queries import Results
from forum.search.wish import Wish
from tests import factories
from tests.search.finding import comment, find, names_of, post, titles
from tests.web import Web


def test_words_are_found_in_titles_texts_comments_and_names(app: Flask) -> None:
    post("Heat pumps in a block")
    post("Two winters", "What the heat pump cost us.")
    comment(post("Noise"), "Our pump heats four flats.")
    factories.member("pompeo", name="Heat Pumpson")
    assert sorted(titles(find("heat pump"))) == ["Heat Pumpson", "Heat pumps in a block", "Noise", "Two winters"]


def test_title_counts_for_more_than_text(app: Flask) -> None:
    post("Something else", "A word about gardens, and another about gardens.")
    post("Gardens")
    assert titles(find("gardens")) == ["Gardens", "Something else"]


@pytest.mark.parametrize(("sort", "order"), [("newest", ["five", "four", "three"]), ("top", ["two", "five", "four"])])
@pytest.mark.parametrize("many", [2, 20_000])
def test_word_of_many_texts_is_found_in_order(
    app: Flask, monkeypatch: pytest.MonkeyPatch, many: int, sort: str, order: list[str]
) -> None:
    monkeypatch.setattr("forum.search.engines.postgres.engine.SORTED", many)  # there it's asked in another way
    for number, name in enumerate(("one", "two", "three", "four", "five")):
        published = datetime(2026, 3, 1 + number, tzinfo=UTC)
        post(f"Pump {name}", published_at=published, recommendation_count=3 if name == "two" else 0)
    post("No such word", published_at=datetime(2026, 4, 1, tzinfo=UTC))
    found = titles(find(f"pump sort:{sort}"))
    assert (len(found), found[:3]) == (5, [f"Pump {name}" for name in order])


@pytest.mark.parametrize("typed", ["warmtepomp", "warmtepompen", "pompen", "pomp", "warmte", "WARMTEPOMP"])
def test_dutch_compound_is_found_by_its_parts_and_forms(app: Flask, typed: str) -> None:
    post("Twee winters", "Wat de warmtepompen ons kostten.", language="nl")
    assert titles(find(typed)) == ["Twee winters"]


@pytest.mark.parametrize("typed", ["école", "ecole", "ÉCOLE", "straße", "strasse", "İstanbul", "istanbul"])
def test_accents_and_capitals_make_no_difference(app: Flask, typed: str) -> None:
    post("École de la Straße", "Istanbul")
    assert titles(find(typed)) == ["École de la Straße"]


def test_last_word_may_be_unfinished(app: Flask) -> None:
    post("Maintenance of bridges")
    assert titles(find("bridges maint")) == ["Maintenance of bridges"]
    assert titles(find("mai bridges")) != ["Maintenance of bridges"] or find("mai bridges").second is not None


def test_comments_of_a_discussion_stand_under_its_post(app: Flask) -> None:
    discussion = post("Turbines", "Turbines on roofs.")
    for number in range(4):
        comment(discussion, "A turbine of ours.", path=f"000{number}")
    found = find("turbine")
    assert (found.total, names_of(found)) == (5, ["post"])
    assert (len(found.results[0].remarks), found.results[0].more) == (2, 2)


def test_pages_of_results_hold_everything_once(app: Flask) -> None:
    author, topic = factories.member(), factories.topic()
    for number in range(23):
        post(f"Lantern number {number}", author=author, under=topic)
    pages = [titles(find("lantern", page=str(page))) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [10, 10, 3, 0]
    assert len({title for page in pages for title in page}) == 23


def test_page_shows_why_it_was_found(app: Flask, web: Web) -> None:
    post("Two winters", "Nobody asked. " * 40 + "What the <b>heat</b> pump cost &lt;us&gt;. " + "Nobody asked. " * 40)
    find("heat pump")
    page = web.get("/search?q=heat+pump")
    assert page.status == 200
    assert ["".join(one.itertext()) for one in page.tree.iter("mark")] == ["heat pump"]
    assert "What the heat pump cost <us>." in page.words()


def test_nothing_found_says_so_and_offers_a_way_on(app: Flask, web: Web) -> None:
    factories.topic("energy")
    page = web.get("/search?q=zeppelin")
    assert "Nothing found" in page.words()
    assert "/topics/energy" in page.links()


def test_thousands_of_results_are_written_as_people_write_them(app: Flask) -> None:
    wish = Wish("pump")
    found = Results(wish, (), (), total=7_760)
    with app.test_request_context("/search"):
        page = render_template(
            "search/results.html", found=found, wish=wish, controls=controls(wish, ANONYMOUS), sorts=sorts(found),
            clear="", topics=(),
        )  # fmt: skip
    assert "7,760 results" in page


def test_empty_search_explains_itself(app: Flask, web: Web) -> None:
    assert "How to look" in web.get("/search").words()


@pytest.mark.parametrize("typed", ["mantenance", "maintenacne", "aintenance", "naintenance", "amintenance"])
def test_misspelt_word_is_found_as_it_was_meant(app: Flask, typed: str) -> None:
    post("Maintenance of bridges")
    found = find(typed)
    assert found.second is not None
    assert (titles(found), found.second.text) == (["Maintenance of bridges"], "maintenance")


def test_some_of_the_words_are_better_than_nothing(app: Flask) -> None:
    post("Maintenance of bridges")
    found = find("bridges zeppelin")
    assert found.second is not None
    assert (titles(found), found.second.way) == (["Maintenance of bridges"], "some")
