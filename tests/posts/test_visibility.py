"""Withdrawing a post and putting it back."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.kernel.access import Actor
from forum.kernel.db import db, transaction
from forum.kernel.ids import PostId
from forum.organisations import commands as organisations
from forum.posts import commands, queries
from forum.posts.errors import NoSuchPost, NotYours
from forum.posts.models import Post, PostState, PostTopic
from tests import factories
from tests.posts.drafting import post_counts, publish, row, save


def withdraw(actor: Actor, post_id: PostId) -> Post:
    with transaction():
        return commands.withdraw(actor, post_id)


def restore(actor: Actor, post_id: PostId) -> Post:
    with transaction():
        return commands.restore(actor, post_id)


def listed() -> list[bool]:
    return list(db.session.scalars(db.select(PostTopic.listed)))


def test_withdrawn_post_is_gone_for_readers(app: Flask) -> None:
    member, topic = factories.member(), factories.topic()
    anna = factories.actor(member)
    post_id = publish(anna, topics=(topic.slug,))
    assert withdraw(anna, post_id).state == PostState.WITHDRAWN
    assert (post_counts(member, topic), listed()) == ([0, 0], [False])
    with pytest.raises(NoSuchPost):
        queries.get_article(post_id)
    assert queries.get_article(post_id, anna).state == PostState.WITHDRAWN


def test_withdrawing_twice_counts_once(app: Flask) -> None:
    member = factories.member()
    post_id = publish(factories.actor(member))
    for _ in range(2):
        withdraw(factories.actor(member), post_id)
    assert post_counts(member) == [0]


def test_restored_post_is_where_it_was(app: Flask) -> None:
    member, topic = factories.member(), factories.topic()
    anna = factories.actor(member)
    post_id = publish(anna, topics=(topic.slug,))
    before = row(post_id).published_at
    withdraw(anna, post_id)
    for _ in range(2):
        restore(anna, post_id)
    assert (row(post_id).state, row(post_id).published_at) == (PostState.PUBLISHED, before)
    assert (post_counts(member, topic), listed()) == ([1, 1], [True])


def test_discarded_draft_comes_back_as_a_draft(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = save(anna)
    withdraw(anna, post_id)
    assert queries.page_of_drafts(anna).rows == ()
    assert restore(anna, post_id).state == PostState.DRAFT
    assert post_counts(factories.member()) == [0]


@pytest.mark.parametrize("state", [PostState.REMOVED, PostState.REJECTED])
def test_decided_post_is_not_withdrawn(app: Flask, state: PostState) -> None:
    author = factories.member()
    post = factories.post(author, state=state)
    with pytest.raises(NotYours):
        withdraw(factories.actor(author), post.id)


@pytest.mark.parametrize("state", [PostState.HIDDEN, PostState.REMOVED, PostState.PENDING, PostState.REJECTED])
def test_only_withdrawn_posts_are_restored(app: Flask, state: PostState) -> None:
    author = factories.member()
    post = factories.post(author, state=state)
    with pytest.raises(NotYours):
        restore(factories.actor(author), post.id)


def test_waiting_post_withdrawn_and_restored_is_a_draft(app: Flask) -> None:
    author = factories.member()
    post = factories.post(author, state=PostState.PENDING)
    withdraw(factories.actor(author), post.id)
    assert restore(factories.actor(author), post.id).state == PostState.DRAFT


def test_others_neither_withdraw_nor_restore(app: Flask) -> None:
    author, other = factories.actor(factories.member()), factories.actor(factories.member(role="admin"))
    post_id = publish(author)
    with pytest.raises(NotYours):
        withdraw(other, post_id)
    withdraw(author, post_id)
    with pytest.raises(NotYours):
        restore(other, post_id)


def test_who_left_takes_nothing_back(app: Flask) -> None:
    member, city = factories.member(), factories.organisation("haarlem")
    place = factories.affiliation(member, city)
    actor = factories.actor(member)
    post_id = publish(actor, on_behalf_of="haarlem")
    with transaction():
        organisations.end_affiliation(actor, place.id)
    with pytest.raises(NotYours):
        withdraw(factories.actor(member), post_id)
    assert post_counts(city) == [1]
