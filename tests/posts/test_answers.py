"""Questions, requests, and what a post knows of its thread."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from forum.kernel.access import Right
from forum.kernel.db import transaction
from forum.kernel.errors import Forbidden, Invalid
from forum.kernel.ids import CommentId
from forum.posts import commands
from forum.posts.errors import NotYours
from forum.posts.models import CommentMode, PostKind
from tests import factories
from tests.posts.drafting import publish, row


def test_asker_accepts_an_answer_and_another(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna, kind=PostKind.QUESTION)
    for comment_id in (7, 7, 8):
        with transaction():
            commands.accept_answer(anna, post_id, CommentId(comment_id))
    assert (row(post_id).accepted_comment_id, row(post_id).answered) == (8, True)


def test_asker_takes_the_answer_back(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna, kind=PostKind.QUESTION)
    with transaction():
        commands.accept_answer(anna, post_id, CommentId(7))
        for _ in range(2):
            commands.unaccept(anna, post_id)
    assert (row(post_id).accepted_comment_id, row(post_id).answered) == (None, False)


def test_only_the_asker_of_a_question_accepts(app: Flask) -> None:
    anna, other = factories.actor(factories.member()), factories.actor(factories.member(role="admin"))
    question, article = publish(anna, kind=PostKind.QUESTION), publish(anna)
    for actor, post_id in ((other, question), (anna, article)):
        with pytest.raises(NotYours), transaction():
            commands.accept_answer(actor, post_id, CommentId(7))
    assert not row(question).answered


def test_answer_that_is_gone_reopens_its_question(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna, kind=PostKind.QUESTION)
    with transaction():
        commands.accept_answer(anna, post_id, CommentId(7))
        commands.forget_answer(post_id, CommentId(8))
    assert row(post_id).answered
    with transaction():
        commands.forget_answer(post_id, CommentId(7))
    assert (row(post_id).accepted_comment_id, row(post_id).answered) == (None, False)


def test_request_is_met_and_opened_again(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna, kind=PostKind.REQUEST)
    states = []
    for answered in (True, True, False):
        with transaction():
            commands.mark_answered(anna, post_id, answered=answered)
        states.append(row(post_id).answered)
    assert states == [True, True, False]


def test_only_its_author_settles_a_request(app: Flask) -> None:
    anna, other = factories.actor(factories.member()), factories.actor(factories.member())
    request, question = publish(anna, kind=PostKind.REQUEST), publish(anna, kind=PostKind.QUESTION)
    for actor, post_id in ((other, request), (anna, question)):
        with pytest.raises(NotYours), transaction():
            commands.mark_answered(actor, post_id, answered=True)


def test_comment_is_counted_and_moves_the_post_up(app: Flask) -> None:
    post = factories.post()
    later = post.last_activity_at + timedelta(hours=1)
    with transaction():
        commands.note_comment(post.id, +1, later)
        commands.note_comment(post.id, +1, post.last_activity_at)
    assert (row(post.id).comment_count, row(post.id).last_activity_at) == (2, later)


def test_comment_taken_back_moves_nothing(app: Flask) -> None:
    post = factories.post(comment_count=2)
    with transaction():
        commands.note_comment(post.id, -1)
    assert (row(post.id).comment_count, row(post.id).last_activity_at) == (1, post.last_activity_at)


def test_thread_is_closed_and_opened(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna)
    modes = []
    for mode in ("closed", "closed", "open"):
        with transaction():
            commands.set_comment_mode(anna, post_id, mode)
        modes.append(row(post_id).comment_mode)
    assert modes == [CommentMode.CLOSED, CommentMode.CLOSED, CommentMode.OPEN]


@pytest.mark.parametrize("mode", ["ajar", ""])
def test_thread_has_no_other_mode(app: Flask, mode: str) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna)
    with pytest.raises(Invalid), transaction():
        commands.set_comment_mode(anna, post_id, mode)


def test_thread_is_not_closed_by_anybody(app: Flask) -> None:
    post_id = publish(factories.actor(factories.member()))
    other = factories.actor(factories.member())
    with pytest.raises(Forbidden), transaction():
        commands.set_comment_mode(other, post_id, "closed")


def test_thread_is_closed_by_the_organisations_moderator(app: Flask) -> None:
    author, colleague, city = factories.member(), factories.member(), factories.organisation("haarlem")
    factories.affiliation(author, city)
    factories.affiliation(colleague, city, Right.MODERATOR)
    post_id = publish(factories.actor(author), on_behalf_of="haarlem")
    actor = factories.actor(colleague)
    with transaction():
        commands.set_comment_mode(actor, post_id, "closed")
    assert row(post_id).comment_mode == CommentMode.CLOSED
