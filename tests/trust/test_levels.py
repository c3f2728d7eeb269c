"""Levels from what members read and do, and the pages that show them."""

from __future__ import annotations

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Role
from forum.kernel.db import db, transaction
from forum.moderation.models import Action, Decision, Lane, ReviewItem, SubjectType
from forum.reading.models import ReadingTotal
from forum.recommendations.models import CommentRecommendation, PostRecommendation
from forum.trust import commands, policy, queries
from forum.trust.errors import NotAdministrator
from forum.trust.models import TrustChange, VisitMark
from tests import factories
from tests.web import Web


def read(member: Member, at: datetime | None = None, **figures: int) -> None:
    """What the member has read so far; by default enough for level 2."""
    plenty = {"posts_opened": 20, "comments_read": 100, "seconds": 3600, "days_visited": 15}
    with transaction() as session:
        session.merge(ReadingTotal(member_id=member.id, read_at=at or clock.now(), **(plenty | figures)))


def level_of(member: Member) -> int:
    with transaction():
        commands.recompute_due()
    return db.session.scalars(select(Member.trust_level).where(Member.id == member.id)).one()


def saved(*rows: object) -> None:
    with transaction() as session:
        session.add_all(rows)


def recommended(member: Member) -> None:
    """Once each way: a post of theirs by somebody, and somebody's comment by them."""
    other = factories.member()
    post = factories.post(member, recommendation_count=1)
    comment = factories.comment(other, post, "0000")
    saved(CommentRecommendation(comment_id=comment.id, member_id=member.id, post_id=post.id, created_at=clock.now()))
    saved(PostRecommendation(post_id=post.id, member_id=other.id, created_at=clock.now()))


def decided(about: Member, action: Action, ago: timedelta = timedelta(), *, undone: bool = False) -> None:
    then = clock.now() - ago
    item = ReviewItem(
        lane=Lane.REPORTS, scope="site", subject_type=SubjectType.MEMBER, subject_id=about.id, author_id=about.id,
        due_at=then, created_at=then, opened_at=then,
    )  # fmt: skip
    saved(item)
    undone_at = then if undone else None
    saved(
        Decision(item_id=item.id, item_version=1, action=action, decided_at=then, in_force=False, undone_at=undone_at)
    )


def regular(days: int = 130) -> Member:
    """Somebody who has come every day for so many days, and took part."""
    member: Member = factories.member(created_at=clock.now() - timedelta(days=days + 70))
    read(member, days_visited=days)
    recommended(member)
    for _number in range(10):
        factories.comment(member, factories.post(), "0000")
    start = (clock.now() - policy.WINDOW).date()
    saved(VisitMark(member_id=member.id, day=start, days_visited=days - 100))
    return member


def test_reader_becomes_basic_then_member(app: Flask) -> None:
    member = factories.member()
    read(member, posts_opened=5, comments_read=30, seconds=600, days_visited=1)
    assert level_of(member) == 1
    recommended(member)
    read(member)
    assert level_of(member) == 2


def test_member_who_recommended_nothing_stays_basic(app: Flask) -> None:
    member = factories.member()
    read(member)
    assert level_of(member) == 1


def test_regular_comes_often_and_takes_part(app: Flask) -> None:
    assert level_of(regular()) == 3


def test_days_before_the_window_do_not_count(app: Flask) -> None:
    member = regular()
    read(member, days_visited=79)  # 49 since the mark
    assert level_of(member) == 2


def test_own_threads_do_not_count_as_discussions(app: Flask) -> None:
    member = factories.member()
    factories.comment(member, factories.post(member), "0000")
    assert queries.figures_of([member.id])[member.id].discussions_lately == 0


@pytest.mark.parametrize(
    ("action", "days", "undone", "level"),
    [
        (Action.SILENCE, 1, False, 2),
        (Action.SUSPEND, 182, False, 2),
        (Action.SUSPEND, 184, False, 3),
        (Action.SUSPEND, 1, True, 3),
        (Action.WARN, 1, False, 3),
    ],
)
def test_penalty_counts_for_six_months(app: Flask, action: Action, days: int, undone: bool, level: int) -> None:
    member = regular()
    decided(member, action, timedelta(days=days), undone=undone)
    assert level_of(member) == level


def test_regular_is_looked_at_without_reading(app: Flask) -> None:
    member = regular()
    assert level_of(member) == 3
    decided(member, Action.SUSPEND)
    now = clock.now
    with patch.object(clock, "now", lambda: now() + timedelta(days=2)):
        assert level_of(member) == 2


def test_level_computed_twice_changes_once(app: Flask) -> None:
    member = factories.member()
    read(member)
    assert [level_of(member), level_of(member)] == [1, 1]
    rows = db.session.execute(select(TrustChange.old, TrustChange.new, TrustChange.why)).all()
    assert [tuple(row) for row in rows] == [(0, 1, "earned")]


def test_nobody_is_computed_who_read_nothing_since(app: Flask) -> None:
    member = factories.member()
    read(member, clock.now() - timedelta(minutes=1))
    assert queries.due_members(10) == [member.id]
    level_of(member)
    assert queries.due_members(10) == []


def test_marks_are_few_and_old_ones_go(app: Flask) -> None:
    member = factories.member()
    now = clock.now
    for day in range(0, 260, 5):
        with patch.object(clock, "now", lambda by=day: now() + timedelta(days=by)):
            read(member, days_visited=day + 1)
            level_of(member)
    assert db.session.scalars(select(func.count()).select_from(VisitMark)).one() <= 12


def test_statements_do_not_grow_with_members(app: Flask) -> None:
    members = [factories.member() for _number in range(12)]
    for member in members:
        read(member)
    with transaction():
        commands.recompute_due()
    assert [one.trust_level for one in queries.members_of([one.id for one in members])] == [1] * 12
    db.session.rollback()


def test_leader_is_granted_and_taken_back_by_an_administrator(web: Web) -> None:
    member = factories.member("ada", name="Ada")
    web.sign_in(factories.member(role=Role.ADMIN))
    answer = web.submit("/members/ada/trust", "/members/ada/trust")
    assert (answer.status, answer.response.location) == (303, "/members/ada/trust")
    assert "Ada is a leader." in web.get("/members/ada/trust").words()
    assert level_of(member) == 4
    web.submit("/members/ada/trust", "/members/ada/trust")
    assert [row.why for row in db.session.scalars(select(TrustChange))] == ["granted", "taken back"]
    assert level_of(member) == 2


def test_grant_given_twice_is_one(app: Flask) -> None:
    member, admin = factories.member(), factories.actor(factories.member(role=Role.ADMIN))
    for _time in range(2):
        with transaction():
            commands.grant(admin, member)
    assert db.session.scalars(select(func.count()).select_from(TrustChange)).one() == 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
def test_grant_is_for_administrators(web: Web, role: Role) -> None:
    member, other = factories.member("ada"), factories.member(role=role)
    assert web.sign_in(other).get("/members/ada/trust").status == 403
    for command in (commands.grant, commands.take_back):
        with transaction(), pytest.raises(NotAdministrator):
            command(factories.actor(other), member)


def test_page_tells_what_is_missing(web: Web) -> None:
    member = factories.member()
    read(member, posts_opened=3, comments_read=30, seconds=60, days_visited=1)
    words = web.sign_in(member).get("/settings/trust").words()
    assert "Level 0 New" in words
    assert "To the next level: Basic" in words
    assert "Posts opened35" in words
    assert "Comments read3030Reached" in words


def test_page_is_ones_own(web: Web) -> None:
    assert web.get("/settings/trust").response.location == "/sign-in?next=/settings/trust"


def test_page_of_a_regular_says_what_keeps_the_level(web: Web) -> None:
    member = regular()
    level_of(member)
    assert "To keep this level" in web.sign_in(member).get("/settings/trust").words()


def test_ways_to_a_level_stand_on_the_members_page(web: Web) -> None:
    ada, admin = factories.member("ada"), factories.member(role=Role.ADMIN)
    seen = []
    for who in (ada, admin, factories.member()):
        links = Web(web.app).sign_in(who).get("/members/ada").links()
        seen.append(("/settings/trust" in links, "/members/ada/trust" in links))
    assert seen == [(True, False), (False, True), (False, False)]
