"""A comment is sent once, stands in its place, is counted, and is never lost when it can't be sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.accounts.models import Member, MemberSession
from forum.comments import commands, tree
from forum.comments.draft import Draft
from forum.comments.errors import ThreadClosed
from forum.comments.models import Comment, CommentState
from forum.kernel import clock
from forum.kernel.access import MemberState, Right
from forum.kernel.db import db, transaction
from forum.kernel.errors import Forbidden, Invalid, TooOften
from forum.kernel.ids import CommentId
from forum.posts.models import CommentMode, Post, PostState
from forum.posts.policy import NEWCOMER, UNLIMITED, TrustLimits
from forum.posts.rendering import render_body
from tests import factories
from tests.comments.writing import Counters, counters, new_page, only, send, stored
from tests.web import Page, Web


def submit(member: Member, post: Post, body: str = "A remark.", limits: TrustLimits = UNLIMITED) -> CommentId:
    with transaction():
        found = commands.submit(factories.actor(member), post.id, Draft(body), render_body(body), limits=limits)
    return found.comment.id


def typed(page: Page, post: Post) -> str:
    """The words in the form that came back."""
    return page.form(f"/posts/{post.id}/comments")["body"][0].strip("\n")


def test_comment_leads_to_its_place_in_the_thread(web: Web) -> None:
    post, member = factories.post(), factories.member()
    page = send(web.sign_in(member), post, "We did *this* too.")
    comment = only()
    assert page.response.headers["Location"] == f"/posts/{post.id}/{post.slug}#comment-{comment.id}"
    assert (comment.html, comment.path, comment.depth, comment.language) == (
        "<p>We did <em>this</em> too.</p>\n", "0000", 0, "en",
    )  # fmt: skip


def test_comment_is_counted_and_is_activity(web: Web) -> None:
    long_ago = clock.now() - timedelta(days=9)
    post, member = factories.post(last_activity_at=long_ago), factories.member()
    send(web.sign_in(member), post)
    assert counters(post, member) == Counters(post=1, author=1)
    assert db.session.scalars(select(Post.last_activity_at)).one() == only().created_at


def test_replies_stand_below_what_they_answer_and_count_there(web: Web) -> None:
    post = factories.post()
    web.sign_in(factories.member())
    send(web, post, "First")
    send(web, post, "Second")
    first = stored()[0]
    send(web, post, "To the first", first)
    send(web, post, "To the reply", stored()[1])
    found = [(one.source, one.path, one.reply_count) for one in stored()]
    assert found == [
        ("First", "0000", 2), ("To the first", "00000000", 1), ("To the reply", "000000000000", 0),
        ("Second", "0001", 0),
    ]  # fmt: skip


def test_reply_below_the_deepest_level_stands_beside_what_it_answers(web: Web) -> None:
    post, author = factories.post(), factories.member()
    deepest = "0000" * (tree.MAX_DEPTH + 1)
    above = factories.comment(author, post, deepest[:-4], next_child=1)
    parent = factories.comment(author, post, deepest, parent_id=above.id)
    send(web.sign_in(author), post, "Deeper", parent)
    made = stored()[-1]
    assert (made.parent_id, made.path, made.depth) == (parent.id, deepest[:-4] + "0001", tree.MAX_DEPTH)


def test_comment_in_an_organisations_name_counts_there(web: Web) -> None:
    post, member, city = factories.post(), factories.member(), factories.organisation("ghent")
    factories.affiliation(member, city, Right.EDITOR)
    send(web.sign_in(member), post, on_behalf_of="ghent")
    comment = only()
    assert (comment.organisation_id, comment.role_organisation_id, comment.role_title) == (city.id, city.id, "Adviser")
    assert counters(post, member, city) == Counters(1, 1, 1)


def test_personal_comment_keeps_the_role_of_that_moment(web: Web) -> None:
    post, member, city = factories.post(), factories.member(), factories.organisation()
    factories.affiliation(member, city)
    send(web.sign_in(member), post)
    assert (only().organisation_id, only().role_organisation_id) == (None, city.id)


def test_contributor_may_not_speak_for_the_organisation(web: Web) -> None:
    post, member = factories.post(), factories.member()
    factories.affiliation(member, factories.organisation("ghent"), Right.CONTRIBUTOR)
    page = send(web.sign_in(member), post, "Officially", on_behalf_of="ghent")
    assert (page.status, typed(page, post), stored()) == (403, "Officially", [])


@pytest.mark.parametrize("state", [MemberState.UNCONFIRMED, MemberState.SILENCED, MemberState.SUSPENDED])
def test_member_who_may_not_write_keeps_the_text(web: Web, state: MemberState) -> None:
    post, member = factories.post(), factories.member()
    page = web.sign_in(member).get(new_page(post))
    with transaction() as session:
        session.execute(update(Member).where(Member.id == member.id).values(state=state))
    answer = web.submit(page, f"/posts/{post.id}/comments", body="Long thoughts")
    assert (answer.status, typed(answer, post), stored()) == (403, "Long thoughts", [])


def test_thread_closed_while_typing_keeps_the_text(web: Web) -> None:
    post = factories.post()
    page = web.sign_in(factories.member()).get(new_page(post))
    with transaction() as session:
        session.get_one(Post, post.id).comment_mode = CommentMode.CLOSED
    answer = web.submit(page, f"/posts/{post.id}/comments", body="Long thoughts")
    assert (answer.status, typed(answer, post), stored()) == (409, "Long thoughts", [])


def test_parent_withdrawn_while_typing_keeps_the_text_for_the_top(web: Web) -> None:
    post = factories.post()
    parent = factories.comment(factories.member(), post, "0000")
    page = web.sign_in(factories.member()).get(new_page(post, parent))
    with transaction() as session:
        session.get_one(Comment, parent.id).state = CommentState.WITHDRAWN
    answer = web.submit(page, f"/posts/{post.id}/comments", body="Long thoughts")
    form = answer.form(f"/posts/{post.id}/comments")
    assert (answer.status, typed(answer, post), form["parent_id"]) == (409, "Long thoughts", [""])


def test_post_gone_while_typing_keeps_the_text(web: Web) -> None:
    post = factories.post()
    page = web.sign_in(factories.member()).get(new_page(post))
    with transaction() as session:
        session.get_one(Post, post.id).state = PostState.REMOVED
    answer = web.submit(page, f"/posts/{post.id}/comments", body="Long thoughts")
    assert (answer.status, answer.tree.findtext(".//textarea", "").strip()) == (404, "Long thoughts")


def test_session_ended_while_typing_keeps_the_text(web: Web) -> None:
    post = factories.post()
    page = web.sign_in(factories.member()).get(new_page(post))
    with transaction() as session:
        session.execute(update(MemberSession).values(expires_at=clock.now()))
    answer = web.submit(page, f"/posts/{post.id}/comments", body="Long thoughts")
    assert (answer.status, "Long thoughts" in answer.words(), stored()) == (401, True, [])


def test_parent_of_another_post_is_refused(web: Web) -> None:
    post = factories.post()
    elsewhere = factories.comment(factories.member(), factories.post(), "0000")
    page = web.sign_in(factories.member()).get(new_page(post))
    for parent in (str(elsewhere.id), "99999999", "nonsense"):
        answer = web.submit(page, f"/posts/{post.id}/comments", body="Words", parent_id=parent)
        assert (answer.status, typed(answer, post)) == (409, "Words")


def test_empty_comment_is_refused(web: Web) -> None:
    assert send(web.sign_in(factories.member()), factories.post(), "  \n ").status == 422


def test_too_long_comment_comes_back_whole(web: Web) -> None:
    post, words = factories.post(), "word " * 6_500
    page = send(web.sign_in(factories.member()), post, words)
    assert (page.status, typed(page, post)) == (422, words)


def test_preview_keeps_nothing(web: Web) -> None:
    post = factories.post()
    page = send(web.sign_in(factories.member()), post, "It is **so**.", preview="yes")
    assert (page.status, typed(page, post), stored()) == (200, "It is **so**.", [])
    assert page.tree.find(".//div[@data-preview]//strong").text == "so"  # type: ignore[union-attr]  # it's there


def test_reader_is_asked_to_sign_in(web: Web) -> None:
    post = factories.post()
    assert web.get(new_page(post)).response.headers["Location"] == f"/sign-in?next=/posts/{post.id}/comments/new"


def test_reply_page_shows_what_it_answers(web: Web) -> None:
    parent = factories.comment(factories.member(), factories.post(), "0000", html="<p>Original thought.</p>\n")
    page = web.sign_in(factories.member()).get(f"/comments/{parent.id}/reply")
    assert page.form(f"/posts/{parent.post_id}/comments")["parent_id"] == [str(parent.id)]
    assert "Original thought." in page.words()


def test_newcomer_has_few_links_and_mentions(app: Flask) -> None:
    post, member = factories.post(), factories.member()
    for name in ("anna", "berta", "carla"):
        factories.member(name)
    links = "https://a.example https://b.example https://c.example"
    for words in (links, "@anna @berta @carla"):
        with pytest.raises(Invalid) as refusal:
            submit(member, post, words, NEWCOMER)
        assert list(refusal.value.fields) == ["body"]
    submit(member, post, "https://a.example https://b.example @anna @berta", NEWCOMER)


def test_newcomer_writes_ten_comments_on_the_first_day(app: Flask) -> None:
    post, member = factories.post(), factories.member()
    for _ in range(10):
        submit(member, post, limits=NEWCOMER)
    with pytest.raises(TooOften) as refusal:
        submit(member, post, limits=NEWCOMER)
    assert 86_000 < refusal.value.retry_after <= 86_400


def test_limits_of_the_first_day_end_with_it(app: Flask) -> None:
    post, member = factories.post(), factories.member(created_at=clock.now() - timedelta(days=2))
    for _ in range(11):
        submit(member, post, limits=NEWCOMER)
    assert counters(post, member) == Counters(11, 11)


def test_refused_comment_is_not_counted(app: Flask) -> None:
    post, member = factories.post(comment_mode=CommentMode.CLOSED), factories.member()
    with pytest.raises(ThreadClosed):
        submit(member, post)
    with pytest.raises(Forbidden):
        submit(factories.member(state=MemberState.SILENCED), post)
    assert counters(post, member) == Counters(0, 0)
