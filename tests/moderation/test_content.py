"""What decisions do to posts and comments, and that undoing leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel.access import MemberState, Right
from forum.kernel.db import db, transaction
from forum.kernel.errors import Refused
from forum.moderation import commands
from forum.moderation.models import Action, Lane
from forum.organisations.models import ApprovalPolicy, Organisation
from forum.posts.models import CommentMode, Post
from forum.topics.models import Topic, TopicState
from tests import factories
from tests.moderation.cases import moderator
from tests.moderation.holding import (
    comment_by,
    comment_row,
    held,
    item_about,
    judge,
    post_by,
    post_row,
    watch,
    wrong_counters,
)

WORDS = "Cheap lamps"
ROW = {Comment: comment_row, Post: post_row}


@pytest.fixture
def watched(app: Flask) -> None:
    watch(WORDS)


def held_comment() -> Comment:
    """A reply."""
    post, author = post_by(factories.member()), factories.member()
    return comment_by(author, post, WORDS, parent_id=comment_by(author, post).id)


def held_post() -> Post:
    return post_by(factories.member(), WORDS)


@pytest.mark.parametrize("make", [held_comment, held_post])
@pytest.mark.parametrize(
    ("action", "states"),
    [
        (Action.PUBLISH, {"visible", "published"}),
        (Action.RETURN, {"returned"}),
        (Action.REJECT, {"rejected"}),
    ],
)
def test_decision_and_its_undoing(
    watched: None, make: Callable[[], Comment | Post], action: Action, states: set[str]
) -> None:
    thing, actor = make(), moderator()
    decision = judge(actor, thing, action)
    assert (ROW[type(thing)](thing.id).state in states, wrong_counters()) == (True, [])  # type: ignore[operator]  # by kind
    assert decision is not None
    with transaction():
        commands.undo(actor, decision.id)
    assert (ROW[type(thing)](thing.id).state, wrong_counters()) == ("pending", [])  # type: ignore[operator]  # by kind


def test_published_post_gets_its_date_then_and_counts(watched: None) -> None:
    post = held_post()
    judge(moderator(), post, Action.PUBLISH)
    shown = post_row(post.id)
    assert (shown.published_at is not None, shown.published_at == shown.last_activity_at) == (True, True)
    assert db.session.scalars(select(Member.post_count).where(Member.id == post.author_id)).one() == 1


def test_returned_comment_carries_the_words(watched: None) -> None:
    comment = held_comment()
    judge(moderator(), comment, Action.RETURN, facts="Say what it costs.")
    assert comment_row(comment.id).returned_because == "Say what it costs."


def closed(comment: Comment) -> None:
    with transaction() as session:
        session.execute(update(Post).where(Post.id == comment.post_id).values(comment_mode=CommentMode.CLOSED))


def suspended(thing: Comment | Post) -> None:
    with transaction() as session:
        session.execute(update(Member).where(Member.id == thing.author_id).values(state=MemberState.SUSPENDED))


def parent_gone(comment: Comment) -> None:
    with transaction() as session:
        session.execute(update(Comment).where(Comment.id == comment.parent_id).values(state="removed"))


def post_gone(comment: Comment) -> None:
    with transaction() as session:
        session.execute(update(Post).where(Post.id == comment.post_id).values(state="withdrawn"))


@pytest.mark.parametrize("change", [closed, suspended, parent_gone, post_gone])
def test_approving_notices_what_changed_for_a_comment(watched: None, change: Callable[[Comment], None]) -> None:
    comment, actor = held_comment(), moderator()
    change(comment)
    with pytest.raises(Refused):
        judge(actor, comment, Action.PUBLISH)
    assert (comment_row(comment.id).state, item_about(comment).state) == ("pending", "open")


def archived(_post: Post) -> None:
    with transaction() as session:
        session.execute(update(Topic).values(state=TopicState.ARCHIVED))


@pytest.mark.parametrize("change", [archived, suspended])
def test_approving_notices_what_changed_for_a_post(watched: None, change: Callable[[Post], None]) -> None:
    post, actor = held_post(), moderator()
    change(post)
    with pytest.raises(Refused):
        judge(actor, post, Action.PUBLISH)
    assert post_row(post.id).state == "pending"


def test_approver_of_the_organisation_publishes(app: Flask) -> None:
    post, owner, _city = sent_for_approval()
    judge(factories.actor(owner), post, Action.PUBLISH)
    assert (post_row(post.id).state, wrong_counters()) == ("published", [])


def sent_for_approval(**fields: object) -> tuple[Post, Member, Organisation]:
    author, owner = factories.member(), factories.member()
    city = factories.organisation("ghent", approval_policy=ApprovalPolicy.BELOW_OWNER, **fields)
    factories.affiliation(author, city, Right.EDITOR)
    factories.affiliation(owner, city, Right.OWNER)
    return post_by(author, on_behalf_of="ghent"), owner, city


def test_what_the_organisation_let_through_waits_for_the_site_where_it_has_to(app: Flask) -> None:
    post, owner, _city = sent_for_approval(first_posts_left=1)
    decision = judge(factories.actor(owner), post, Action.PUBLISH)
    assert held(post_row(post.id)) == ("pending", Lane.INSTITUTIONAL)
    judge(moderator(), post, Action.PUBLISH)
    assert post_row(post.id).state == "published"
    assert (db.session.scalars(select(Organisation.first_posts_left)).one(), decision is not None) == (0, True)


def test_author_who_left_the_organisation_no_longer_speaks_for_it(app: Flask) -> None:
    from forum.kernel import clock
    from forum.organisations.models import Affiliation

    post, owner, _city = sent_for_approval()
    with transaction() as session:
        mine = Affiliation.member_id == post.author_id
        session.execute(update(Affiliation).where(mine).values(ended_at=clock.now()))
    actor = factories.actor(owner)
    with pytest.raises(Refused, match="doesn’t belong"):
        judge(actor, post, Action.PUBLISH)
