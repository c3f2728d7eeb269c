"""Silencing and suspending: what it takes away, and that it ends by itself."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Member, MemberSession
from forum.comments.models import Comment, CommentState
from forum.kernel import clock
from forum.kernel.access import MemberState, Role
from forum.kernel.db import db, transaction
from forum.kernel.errors import Forbidden
from forum.moderation.models import Action, LogLine, SubjectType
from forum.posts import policy as posts
from forum.restrictions.ending import end_due
from tests import factories
from tests.justice import decide, moderator
from tests.reports.test_reports import a_comment, reported
from tests.web import Web

DAY = timedelta(days=1)


def restricted(member: Member, action: Action, days: int | None = None) -> Comment:
    comment = a_comment(member)
    reported(comment)
    until = clock.now() + days * DAY if days else None
    decide(SubjectType.COMMENT, comment.id, action, until=until)
    return comment


def state_of(member: Member) -> tuple[str, bool]:
    now = db.session.get_one(Member, member.id, populate_existing=True)
    return now.state, now.state_until is None


def after(days: float) -> None:
    now = clock.now
    with patch.object(clock, "now", lambda: now() + days * DAY), transaction():
        end_due()


def test_silenced_member_reads_and_drafts(web: Web) -> None:
    member = factories.member()
    restricted(member, Action.SILENCE, 7)
    actor = factories.actor(member)
    assert (actor.may_write, posts.can_draft(actor)) == (False, True)
    assert web.sign_in(member).get("/drafts").status == 200


def test_suspended_member_is_signed_out_everywhere(web: Web) -> None:
    member = factories.member()
    web.sign_in(member)
    restricted(member, Action.SUSPEND, 7)
    assert db.session.scalars(select(func.count()).select_from(MemberSession)).one() == 0
    assert web.get("/drafts").status == 303
    assert not posts.can_draft(factories.actor(member))


def test_restriction_ends_by_itself_and_is_logged(app: Flask) -> None:
    member = factories.member()
    restricted(member, Action.SILENCE, 7)
    after(6.9)
    assert state_of(member) == (MemberState.SILENCED, False)
    after(7.1)
    assert state_of(member) == (MemberState.ACTIVE, True)
    assert db.session.scalars(select(LogLine.action).order_by(LogLine.id.desc())).first() == "end"


def test_restriction_ends_once(app: Flask) -> None:
    member = factories.member()
    restricted(member, Action.SUSPEND, 7)
    after(8)
    after(8)
    ends = select(func.count()).select_from(LogLine).where(LogLine.action == "end")
    assert db.session.scalars(ends).one() == 1


def test_restriction_that_ends_leaves_a_longer_one(app: Flask) -> None:
    member = factories.member()
    restricted(member, Action.SILENCE, 30)
    comment = factories.comment(member, factories.post(), "0000")
    reported(comment)
    decide(SubjectType.COMMENT, comment.id, Action.SUSPEND, until=clock.now() + 7 * DAY)
    assert state_of(member)[0] == MemberState.SUSPENDED
    after(8)
    assert state_of(member) == (MemberState.SILENCED, False)


def test_collapse_with_an_end_opens_again(app: Flask) -> None:
    comment = restricted(factories.member(), Action.COLLAPSE, 3)
    after(4)
    assert db.session.get_one(Comment, comment.id, populate_existing=True).state == CommentState.VISIBLE


def test_restriction_for_good_stays(app: Flask) -> None:
    member = factories.member()
    restricted(member, Action.SUSPEND)
    after(4_000)
    assert state_of(member) == (MemberState.SUSPENDED, True)


def test_unconfirmed_member_stays_unconfirmed_afterwards(app: Flask) -> None:
    member = factories.member(state=MemberState.UNCONFIRMED, confirmed_at=None)
    restricted(member, Action.SILENCE, 1)
    after(2)
    assert state_of(member) == (MemberState.UNCONFIRMED, True)


def test_moderators_account_is_an_administrators_to_restrict(app: Flask) -> None:
    colleague = factories.member(role=Role.MODERATOR)
    with pytest.raises(Forbidden):
        restricted(colleague, Action.SUSPEND)
    comment = db.session.scalars(select(Comment)).one()
    decide(SubjectType.COMMENT, comment.id, Action.SUSPEND, moderator(Role.ADMIN))
    assert state_of(colleague)[0] == MemberState.SUSPENDED
