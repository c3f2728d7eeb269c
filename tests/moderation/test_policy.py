"""Who sees and decides what: the rule and its twin in SQL, over all lanes, scopes and people."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.kernel.access import Actor, MemberState, Right, Role
from forum.kernel.db import db, transaction
from forum.moderation import policy
from forum.moderation.models import Action, Lane, ReviewItem, Scope, SubjectType
from forum.moderation.queries import reach_of
from forum.organisations.models import Organisation
from forum.topics.models import Topic, TopicCurator
from tests import factories
from tests.moderation.cases import waiting
from tests.twins import assert_twin


def everybody(city: Organisation, topic: Topic) -> dict[str, Actor]:
    """One of each: by role, by right in the city, by topic."""
    people = {
        "member": factories.member(),
        "moderator": factories.member(role=Role.MODERATOR),
        "admin": factories.member(role=Role.ADMIN),
        "silenced": factories.member(role=Role.MODERATOR, state=MemberState.SILENCED),
        "from the city": factories.member(role=Role.MODERATOR),
        "curator": factories.member(),
        **{right.value: factories.member() for right in Right if right is not Right.MODERATOR},
        "city moderator": factories.member(),
    }
    with transaction() as session:
        session.add(TopicCurator(topic_id=topic.id, member_id=people["curator"].id))
    factories.affiliation(people["from the city"], city, Right.CONTRIBUTOR)
    factories.affiliation(people["city moderator"], city, Right.MODERATOR)
    for right in (Right.CONTRIBUTOR, Right.EDITOR, Right.OWNER):
        factories.affiliation(people[right.value], city, right)
    return {name: factories.actor(one) for name, one in people.items()}


def items_of_all_kinds(city: Organisation, topic: Topic, people: dict[str, Actor]) -> None:
    in_topic = {"scope": Scope.TOPIC, "topic_id": topic.id}
    in_city = {"scope": Scope.ORGANISATION, "organisation_id": city.id}
    scopes: tuple[dict[str, Any], ...] = ({}, in_topic, in_city)
    sides = (
        {"author_id": people["moderator"].member_id}, {"about_organisation_id": city.id},
        {"earlier_decider_id": people["admin"].member_id}, {"opener_id": people["admin"].member_id},
    )  # fmt: skip
    for lane in Lane:
        for scope in scopes:
            waiting(lane=lane, **scope)
            for side in sides:
                waiting(lane=lane, **(scope | side))


def test_rule_and_twin_say_the_same(app: Flask) -> None:
    city, topic = factories.organisation(), factories.topic()
    people = everybody(city, topic)
    items_of_all_kinds(city, topic, people)
    items = db.session.scalars(select(ReviewItem)).all()
    assert len(items) == len(Lane) * 15
    assert_twin(
        ReviewItem,
        lambda actor, item: policy.can_see(reach_of(actor), item),
        lambda actor: policy.visible_to(reach_of(actor)),
        items,
        people.values(),
    )


def actions(actor: Actor, **fields: Any) -> tuple[Action, ...]:
    """What they may decide on an item of this kind."""
    item_id = waiting(**fields)
    item = db.session.get_one(ReviewItem, item_id, populate_existing=True)
    return policy.actions_for(reach_of(actor), item)


def test_organisations_moderators_never_remove(app: Flask) -> None:
    city, topic = factories.organisation(), factories.topic()
    people = everybody(city, topic)
    under = {"lane": Lane.REPORTS, "scope": Scope.ORGANISATION, "organisation_id": city.id}
    keep = (Action.KEEP, Action.COLLAPSE, Action.LOCK, Action.ESCALATE)
    assert {name: actions(people[name], **under) for name in ("city moderator", "owner", "editor")} == {
        "city moderator": keep, "owner": keep, "editor": (),
    }  # fmt: skip


def test_organisations_moderators_act_under_their_own_posts_only(app: Flask) -> None:
    city, topic, other = factories.organisation(), factories.topic(), factories.organisation()
    owner = everybody(city, topic)["owner"]
    assert actions(owner, scope=Scope.ORGANISATION, organisation_id=other.id) == ()


def test_report_about_an_organisation_never_goes_to_it(app: Flask) -> None:
    city, topic = factories.organisation(), factories.topic()
    people = everybody(city, topic)
    about = {"scope": Scope.ORGANISATION, "organisation_id": city.id, "about_organisation_id": city.id}
    own = ("city moderator", "owner", "editor", "contributor", "from the city")
    assert {actions(people[name], **about) for name in own} == {()}
    assert actions(people["moderator"], **about) == policy.LANE_ACTIONS[Lane.REPORTS]


def test_organisations_moderators_never_learn_who_reported(app: Flask) -> None:
    city, topic = factories.organisation(), factories.topic()
    people = everybody(city, topic)
    item_id = waiting(scope=Scope.ORGANISATION, organisation_id=city.id)
    item = db.session.get_one(ReviewItem, item_id)
    seen = {name for name, actor in people.items() if policy.can_see_openers(reach_of(actor), item)}
    assert seen == {"moderator", "admin", "from the city"}


def test_standing_of_an_organisation_offers_only_what_can_be_done(app: Flask) -> None:
    actor = factories.actor(factories.member(role=Role.MODERATOR))
    offered = actions(actor, lane=Lane.MEMBERSHIP, subject_type=SubjectType.ORGANISATION)
    assert offered == (Action.VERIFY, Action.SUSPEND)


def test_appeal_is_decided_by_somebody_else(app: Flask) -> None:
    city, topic, complainant = factories.organisation(), factories.topic(), factories.member(role=Role.MODERATOR)
    people = everybody(city, topic)
    appeal = {
        "lane": Lane.APPEALS, "earlier_decider_id": people["moderator"].id, "organisation_id": city.id,
        "opener_id": complainant.id,
    }  # fmt: skip
    assert actions(people["moderator"], **appeal) == ()
    assert actions(people["from the city"], **appeal) == ()
    assert actions(factories.actor(complainant), **appeal) == ()
    assert actions(people["admin"], **appeal) == policy.LANE_ACTIONS[Lane.APPEALS]


def test_curators_decide_about_texts_and_not_about_accounts(app: Flask) -> None:
    city, topic = factories.organisation(), factories.topic()
    curator = everybody(city, topic)["curator"]
    allowed = actions(curator, scope=Scope.TOPIC, topic_id=topic.id)
    assert (Action.REMOVE in allowed, Action.SILENCE in allowed, Action.SUSPEND in allowed) == (True, False, False)
    assert actions(curator, lane=Lane.LEGAL, scope=Scope.TOPIC, topic_id=topic.id) == ()


def test_site_steps_in_for_an_organisation_only_once_it_was_asked(app: Flask) -> None:
    city = factories.organisation()
    actor = factories.actor(factories.member(role=Role.MODERATOR))
    item_id = waiting(lane=Lane.ON_BEHALF, scope=Scope.ORGANISATION, organisation_id=city.id)
    item = db.session.get_one(ReviewItem, item_id)
    assert policy.actions_for(reach_of(actor), item) == ()
    item.level = 1
    assert policy.actions_for(reach_of(actor), item) == policy.LANE_ACTIONS[Lane.ON_BEHALF]
    db.session.rollback()


def test_approver_is_not_the_author(app: Flask) -> None:
    city, owner = factories.organisation(), factories.member()
    factories.affiliation(owner, city, Right.OWNER)
    fields = {"lane": Lane.ON_BEHALF, "scope": Scope.ORGANISATION, "organisation_id": city.id}
    assert actions(_actor(owner), **fields, author_id=owner.id, about_organisation_id=city.id) == ()
    assert actions(_actor(owner), **fields, about_organisation_id=city.id) == policy.LANE_ACTIONS[Lane.ON_BEHALF]


def _actor(member: Member) -> Actor:
    return factories.actor(member)
