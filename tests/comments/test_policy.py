"""Who may do what with a comment, state by state, and the rule in SQL beside the rule in Python."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from forum.comments import policy
from forum.comments.models import Comment, CommentState
from forum.kernel.access import ANONYMOUS, Actor, MemberState, Right, Role
from forum.kernel.ids import MemberId, OrganisationId
from forum.posts.models import CommentMode, Post, PostState
from tests import factories
from tests.comments.writing import stored
from tests.twins import assert_twin

AUTHOR, OTHER, CITY = MemberId(7), MemberId(8), OrganisationId(3)
# DOMAIN, the queue's rules 6 and 10: what came back or waits for a decision is its author's to change and take back.
WAITS = {"pending", "returned", "hidden"}


def actor(member_id: MemberId = AUTHOR, **fields: object) -> Actor:
    return Actor(member_id=member_id, **fields)  # type: ignore[arg-type]  # fields of Actor


def comment(state: str = CommentState.VISIBLE, organisation_id: OrganisationId | None = None) -> Comment:
    return Comment(state=state, author_id=AUTHOR, organisation_id=organisation_id)


def post(state: str = PostState.PUBLISHED, mode: str = CommentMode.OPEN) -> Post:
    return Post(state=state, comment_mode=mode, author_id=OTHER, kind="article")


def states(rule: Callable[[Comment], bool]) -> set[str]:
    """The states in which the rule says yes."""
    return {state for state in CommentState if rule(comment(state))}


def test_visible_to_is_the_twin_of_can_see(app: Flask) -> None:
    author, other, moderator = factories.member(), factories.member(), factories.member(role=Role.MODERATOR)
    silenced = factories.member(state=MemberState.SILENCED)
    under = factories.post()
    for number, (who, state) in enumerate((who, state) for who in (author, silenced) for state in CommentState):
        factories.comment(who, under, f"{number:04}", state=state)
    actors = [ANONYMOUS, *(factories.actor(one) for one in (author, other, moderator, silenced))]
    assert_twin(Comment, policy.can_see, policy.visible_to, stored(), actors)
    assert_twin(Comment, policy.can_read, policy.readable_by, stored(), actors)


def test_readers_see_places_but_only_readable_words() -> None:
    shown = {"visible", "collapsed", "removed", "withdrawn"}
    assert states(lambda one: policy.can_see(ANONYMOUS, one)) == shown
    assert states(lambda one: policy.can_read(ANONYMOUS, one)) == {"visible", "collapsed"}


@pytest.mark.parametrize("who", [actor(), actor(OTHER, role=Role.MODERATOR)])
def test_author_and_moderators_read_all_words(who: Actor) -> None:
    assert states(lambda one: policy.can_read(who, one)) == set(CommentState)


def test_author_edits_what_is_shown_or_waits() -> None:
    assert states(lambda one: policy.can_edit(actor(), one, post())) == {"visible", *WAITS}
    assert states(lambda one: policy.can_edit(actor(OTHER, role=Role.ADMIN), one, post())) == set()
    assert states(lambda one: policy.can_edit(actor(state=MemberState.SILENCED), one, post())) == set()
    assert states(lambda one: policy.can_edit(actor(), one, post(PostState.WITHDRAWN))) == set()
    assert states(lambda one: policy.can_edit(actor(), one, post(mode=CommentMode.CLOSED))) == {"visible", *WAITS}


def test_author_withdraws_what_can_be_read_or_waits_even_when_silenced() -> None:
    theirs = {"visible", "collapsed", *WAITS}
    assert states(lambda one: policy.can_withdraw(actor(), one)) == theirs
    assert states(lambda one: policy.can_withdraw(actor(state=MemberState.SILENCED), one)) == theirs
    assert states(lambda one: policy.can_withdraw(actor(state=MemberState.SUSPENDED), one)) == set()
    assert states(lambda one: policy.can_withdraw(actor(OTHER), one)) == set()


def test_author_restores_what_was_withdrawn() -> None:
    assert states(lambda one: policy.can_restore(actor(), one, post())) == {"withdrawn"}
    assert states(lambda one: policy.can_restore(actor(OTHER), one, post())) == set()
    assert states(lambda one: policy.can_restore(actor(state=MemberState.SILENCED), one, post())) == set()


@pytest.mark.parametrize(
    ("right", "may"), [(None, False), (Right.CONTRIBUTOR, False), (Right.EDITOR, True), (Right.OWNER, True)]
)
def test_who_left_an_organisation_changes_nothing_said_in_its_name(right: Right | None, may: bool) -> None:
    who = actor(rights={CITY: right} if right else {})
    assert policy.can_edit(who, comment(CommentState.VISIBLE, CITY), post()) is may
    assert policy.can_restore(who, comment(CommentState.WITHDRAWN, CITY), post()) is may
