"""What a post's own page shows of it, and where old addresses lead."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from forum.kernel.access import ANONYMOUS
from forum.kernel.db import db, transaction
from forum.kernel.ids import PostId
from forum.posts import commands, kinds, queries
from forum.posts.errors import NoSuchPost
from forum.posts.models import PostAddress, PostKind, PostState
from forum.topics.labels import label_of
from tests import factories
from tests.posts import drafting
from tests.posts.drafting import edit, publish
from tests.statements import counted


def test_page_shows_the_post(app: Flask) -> None:
    member, city, topic = factories.member("anna"), factories.organisation("haarlem"), factories.topic("water")
    factories.affiliation(member, city, title="Adviser")
    post_id = publish(factories.actor(member), topics=("water",), title="One", language="nl")
    page = queries.get_article(post_id)
    assert (page.address, page.title, page.language, page.kind_note) == (f"/posts/{post_id}/one", "One", "nl", "")
    assert (page.topics, page.topic_ids) == ((label_of(topic),), (topic.id,))
    assert (page.byline.on_behalf, page.byline.role_title, page.author_id) == (False, "Adviser", member.id)
    assert (page.html, page.reading_minutes) == ("<p>We asked <em>three</em> residents.</p>\n", 1)


def test_page_costs_two_statements(app: Flask) -> None:
    post_id = publish(factories.actor(factories.member()), topics=[factories.topic().slug for _ in range(5)])
    db.session.remove()
    with counted(app) as statements:
        queries.get_article(post_id)
    assert len(statements) == 2


@pytest.mark.parametrize("state", [state for state in PostState if state != PostState.PUBLISHED])
def test_page_is_nothing_to_who_may_not_see_it(app: Flask, state: PostState) -> None:
    author = factories.member()
    post = factories.post(author, state=state)
    for reader in (ANONYMOUS, factories.actor(factories.member())):
        with pytest.raises(NoSuchPost):
            queries.get_article(post.id, reader)
        with pytest.raises(NoSuchPost):
            queries.get_post(post.id, reader)
    assert queries.get_article(post.id, factories.actor(author)).state == state


@pytest.mark.parametrize("number", [0, 12, 2**63, 10**40])
def test_page_of_no_post_is_nothing(app: Flask, number: int) -> None:
    with pytest.raises(NoSuchPost):
        queries.get_article(PostId(number))
    with pytest.raises(NoSuchPost):
        queries.get_post(PostId(number))


def test_event_is_told_in_its_own_time(app: Flask) -> None:
    post_id = publish(factories.actor(factories.member()), **drafting.EVENT, link="https://example.org/live")
    event = queries.get_article(post_id).happening
    assert event is not None
    zone = ZoneInfo("Europe/Amsterdam")
    assert (event.starts, event.ends) == (
        datetime(2030, 5, 14, 9, 30, tzinfo=zone),
        datetime(2030, 5, 14, 12, tzinfo=zone),
    )
    assert (event.starts.hour, event.is_one_day, event.time_zone) == (9, True, "Europe/Amsterdam")
    assert (event.place, event.link, event.calendar) == (
        "Town hall",
        "https://example.org/live",
        f"/posts/{post_id}/event.ics",
    )


def test_other_kinds_keep_no_time_or_place(app: Flask) -> None:
    post_id = publish(factories.actor(factories.member()), **(drafting.EVENT | {"kind": PostKind.QUESTION}))
    assert queries.get_article(post_id).happening is None
    assert drafting.row(post_id).place == ""


def test_imported_event_without_time_has_none(app: Flask) -> None:
    assert queries.get_article(factories.post(kind=PostKind.EVENT).id).happening is None


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (220, 1), (340, 2), (2200, 10)])
def test_reading_takes_whole_minutes(words: int, minutes: int) -> None:
    assert kinds.minutes_of(words) == minutes


def test_old_title_leads_to_the_post(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna, title="Old title")
    edit(anna, post_id, title="New title")
    for slug in ("old-title", "new-title", str(post_id)):
        assert queries.find_by_slug(slug) == f"/posts/{post_id}/new-title"


def test_address_of_a_withdrawn_post_leads_its_author_only(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna, title="Old title")
    with transaction():
        commands.withdraw(anna, post_id)
    assert queries.find_by_slug("old-title") is None
    assert queries.find_by_slug("old-title", anna) == f"/posts/{post_id}/old-title"


def test_given_address_wins_over_a_title(app: Flask) -> None:
    given, same = factories.post(), factories.post(slug="expo")
    assert queries.find_by_slug("expo") == f"/posts/{same.id}/expo"
    with transaction() as session:
        session.add(PostAddress(slug="expo", post_id=given.id))
    assert queries.find_by_slug("expo") == f"/posts/{given.id}/{given.slug}"


@pytest.mark.parametrize("slug", ["", "no-such-post", "99", "9" * 40, "a\x00b", "é", "%"])
def test_unknown_address_leads_nowhere(app: Flask, slug: str) -> None:
    factories.post()
    assert queries.find_by_slug(slug) is None


def test_calendar_entry_is_of_events_only(app: Flask) -> None:
    anna = factories.actor(factories.member())
    event, article = publish(anna, **drafting.EVENT), publish(anna)
    entry = queries.get_calendar_entry(event, ANONYMOUS, "https://forum.example:8443")
    assert (entry.host, entry.address) == ("forum.example", f"https://forum.example:8443{queries.get_address(event)}")
    assert entry.starts == datetime(2030, 5, 14, 7, 30, tzinfo=UTC)
    with pytest.raises(NoSuchPost):
        queries.get_calendar_entry(article, ANONYMOUS, "https://forum.example")
