"""Changing what was published."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from forum.kernel import clock
from forum.kernel.access import MemberState
from forum.kernel.db import db, transaction
from forum.kernel.errors import Invalid
from forum.organisations.models import Verification
from forum.posts import commands
from forum.posts.errors import ChangedMeanwhile, NoSuchPost, NotYours
from forum.posts.models import PostAddress, PostKind, PostRevision, PostState
from forum.posts.policy import NEWCOMER
from tests import factories
from tests.posts import drafting
from tests.posts.drafting import edit, post_counts, publish, row, topics_of


def versions() -> list[tuple[int, str, str]]:
    rows = db.session.query(PostRevision).order_by(PostRevision.number)
    return [(one.number, one.title, one.source) for one in rows]


def test_edit_keeps_the_words_before(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna, title="One", source="First")
    edit(anna, post_id, title="One", source="Second")
    post = row(post_id)
    assert (post.source, post.html, post.revision) == ("Second", "<p>Second</p>\n", 2)
    assert post.edited_at is not None
    assert versions() == [(1, "One", "First"), (2, "One", "Second")]


def test_edit_with_the_same_words_keeps_nothing(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna)
    for _ in range(2):
        edit(anna, post_id)
    assert (row(post_id).revision, row(post_id).edited_at, len(versions())) == (1, None, 1)


def test_new_title_moves_the_post_and_leaves_a_way(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna, title="Old title")
    edit(anna, post_id, title="New title")
    old = db.session.query(PostAddress).one()
    assert (row(post_id).slug, old.slug, old.post_id) == ("new-title", "old-title", post_id)


def test_title_there_and_back_leaves_two_ways(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna, title="Old title")
    for title in ("New title", "Old title"):
        edit(anna, post_id, title=title)
    assert sorted(one.slug for one in db.session.query(PostAddress)) == ["new-title", "old-title"]


def test_old_address_stays_with_who_had_it_first(app: Flask) -> None:
    anna = factories.actor(factories.member())
    first, second = (publish(anna, title="Same title") for _ in range(2))
    for post_id in (first, second):
        edit(anna, post_id, title="Other title")
    assert db.session.query(PostAddress).one().post_id == first


def test_topics_change_with_their_counters(app: Flask) -> None:
    anna = factories.actor(factories.member())
    one, two, three = (factories.topic() for _ in range(3))
    post_id = publish(anna, topics=(one.slug, two.slug))
    edit(anna, post_id, topics=(three.slug, two.slug))
    assert (topics_of(post_id), post_counts(one, two, three)) == ([three.slug, two.slug], [0, 1, 1])


def test_topics_change_their_order_only(app: Flask) -> None:
    anna = factories.actor(factories.member())
    one, two = factories.topic(), factories.topic()
    post_id = publish(anna, topics=(one.slug, two.slug))
    edit(anna, post_id, topics=(two.slug, one.slug))
    assert (topics_of(post_id), post_counts(one, two)) == ([two.slug, one.slug], [1, 1])


def test_post_may_stay_under_an_archived_topic(app: Flask) -> None:
    anna, topic = factories.actor(factories.member()), factories.topic()
    post_id = publish(anna, topics=(topic.slug,))
    with transaction() as session:
        session.merge(topic).state = "archived"
    edit(anna, post_id, source="Mended")
    with pytest.raises(Invalid):
        edit(anna, post_id, topics=(topic.slug, factories.topic(state="archived").slug))
    assert (row(post_id).source, topics_of(post_id)) == ("Mended", [topic.slug])


def test_edit_from_an_older_version_is_refused(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna)
    edit(anna, post_id, source="Second", revision=1)
    with pytest.raises(ChangedMeanwhile):
        edit(anna, post_id, source="Third", revision=1)
    assert row(post_id).source == "Second"


def test_edit_of_another_is_refused(app: Flask) -> None:
    post_id = publish(factories.actor(factories.member()))
    with pytest.raises(NotYours):
        edit(factories.actor(factories.member()), post_id)


def test_edit_of_nothing_is_refused(app: Flask) -> None:
    with pytest.raises(NoSuchPost):
        edit(factories.actor(factories.member()), 12)  # type: ignore[arg-type]  # no id at all


def test_silenced_author_edits_nothing(app: Flask) -> None:
    author = factories.member()
    post_id = publish(factories.actor(author))
    silenced = replace(factories.actor(author), state=MemberState.SILENCED)
    with pytest.raises(NotYours):
        edit(silenced, post_id)


def test_incomplete_edit_is_refused(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna)
    with pytest.raises(Invalid) as refused:
        edit(anna, post_id, title="", source="")
    assert list(refused.value.fields) == ["title", "body"]


def test_newcomers_limits_hold_for_edits(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna, NEWCOMER)
    with pytest.raises(Invalid):
        edit(anna, post_id, NEWCOMER, source="https://a.example https://b.example https://c.example")


def test_kind_and_speaker_of_a_published_post_stay(app: Flask) -> None:
    author, city = factories.member(), factories.organisation("haarlem")
    factories.affiliation(author, city)
    post_id = publish(factories.actor(author), kind=PostKind.QUESTION)
    edit(factories.actor(author), post_id, kind=PostKind.ARTICLE, on_behalf_of="haarlem")
    assert (row(post_id).kind, row(post_id).organisation_id) == (PostKind.QUESTION, None)


def test_organisation_without_verification_says_nothing_new(app: Flask) -> None:
    author, city = factories.member(), factories.organisation("haarlem")
    factories.affiliation(author, city)
    post_id = publish(factories.actor(author), on_behalf_of="haarlem")
    with transaction() as session:
        session.merge(city).state = Verification.SUSPENDED
    with pytest.raises(NotYours):
        edit(factories.actor(author), post_id)


def test_deadline_that_passed_may_stay(app: Flask) -> None:
    anna = factories.actor(factories.member())
    tomorrow, passed = clock.now() + timedelta(days=1), datetime(2024, 1, 1, tzinfo=UTC)
    post_id = publish(anna, kind=PostKind.REQUEST, deadline=tomorrow)
    with transaction():
        row(post_id).deadline = passed
    edit(anna, post_id, source="Mended", deadline=passed)
    with pytest.raises(Invalid):
        edit(anna, post_id, deadline=passed - timedelta(days=1))
    assert (row(post_id).source, row(post_id).deadline) == ("Mended", passed)


def test_moved_event_is_marked_as_edited(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna, **drafting.EVENT)
    edit(anna, post_id, **(drafting.EVENT | {"place": "Library"}))
    assert (row(post_id).place, row(post_id).revision) == ("Library", 1)
    assert row(post_id).edited_at is not None


def test_draft_is_not_published_by_an_edit(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = drafting.save(anna)
    with pytest.raises(ChangedMeanwhile):
        edit(anna, post_id)
    assert row(post_id).state == PostState.DRAFT


def test_published_post_is_not_changed_by_saving_a_draft(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = drafting.save(anna)
    drafting.send(anna, post_id, source="Published")
    with pytest.raises(ChangedMeanwhile):
        drafting.save_again(anna, post_id, source="Half a thought")
    assert row(post_id).source == "Published"


def test_rendering_again_brings_old_texts_up_to_date(app: Flask) -> None:
    post = factories.post(source="*Old*", html="<p>stale</p>", pipeline=0)
    with transaction():
        done = commands.rerender(limit=10), commands.rerender(limit=10)
    assert (done, row(post.id).html, row(post.id).edited_at) == ((1, 0), "<p><em>Old</em></p>\n", None)


def test_rendering_again_goes_by_batches(app: Flask) -> None:
    for _ in range(3):
        factories.post(pipeline=0)
    with transaction():
        assert [commands.rerender(limit=2) for _ in range(3)] == [2, 1, 0]
