"""The queue, invitations and reminders: who is told, and what of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.bookmarks.events import BookmarkDue
from forum.kernel import clock
from forum.kernel.access import Right, Role
from forum.kernel.db import transaction
from forum.kernel.events import record
from forum.kernel.ids import BookmarkId
from forum.membership.events import PersonInvited
from forum.membership.models import Invitation
from forum.moderation.events import DecisionSettled, ItemHandedOver, ItemOpened
from forum.moderation.models import Action, Lane, ReviewItem, Scope, SubjectType
from tests import factories
from tests.notifications.happenings import Happenings


@pytest.fixture
def author(app: Flask) -> Member:
    member: Member = factories.member()
    return member


def waiting(author: Member, **fields: object) -> ReviewItem:
    """Something of the author's, in the queue."""
    values = {
        "lane": Lane.NEW_MEMBERS, "scope": Scope.SITE, "subject_type": SubjectType.COMMENT, "subject_id": 9,
        "author_id": author.id, "title": "Quay", "due_at": clock.now() + timedelta(days=1),
        "created_at": clock.now(), "opened_at": clock.now(),
    }  # fmt: skip
    item = ReviewItem(**(values | fields))
    with transaction() as session:
        session.add(item)
    return item


def settle(happen: Happenings, item: ReviewItem, action: Action, subject_id: int = 9) -> None:
    with transaction():
        record(DecisionSettled(7, item.id, item.lane, action, item.subject_type, subject_id, item.author_id))
    happen.deliver()


def test_what_waits_tells_moderators_but_never_its_author(happen: Happenings) -> None:
    moderators = [factories.member(role=Role.MODERATOR) for _ in range(2)]
    item = waiting(moderators[0])
    with transaction():
        record(ItemOpened(item.id, item.lane))
    happen.deliver()
    assert [[kind for kind, _ in happen.told(one)] for one in moderators] == [[], ["review"]]


def test_what_waits_in_an_organisation_tells_its_people_only(happen: Happenings, author: Member) -> None:
    organisation, editor, moderator = (
        factories.organisation(),
        factories.member(),
        factories.member(role=Role.MODERATOR),
    )
    factories.affiliation(editor, organisation, Right.EDITOR)
    item = waiting(author, lane=Lane.ON_BEHALF, scope=Scope.ORGANISATION, organisation_id=organisation.id)
    with transaction():
        record(ItemOpened(item.id, item.lane))
    happen.deliver()
    assert [[kind for kind, _ in happen.told(one)] for one in (editor, moderator)] == [["review"], []]


def test_whoever_is_handed_an_item_is_told(happen: Happenings, author: Member) -> None:
    moderator = factories.member(role=Role.MODERATOR)
    item = waiting(author)
    with transaction():
        record(ItemHandedOver(item.id, moderator.id, author.id))
    happen.deliver()
    assert [kind for kind, _ in happen.told(moderator)] == ["review"]


@pytest.mark.parametrize(("action", "told"), [
    (Action.REJECT, [("decision", "decision:7")]), (Action.KEEP, []), (Action.ESCALATE, []),
])  # fmt: skip
def test_author_is_told_of_decisions_that_concern_them(
    happen: Happenings, author: Member, action: Action, told: list[tuple[str, str]]
) -> None:
    item = waiting(author)
    for _ in range(2):
        settle(happen, item, action)
    assert happen.told(author) == told


def test_published_comment_tells_those_it_answers(happen: Happenings, author: Member) -> None:
    hanna = factories.member()
    comment = factories.comment(author, factories.post(hanna), "0000")
    settle(happen, waiting(author, subject_id=comment.id), Action.PUBLISH, comment.id)
    assert (happen.told(author), happen.told(hanna)) == (
        [("decision", "decision:7")],
        [("reply", f"comment:{comment.id}")],
    )


def test_reminder_comes_once_a_day(happen: Happenings, author: Member) -> None:
    post = factories.post()
    for _ in range(2):
        with transaction():
            record(BookmarkDue(BookmarkId(3), author.id, post.id, None))
        happen.deliver()
    assert [kind for kind, _ in happen.told(author)] == ["reminder"]


def test_invitation_stands_among_the_updates(happen: Happenings, author: Member) -> None:
    organisation = factories.organisation()
    invitation = Invitation(
        organisation_id=organisation.id, email="x@example.org", email_key="x@example.org", member_id=author.id,
        right=Right.EDITOR, invited_by_id=factories.member().id, created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=14),
    )  # fmt: skip
    with transaction() as session:
        session.add(invitation)
    with transaction():
        record(PersonInvited(invitation.id))
    happen.deliver()
    assert happen.told(author) == [("invitation", f"invitation:{invitation.id}")]
