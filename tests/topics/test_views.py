from __future__ import annotations

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.kernel.access import Role
from forum.kernel.db import transaction
from forum.topics import queries
from forum.topics.models import TopicState
from tests import factories
from tests.web import Page, Web


@pytest.fixture
def moderator(app: Flask) -> Member:
    made: Member = factories.member("moderator", role=Role.MODERATOR)
    return made


@pytest.fixture
def desk(web: Web, moderator: Member) -> Web:
    """A moderator's browser."""
    return web.sign_in(moderator)


def order() -> list[str]:
    return [label.slug for label in queries.open_topics()]


def make(desk: Web, **fields: str) -> Page:
    return desk.submit("/topics/new", "/topics/new", **({"name": "Energy"} | fields))


def test_index_shows_topics_with_their_posts_counted(web: Web) -> None:
    parent = factories.topic("energy", name="Energy", description="Heat and power.", post_count=3)
    factories.topic("heat", name="Heat", parent_id=parent.id, post_count=1)
    factories.topic("past", name="Past", state=TopicState.ARCHIVED)
    words = web.get("/topics").words()
    assert "Energy Heat and power.3 posts" in words
    assert "Heat In Energy · 1 post" in words
    assert words.index("Archived topics") < words.index("Past")


def test_index_sets_no_cookie_and_shows_readers_no_form(web: Web) -> None:
    factories.topic()
    page = web.get("/topics")
    assert (page.status, page.response.headers.getlist("Set-Cookie")) == (200, [])
    assert "Order and edit" not in page.words()


def test_index_without_topics_says_so(web: Web, app: Flask) -> None:
    assert "No topics yet" in web.get("/topics").words()


def test_moderator_makes_a_topic(desk: Web) -> None:
    factories.member("anna", name="Anna Bos")
    answer = make(desk, description="Heat.", sign="energy", introduction="Read *this*.", curators="@anna")
    assert (answer.status, answer.response.location) == (303, "/topics/energy")
    head = queries.get_topic_head("energy")
    assert (head.label.sign, head.description, head.introduction_html) == (
        "energy",
        "Heat.",
        "<p>Read <em>this</em>.</p>\n",
    )
    assert [card.name for card in head.curators] == ["Anna Bos"]


def test_topic_form_sent_twice_makes_one(desk: Web) -> None:
    page = desk.get("/topics/new")
    answers = [desk.submit(page, "/topics/new", name="Energy") for _time in range(2)]
    assert [answer.response.location for answer in answers] == ["/topics/energy", "/topics/energy"]
    assert order() == ["energy"]


def test_topic_of_a_taken_name_comes_back_with_its_words(desk: Web) -> None:
    factories.topic("energy")
    answer = make(desk, description="Heat & power")
    assert answer.status == 409
    assert answer.form("/topics/new")["description"] == ["Heat & power"]
    assert "There is a topic at /topics/energy already" in answer.words()
    assert "<title>Error: Make a topic" in answer.text


def test_topic_with_wrong_fields_names_each(desk: Web) -> None:
    answer = make(desk, name="", slug="A b", curators="anna")
    assert (answer.status, order()) == (422, [])
    assert [link for link in answer.links() if link.startswith("#f-")] == ["#f-name", "#f-slug"]


def test_curator_who_is_nobody_comes_back_and_makes_nothing(desk: Web) -> None:
    answer = make(desk, curators="anna")
    assert (answer.status, order()) == (422, [])
    assert "There is no member “anna”." in answer.words()


def test_texts_that_are_too_long_come_back(desk: Web) -> None:
    for field in ("introduction", "pinned_note"):
        answer = make(desk, **{field: "x" * 33_000})
        assert (answer.status, answer.form("/topics/new")[field]) == (422, ["x" * 33_000])
    assert order() == []


def test_topic_form_is_for_moderators(web: Web, app: Flask) -> None:
    factories.topic("energy")
    assert web.get("/topics/new").response.location == "/sign-in?next=/topics/new"
    web.sign_in(factories.member())
    assert [web.get(path).status for path in ("/topics/new", "/topics/energy/edit")] == [403, 403]


def test_changes_by_others_are_refused(web: Web) -> None:
    factories.topic("energy")
    web.sign_in(factories.member())
    token = web.get("/settings/profile").form("/settings/profile")["csrf_token"]
    for path in ("new", "energy/edit", "energy/archive", "energy/move"):
        assert web.post(f"/topics/{path}", {"csrf_token": token, "name": "Mine"}).status == 403
    assert order() == ["energy"]


def test_edit_form_holds_what_is_kept(desk: Web) -> None:
    make(desk, sign="gov", curators="moderator", pinned_note="Now", posting_policy="curators only")
    fields = desk.get("/topics/energy/edit").form("/topics/energy/edit")
    kept = {name: fields[name] for name in ("name", "slug", "sign", "curators", "pinned_note", "posting_policy")}
    assert kept == {
        "name": ["Energy"],
        "slug": ["energy"],
        "sign": ["gov"],
        "curators": ["moderator"],
        "pinned_note": ["Now"],
        "posting_policy": ["curators only"],
    }


def test_new_slug_moves_the_topic_and_its_form(desk: Web) -> None:
    factories.topic("energy", name="Energy")
    page = desk.get("/topics/energy/edit")
    assert desk.submit(page, "/topics/energy/edit", slug="power").response.location == "/topics/power"
    assert desk.submit(page, "/topics/energy/edit", slug="power").response.location == "/topics/power"
    moved = desk.get("/topics/energy")
    assert (moved.status, moved.response.location) == (301, "/topics/power")


def test_words_for_a_topic_that_is_gone_stay_in_a_new_form(desk: Web) -> None:
    factories.topic("energy", name="Energy")
    token = desk.get("/topics/energy/edit").form("/topics/energy/edit")["csrf_token"]
    answer = desk.post("/topics/gone/edit", {"csrf_token": token, "name": "Words"})
    assert (answer.status, answer.form("/topics/new")["name"]) == (404, ["Words"])
    assert desk.get("/topics/gone/edit").status == 404


def test_topic_is_archived_and_opened_again(desk: Web) -> None:
    factories.topic("energy")
    answer = desk.submit("/topics/energy/edit", "/topics/energy/archive")
    assert (answer.response.location, order()) == ("/topics/energy/edit", [])
    page = desk.follow(answer)
    assert "“Energy” is archived." in page.words()
    desk.submit(page, "/topics/energy/archive")
    assert order() == ["energy"]


def test_archiving_twice_says_so(desk: Web) -> None:
    factories.topic("energy")
    page = desk.get("/topics/energy/edit")
    assert [desk.submit(page, "/topics/energy/archive").status for _time in range(2)] == [303, 409]


def test_topics_are_put_in_order(desk: Web) -> None:
    for position, slug in enumerate(("aa", "bb", "cc"), start=1):
        factories.topic(slug, position=position)
    answer = desk.submit("/topics", "/topics/cc/move")
    assert (answer.response.location, order()) == ("/topics#order", ["aa", "cc", "bb"])


def test_topic_page_shows_its_head(web: Web) -> None:
    parent = factories.topic("living", name="Living")
    factories.topic(
        "heat",
        name="Heat",
        description="Warm homes.",
        parent_id=parent.id,
        post_count=2,
        introduction_html="<p>Start here.</p>",
        pinned_note_html="<p>Winter list.</p>",
    )
    words = web.get("/topics/heat").words()
    for part in ("Living", "Heat", "Warm homes.", "2 posts", "Start here.", "Winter list.", "Write under this topic"):
        assert part in words


def test_addresses_that_are_no_slugs_are_not_found(web: Web, app: Flask) -> None:
    assert [web.get(path).status for path in ("/topics/a%00b", "/topics/%ff", "/topics/a%20b")] == [404, 404, 404]


def test_topic_page_is_never_stale(desk: Web) -> None:
    factories.member("anna", name="Anna Bos")
    make(desk)
    reader = Web(desk.app)
    for sent, part in (({"curators": "anna"}, "Anna Bos"), ({"pinned_note": "Read on."}, "Read on.")):
        assert part not in reader.get("/topics/energy").words()
        desk.submit("/topics/energy/edit", "/topics/energy/edit", **sent)
        assert part in reader.get("/topics/energy").words()


def test_topic_page_is_never_stale_about_its_curators(desk: Web) -> None:
    anna = factories.member("anna", name="Anna Bos")
    make(desk, curators="anna")
    reader = Web(desk.app)
    assert "Anna Bos" in reader.get("/topics/energy").words()
    with transaction():
        anna.name = "Anna Kos"
    assert "Anna Kos" in reader.get("/topics/energy").words()
