"""A discussion that is closed by a decision, and a comment that is collapsed: readers are told who and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.appeals import commands as appeals
from forum.comments.models import Comment
from forum.kernel import clock
from forum.kernel.access import Actor, Right
from forum.kernel.db import db, transaction
from forum.kernel.errors import Forbidden, Refused
from forum.moderation import commands
from forum.moderation.models import Action, Decision, Lane, StatementOfReasons, SubjectType
from forum.moderation.statements import Visibility
from forum.posts import policy
from forum.posts.commands import set_comment_mode
from forum.posts.models import CommentMode, Post
from tests import factories
from tests.justice import decide, moderator
from tests.reports.test_reports import a_comment, city_post, reported, reported_post
from tests.restrictions.test_accounts import after
from tests.web import Web


def locked(comment: Comment, by: Actor | None = None, **fields: object) -> Decision:
    reported(comment)
    return decide(SubjectType.COMMENT, comment.id, Action.LOCK, by, **fields)


def post_of(comment: Comment) -> Post:
    return db.session.get_one(Post, comment.post_id, populate_existing=True)


def test_locked_discussion_takes_no_more_and_says_so(web: Web) -> None:
    comment = a_comment()
    locked(comment)
    post = post_of(comment)
    assert (post.comment_mode, policy.can_comment(factories.actor(factories.member()), post)) == ("locked", False)
    assert "A moderator closed this discussion." in web.get(f"/posts/{post.id}/{post.slug}").words()


def test_lock_gives_reasons_to_whose_text_it_is_about(app: Flask, web: Web) -> None:
    comment = a_comment()
    decision = locked(comment)
    told = db.session.scalars(select(StatementOfReasons)).one()
    assert (told.author_id, told.decision_visibility) == (comment.author_id, Visibility.COLLAPSED)
    words = web.sign_in(db.session.get_one(Member, comment.author_id)).get(f"/decisions/{decision.id}").words()
    assert ("A discussion in which you wrote was closed" in words, "It calls names." in words) == (True, True)


def test_author_of_the_post_cannot_open_what_was_locked(app: Flask) -> None:
    comment = a_comment()
    locked(comment)
    author, rosa = factories.actor(db.session.get_one(Member, post_of(comment).author_id)), moderator()
    with pytest.raises(Forbidden), transaction():
        set_comment_mode(author, comment.post_id, CommentMode.OPEN)
    with transaction():
        set_comment_mode(rosa, comment.post_id, CommentMode.OPEN)
    assert post_of(comment).comment_mode == "open"


def test_post_is_reported_and_its_discussion_locked(app: Flask) -> None:
    post = factories.post()
    reported_post(post)
    decide(SubjectType.POST, post.id, Action.LOCK)
    assert db.session.get_one(Post, post.id, populate_existing=True).comment_mode == "locked"


def test_lock_is_undone_and_ends_as_it_was_before(app: Flask) -> None:
    rosa, comment = moderator(), a_comment()
    with transaction():
        set_comment_mode(rosa, comment.post_id, CommentMode.PREMODERATED)
    decision = locked(comment, rosa, until=clock.now() + timedelta(days=3))
    with transaction():
        commands.undo(rosa, decision.id)
    assert post_of(comment).comment_mode == "premoderated"
    decide(SubjectType.COMMENT, comment.id, Action.LOCK, rosa, until=clock.now() + timedelta(days=3))
    after(4)
    assert post_of(comment).comment_mode == "premoderated"


def test_lock_is_taken_back_on_appeal(app: Flask) -> None:
    comment = a_comment()
    decision = locked(comment)
    with transaction():
        appeals.appeal(factories.actor(db.session.get_one(Member, comment.author_id)), decision.id, "Let us talk.")
    decide(SubjectType.DECISION, decision.id, Action.REVERSE, lane=Lane.APPEALS)
    assert post_of(comment).comment_mode == "open"


def test_lock_twice_is_refused(app: Flask) -> None:
    comment = a_comment()
    locked(comment)
    reported_post(post_of(comment))
    with pytest.raises(Refused, match="closed already"):
        decide(SubjectType.POST, comment.post_id, Action.LOCK)


@pytest.mark.parametrize("action", [Action.LOCK, Action.COLLAPSE])
def test_organisation_closes_and_collapses_under_its_own_post(web: Web, action: Action) -> None:
    post, city = city_post(Right.MODERATOR)
    looks_after = factories.member()
    factories.affiliation(looks_after, city, Right.MODERATOR)
    comment = a_comment(under=post)
    reported(comment)
    decide(SubjectType.COMMENT, comment.id, action, factories.actor(looks_after))
    words = web.get(f"/posts/{post.id}/{post.slug}").words()
    told = f"Collapsed by {city.name}. Argue the case, not the person. Show it"
    assert (told in words) is (action is Action.COLLAPSE)
    assert ("closed this discussion" in words) is (action is Action.LOCK)


def test_comment_collapsed_by_the_site_says_so_in_its_own_language(web: Web) -> None:
    comment = a_comment(language="nl")
    reported(comment)
    decide(SubjectType.COMMENT, comment.id, Action.COLLAPSE, moderator())
    post = post_of(comment)
    assert "Collapsed by a moderator." in web.get(f"/posts/{post.id}/{post.slug}").words()
    now = db.session.get_one(Comment, comment.id, populate_existing=True)
    assert (now.collapsed_by, now.collapsed_because != "Argue the case, not the person") == ("", True)


def state_of(comment: Comment) -> str:
    return db.session.get_one(Comment, comment.id, populate_existing=True).state


@pytest.mark.parametrize("action", [Action.WARN, Action.SILENCE, Action.LOCK])
def test_text_that_reports_hid_is_seen_again_when_it_stays(app: Flask, action: Action) -> None:
    comment, rosa = a_comment(), moderator()
    for _number in range(2):
        reported(comment, trust_level=3)
    assert state_of(comment) == "hidden"
    decision = decide(SubjectType.COMMENT, comment.id, action, rosa)
    assert state_of(comment) == "visible"
    with transaction():
        commands.undo(rosa, decision.id)
    assert state_of(comment) == "hidden"
    assert post_of(comment).comment_mode == "open"
