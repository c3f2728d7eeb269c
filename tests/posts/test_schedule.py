"""Posts that appear by themselves: once, at their time, by the rules of that moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Actor, MemberState
from forum.kernel.db import db, transaction
from forum.kernel.errors import Invalid
from forum.kernel.ids import PostId
from forum.kernel.mailer import StoredLetter
from forum.posts import commands, listeners, queries
from forum.posts.errors import ChangedMeanwhile, NoSuchPost, NotYours
from forum.posts.events import PostNotPublished
from forum.posts.models import Post, PostState
from forum.posts.rendering import render_body
from forum.topics.models import Topic, TopicState
from tests import factories
from tests.posts.drafting import draft, post_counts, publish, recorded, row, save, save_again, send
from tests.web import Web

SOON = timedelta(hours=2)


@pytest.fixture
def anna(app: Flask) -> Actor:
    return factories.actor(factories.member("anna"))


def schedule(actor: Actor, post_id: PostId | None = None, **fields: Any) -> PostId:
    written = draft(**({"publish_at": clock.now() + SOON, "publish_zone": "Europe/Amsterdam"} | fields))
    with transaction():
        return commands.schedule(actor, post_id, written, render_body(written.source))


def pass_time(post_id: PostId) -> None:
    """Its moment has come."""
    with transaction():
        db.session.get_one(Post, post_id).publish_at = clock.now() - timedelta(seconds=1)


def publish_due() -> int:
    with transaction():
        return commands.publish_due(lifted=True)


def test_scheduled_post_is_its_authors_until_its_time(anna: Actor) -> None:
    post_id = schedule(anna)
    with pytest.raises(NoSuchPost):
        queries.get_article(post_id)
    assert (row(post_id).state, publish_due(), post_counts(db.session.get_one(Member, anna.id))) == (
        PostState.SCHEDULED,
        0,
        [0],
    )


def test_post_appears_once_at_its_time(anna: Actor) -> None:
    post_id = schedule(anna)
    pass_time(post_id)
    assert [publish_due(), publish_due()] == [1, 0]
    post = row(post_id)
    assert (post.state, post.publish_at, post.published_at is not None) == (PostState.PUBLISHED, None, True)
    assert post_counts(db.session.get_one(Member, anna.id)) == [1]


@pytest.mark.parametrize("when", [timedelta(seconds=-1), timedelta(days=400), None])
def test_time_that_cannot_be_is_refused(anna: Actor, when: timedelta | None) -> None:
    moment: datetime | None = clock.now() + when if when is not None else None
    with pytest.raises(Invalid) as refused:
        schedule(anna, publish_at=moment)
    assert list(refused.value.fields) == ["publish_at"]


def test_incomplete_post_is_not_scheduled(anna: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        schedule(anna, source="")
    assert list(refused.value.fields) == ["body"]


def test_draft_is_scheduled_changed_and_stopped(anna: Actor) -> None:
    post_id = save(anna)
    schedule(anna, post_id, title="For later")
    later = clock.now() + 2 * SOON
    schedule(anna, post_id, title="For much later", publish_at=later)
    assert (row(post_id).title, row(post_id).publish_at) == ("For much later", later)
    save_again(anna, post_id, title="Not yet")
    assert (row(post_id).state, row(post_id).publish_at, publish_due()) == (PostState.DRAFT, None, 0)


def test_scheduled_post_is_published_at_once_by_its_author(anna: Actor) -> None:
    post_id = schedule(anna)
    send(anna, post_id)
    assert (row(post_id).state, row(post_id).publish_at) == (PostState.PUBLISHED, None)
    with pytest.raises(ChangedMeanwhile):
        schedule(anna, post_id)


def test_others_schedule_nothing_of_mine(anna: Actor) -> None:
    post_id = publish(anna)
    with pytest.raises(NotYours):
        schedule(factories.actor(factories.member()), post_id)


def test_author_who_may_not_write_any_more_publishes_nothing(anna: Actor) -> None:
    post_id, other = schedule(anna), schedule(factories.actor(factories.member()))
    with transaction():
        db.session.get_one(Member, anna.id).state = MemberState.SILENCED
    for one in (post_id, other):
        pass_time(one)
    publish_due()
    assert (row(post_id).state, row(other).state) == (PostState.DRAFT, PostState.PUBLISHED)
    assert "can’t publish" in row(post_id).publish_problem
    assert post_counts(db.session.get_one(Member, anna.id)) == [0]


def test_author_is_written_to_when_nothing_appears(anna: Actor) -> None:
    with transaction():
        member = db.session.get_one(Member, anna.id)
        member.email, member.interface_language = "anna@example.org", "nl"
    post_id = schedule(factories.actor(member), title="The plan")
    with transaction():
        db.session.get_one(Member, anna.id).state = MemberState.SILENCED
    pass_time(post_id)
    publish_due()
    with transaction():
        listeners.mail_not_published(PostNotPublished(post_id, anna.id))
    (letter,) = db.session.scalars(db.select(StoredLetter)).all()
    assert (letter.to_address, letter.subject) == ("anna@example.org", "Je bericht is niet op zijn tijd gepubliceerd")
    assert row(post_id).publish_problem in letter.plain


def test_topic_that_closed_since_is_noticed(anna: Actor) -> None:
    topic = factories.topic("energy")
    post_id = schedule(anna, topics=("energy",))
    with transaction():
        db.session.get_one(Topic, topic.id).state = TopicState.ARCHIVED
    pass_time(post_id)
    publish_due()
    assert (row(post_id).state, "energy" in row(post_id).publish_problem.lower()) == (PostState.DRAFT, True)
    assert "PostPublished" not in recorded()


def test_withdrawn_post_does_not_appear(anna: Actor) -> None:
    post_id = schedule(anna)
    with transaction():
        commands.withdraw(anna, post_id)
    assert (row(post_id).publish_at, publish_due()) == (None, 0)


def test_schedule_by_form_keeps_the_authors_clock(web: Web, app: Flask) -> None:
    factories.topic("energy")
    anna = factories.member()
    day = (clock.now() + timedelta(days=200)).strftime("%Y-%m-%d")
    page = web.sign_in(anna).submit(
        "/posts/new", "/posts/new", title="Later", body="Words", topics=["energy"], schedule="yes",
        publish_at=f"{day}T09:00", publish_zone="America/New_York",
    )  # fmt: skip
    shown = web.follow(page)
    post = db.session.query(Post).one()
    form = shown.form(f"/posts/{post.id}/edit")
    assert (form["publish_at"], form["publish_zone"], post.state) == (
        [f"{day}T09:00"],
        ["America/New_York"],
        "scheduled",
    )
    assert "09:00 (America/New_York)" in shown.words()
    assert "09:00 (America/New_York)" in web.get("/drafts").words()


def test_refused_time_keeps_the_words(web: Web, app: Flask) -> None:
    factories.topic("energy")
    page = web.sign_in(factories.member()).submit(
        "/posts/new", "/posts/new", title="Later", body="Words", topics=["energy"], schedule="yes",
        publish_at="2001-01-01T09:00", publish_zone="nowhere",
    )  # fmt: skip
    form = page.form("/posts/new")
    assert (page.status, form["publish_at"], form["publish_zone"], form["body"]) == (
        422, ["2001-01-01T09:00"], ["nowhere"], ["Words"],
    )  # fmt: skip
