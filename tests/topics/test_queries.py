from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.kernel.access import ANONYMOUS, MemberState, Role
from forum.kernel.db import transaction
from forum.kernel.errors import Invalid, NotFound
from forum.topics import queries
from forum.topics.labels import TopicLabel
from forum.topics.models import PostingPolicy, Topic, TopicAddress, TopicCurator, TopicState
from tests import factories
from tests.statements import counted


def keep(row: Any) -> None:
    with transaction() as session:
        session.add(row)


def curate(topic: Topic, member: Member) -> None:
    keep(TopicCurator(topic_id=topic.id, member_id=member.id))


def test_topic_is_found_by_its_slug(app: Flask) -> None:
    topic = factories.topic("energy")
    assert queries.get_topic("energy") is topic


def test_topic_without_a_row_is_not_found(app: Flask) -> None:
    assert queries.find_topic("energy") is None
    with pytest.raises(NotFound):
        queries.get_topic("energy")


def test_merged_topic_is_found_by_moderators_only(app: Flask) -> None:
    merged = factories.topic("old", state=TopicState.MERGED)
    moderator = factories.actor(factories.member(role=Role.MODERATOR))
    assert queries.find_topic("old") is None
    assert queries.find_topic("old", moderator) is merged


def test_old_slug_leads_to_the_present_one(app: Flask) -> None:
    topic = factories.topic("energy")
    keep(TopicAddress(slug="power", topic_id=topic.id))
    assert queries.find_moved("power") == "energy"


def test_present_and_unknown_slugs_lead_nowhere(app: Flask) -> None:
    factories.topic("energy")
    assert queries.find_moved("energy") is None
    assert queries.find_moved("heat") is None


def test_merged_topics_lead_to_where_they_went(app: Flask) -> None:
    last = factories.topic("last")
    middle = factories.topic("middle", state=TopicState.MERGED, merged_into_id=last.id)
    factories.topic("first", state=TopicState.MERGED, merged_into_id=middle.id)
    keep(TopicAddress(slug="before", topic_id=middle.id))
    assert [queries.find_moved(slug) for slug in ("first", "middle", "before")] == ["last", "last", "last"]


def test_merged_topics_in_a_circle_lead_nowhere(app: Flask) -> None:
    one = factories.topic("one", state=TopicState.MERGED)
    other = factories.topic("other", state=TopicState.MERGED, merged_into_id=one.id)
    with transaction():
        one.merged_into_id = other.id
    assert queries.find_moved("one") is None


def test_open_topics_stand_in_their_order(app: Flask) -> None:
    factories.topic("second", position=2)
    factories.topic("first", position=1, name="First", sign="energy")
    factories.topic("closed", state=TopicState.ARCHIVED)
    factories.topic("merged", state=TopicState.MERGED)
    labels = queries.open_topics()
    assert [label.slug for label in labels] == ["first", "second"]
    assert labels[0] == TopicLabel("first", "First", "energy")


def test_topics_by_slug_follow_old_slugs_and_leave_out_unknown_ones(app: Flask) -> None:
    energy = factories.topic("energy")
    heat = factories.topic("heat")
    keep(TopicAddress(slug="warmth", topic_id=heat.id))
    assert queries.topics_by_slug(["energy", "warmth", "nothing"]) == {"energy": energy, "warmth": heat}


def test_topics_for_a_post_keep_their_order_and_stand_once(app: Flask) -> None:
    actor = factories.actor(factories.member())
    one, other = factories.topic("one"), factories.topic("other")
    keep(TopicAddress(slug="formerly", topic_id=one.id))
    assert queries.get_topics_for_post(actor, ["other", "one", "formerly"]) == (other, one)


@pytest.mark.parametrize("fields", [{"state": TopicState.ARCHIVED}, {"posting_policy": PostingPolicy.CURATORS_ONLY}])
def test_topic_for_a_post_is_refused_where_the_actor_may_not_post(app: Flask, fields: dict[str, Any]) -> None:
    factories.topic("kept", **fields)
    with pytest.raises(Invalid) as refusal:
        queries.get_topics_for_post(factories.actor(factories.member()), ["kept"])
    assert list(refusal.value.fields) == ["topics"]


def test_topic_for_a_post_is_refused_when_it_is_unknown(app: Flask) -> None:
    with pytest.raises(Invalid, match="nothing"):
        queries.get_topics_for_post(factories.actor(factories.member()), ["nothing"])


def test_choices_hold_a_curators_own_topic(app: Flask) -> None:
    curator = factories.member()
    kept = factories.topic("kept", posting_policy=PostingPolicy.CURATORS_ONLY, position=1)
    factories.topic("other", posting_policy=PostingPolicy.CURATORS_ONLY, position=2)
    factories.topic("open", position=3)
    curate(kept, curator)
    assert queries.curated_by(curator.id) == {kept.id}
    assert [label.slug for label in queries.choices_for(factories.actor(curator))] == ["kept", "open"]


def test_index_nests_topics_and_keeps_archived_ones_apart(app: Flask) -> None:
    parent = factories.topic("parent", position=2, post_count=4)
    factories.topic("child", parent_id=parent.id)
    factories.topic("first", position=1)
    factories.topic("past", state=TopicState.ARCHIVED)
    factories.topic("gone", state=TopicState.MERGED)
    index = queries.index()
    assert [(line.label.slug, line.post_count) for line in index.open] == [("first", 0), ("parent", 4)]
    assert [line.label.slug for line in index.open[1].children] == ["child"]
    assert [line.label.slug for line in index.archived] == ["past"]


def test_index_without_topics_is_empty(app: Flask) -> None:
    assert queries.index(ANONYMOUS) == queries.TopicIndex(open=(), archived=())


def test_topic_head_shows_what_is_above_below_and_who_curates(app: Flask) -> None:
    parent = factories.topic("parent")
    topic = factories.topic("topic", parent_id=parent.id)
    factories.topic("beside", parent_id=parent.id)
    for name, state in (("zoe", "active"), ("Anna", "active"), ("left", MemberState.ERASED)):
        curate(topic, factories.member(name.casefold(), name=name, state=state))
    page = queries.get_topic_head("topic")
    assert (page.label.slug, page.parent.slug if page.parent else "", page.children) == ("topic", "parent", ())
    assert [card.name for card in page.curators] == ["Anna", "zoe"]
    assert [label.slug for label in queries.get_topic_head("parent").children] == ["beside", "topic"]


def test_topic_head_takes_two_statements(app: Flask) -> None:
    parent = factories.topic("parent")
    for _number in range(3):
        factories.topic(parent_id=parent.id)
    with counted(app) as made:
        queries.get_topic_head("parent")
    assert len(made) == 2, made


def test_topic_head_without_a_row_is_not_found(app: Flask) -> None:
    factories.topic("energy")
    with pytest.raises(NotFound):
        queries.get_topic_head("heat")
