"""Who may do what with a post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.kernel.access import ANONYMOUS, Actor, MemberState, Right, Role
from forum.kernel.operator import OPERATOR
from forum.organisations.models import Organisation
from forum.posts import policy
from forum.posts.models import CommentMode, Post, PostKind, PostState
from tests import factories
from tests.twins import assert_twin


def everybody(author: Member, city: Organisation) -> Iterator[Actor]:
    """Every kind of reader that this author's posts in this organisation's name can have."""
    yield ANONYMOUS
    yield OPERATOR
    yield factories.actor(author)
    for role in Role:
        yield factories.actor(factories.member(role=role))
    for state in MemberState:
        yield factories.actor(factories.member(state=state))
    for right in Right:
        colleague = factories.member()
        factories.affiliation(colleague, city, right)
        yield factories.actor(colleague)


def test_sight_of_a_post_is_the_same_in_the_database(app: Flask) -> None:
    author, city = factories.member(), factories.organisation()
    posts = [factories.post(author, state=state, organisation_id=city.id) for state in PostState]
    assert_twin(Post, policy.can_see, policy.visible_to, posts, everybody(author, city))


def seen_by(actor: Actor, author: Member) -> set[PostState]:
    return {state for state in PostState if policy.can_see(actor, post(author, state=state))}


def post(author: Member, **fields: Any) -> Post:
    values: dict[str, Any] = {"kind": PostKind.ARTICLE, "state": PostState.PUBLISHED, "comment_mode": CommentMode.OPEN}
    return Post(author_id=author.id, **(values | fields))


def test_readers_see_published_posts_only(app: Flask) -> None:
    author = factories.member()
    assert seen_by(ANONYMOUS, author) == {PostState.PUBLISHED}
    assert seen_by(factories.actor(factories.member()), author) == {PostState.PUBLISHED}


def test_author_sees_all_of_their_posts(app: Flask) -> None:
    author = factories.member()
    assert seen_by(factories.actor(author), author) == set(PostState)


def test_moderator_sees_all_but_what_is_not_finished(app: Flask) -> None:
    moderator = factories.actor(factories.member(role=Role.MODERATOR))
    assert seen_by(moderator, factories.member()) == set(PostState) - {PostState.DRAFT, PostState.SCHEDULED}


@pytest.mark.parametrize("rule", [policy.can_edit, policy.can_withdraw])
@pytest.mark.parametrize("state", list(PostState))
def test_author_changes_what_nobody_has_judged(app: Flask, rule: Any, state: PostState) -> None:
    author = factories.member()
    assert rule(factories.actor(author), post(author, state=state)) is (state in policy.EDITABLE)


@pytest.mark.parametrize("rule", [policy.can_edit, policy.can_withdraw, policy.can_restore])
@pytest.mark.parametrize("state", list(PostState))
def test_nobody_else_changes_a_post(app: Flask, rule: Any, state: PostState) -> None:
    admin = factories.actor(factories.member(role=Role.ADMIN))
    assert not rule(admin, post(factories.member(), state=state))
    assert not rule(ANONYMOUS, post(factories.member(), state=state))


@pytest.mark.parametrize(
    ("state", "drafts", "publishes"),
    [
        (MemberState.UNCONFIRMED, True, False),
        (MemberState.ACTIVE, True, True),
        (MemberState.SILENCED, True, False),
        (MemberState.SUSPENDED, False, False),
        (MemberState.ERASED, False, False),
    ],
)
def test_publishing_is_for_active_members(app: Flask, state: MemberState, drafts: bool, publishes: bool) -> None:
    author = factories.member(state=state)
    actor = factories.actor(author)
    assert (policy.can_draft(actor), policy.can_publish(actor)) == (drafts, publishes)
    assert policy.can_edit(actor, post(author, state=PostState.DRAFT)) is drafts
    assert policy.can_edit(actor, post(author)) is publishes
    assert policy.can_comment(actor, post(factories.member())) is publishes


def test_restoring_is_for_what_was_withdrawn(app: Flask) -> None:
    author = factories.member()
    restorable = {s for s in PostState if policy.can_restore(factories.actor(author), post(author, state=s))}
    assert restorable == {PostState.WITHDRAWN}


@pytest.mark.parametrize(
    ("right", "says"), [(None, False), (Right.CONTRIBUTOR, False), (Right.EDITOR, True), (Right.OWNER, True)]
)
def test_words_of_an_organisation_stay_with_who_speaks_for_it(app: Flask, right: Right | None, says: bool) -> None:
    author, city = factories.member(), factories.organisation()
    if right:
        factories.affiliation(author, city, right)
    actor = factories.actor(author)
    for rule, state in (
        (policy.can_edit, PostState.PUBLISHED),
        (policy.can_withdraw, PostState.PUBLISHED),
        (policy.can_restore, PostState.WITHDRAWN),
    ):
        assert rule(actor, post(author, organisation_id=city.id, state=state)) is says


@pytest.mark.parametrize("mode", list(CommentMode))
@pytest.mark.parametrize("state", list(PostState))
def test_comments_go_under_open_published_posts(app: Flask, mode: CommentMode, state: PostState) -> None:
    reader, written = factories.actor(factories.member()), post(factories.member(), comment_mode=mode, state=state)
    is_open = mode not in {CommentMode.CLOSED, CommentMode.LOCKED} and state == PostState.PUBLISHED
    assert policy.can_comment(reader, written) is is_open
    assert not policy.can_comment(ANONYMOUS, written)


@pytest.mark.parametrize(
    ("right", "closes"),
    [(None, False), (Right.CONTRIBUTOR, False), (Right.EDITOR, False), (Right.MODERATOR, True), (Right.OWNER, True)],
)
def test_thread_is_looked_after_by_the_organisation(app: Flask, right: Right | None, closes: bool) -> None:
    colleague, city = factories.member(), factories.organisation()
    if right:
        factories.affiliation(colleague, city, right)
    written = post(factories.member(), organisation_id=city.id)
    assert policy.can_set_comment_mode(factories.actor(colleague), written) is closes
    assert policy.can_set_comment_mode(factories.actor(factories.member(role=Role.MODERATOR)), written)


@pytest.mark.parametrize("kind", list(PostKind))
def test_asker_settles_what_was_asked(app: Flask, kind: PostKind) -> None:
    author, other = factories.member(), factories.actor(factories.member(role=Role.ADMIN))
    asked, actor = post(author, kind=kind), factories.actor(author)
    assert policy.can_accept(actor, asked) is (kind == PostKind.QUESTION)
    assert policy.can_mark_answered(actor, asked) is (kind == PostKind.REQUEST)
    assert not policy.can_accept(other, asked)
    assert not policy.can_mark_answered(other, asked)


def test_limits_are_for_newcomers(app: Flask) -> None:
    newcomer = factories.actor(factories.member())
    assert policy.limits_for(newcomer, lifted=False) == policy.NEWCOMER
    assert policy.limits_for(newcomer, lifted=True) == policy.UNLIMITED
    for level, limits in enumerate((policy.NEWCOMER, policy.BASIC, policy.KNOWN, policy.REGULAR, policy.UNLIMITED)):
        assert policy.limits_for(factories.actor(factories.member(trust_level=level)), lifted=False) == limits
    assert policy.limits_for(factories.actor(factories.member(role=Role.MODERATOR)), lifted=False) == policy.UNLIMITED
