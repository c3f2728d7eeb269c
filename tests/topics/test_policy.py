from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from forum.kernel.access import ANONYMOUS, Actor, MemberState, Role
from forum.kernel.operator import OPERATOR
from forum.topics import policy
from forum.topics.models import PostingPolicy, Topic, TopicState
from tests import factories
from tests.twins import assert_twin


def actor(**member: Any) -> Actor:
    return factories.actor(factories.member(**member))


def test_sight_of_a_topic_is_the_same_in_the_database(app: Flask) -> None:
    things = [factories.topic(state=state) for state in TopicState]
    actors = [ANONYMOUS, OPERATOR, *(actor(role=role) for role in Role), *(actor(state=one) for one in MemberState)]
    assert_twin(Topic, policy.can_see, policy.visible_to, things, actors)


def test_merged_topic_is_seen_by_moderators_only(app: Flask) -> None:
    merged = factories.topic(state=TopicState.MERGED)
    assert policy.can_see(actor(role=Role.MODERATOR), merged)
    assert not policy.can_see(actor(), merged)


@pytest.mark.parametrize("state", list(MemberState))
def test_posting_needs_a_member_who_may_write(app: Flask, state: MemberState) -> None:
    assert policy.can_post_under(actor(state=state), factories.topic(), ()) is (state == MemberState.ACTIVE)


@pytest.mark.parametrize("state", [TopicState.ARCHIVED, TopicState.MERGED])
def test_posting_under_a_closed_topic_is_refused_to_all(app: Flask, state: TopicState) -> None:
    topic = factories.topic(state=state)
    assert not policy.can_post_under(actor(role=Role.ADMIN), topic, {topic.id})


def test_posting_under_a_premoderated_topic_is_for_everyone_and_waits(app: Flask) -> None:
    assert policy.can_post_under(actor(), factories.topic(posting_policy=PostingPolicy.PREMODERATED), ())


def test_posting_under_a_kept_topic_is_for_curators_and_moderators(app: Flask) -> None:
    topic = factories.topic(posting_policy=PostingPolicy.CURATORS_ONLY)
    assert not policy.can_post_under(actor(), topic, ())
    assert policy.can_post_under(actor(), topic, {topic.id})
    assert policy.can_post_under(actor(role=Role.MODERATOR), topic, ())


@pytest.mark.parametrize(("role", "manages"), [(Role.MEMBER, False), (Role.MODERATOR, True), (Role.ADMIN, True)])
def test_managing_topics_is_for_moderators(app: Flask, role: Role, manages: bool) -> None:
    assert policy.can_manage(actor(role=role)) is manages
