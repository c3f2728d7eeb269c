"""A comment is taken back and put back; its place, its replies and every count stay right."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from forum.accounts.models import Member
from forum.comments.models import Comment, CommentState
from forum.comments.queries import page_of_thread
from forum.kernel.access import MemberState, Right
from forum.kernel.db import db, transaction
from forum.posts.models import Post, PostKind
from tests import factories
from tests.comments.writing import Counters, counters, press, send, stored
from tests.web import Web


@pytest.fixture
def author(web: Web) -> Member:
    """Signed in."""
    member: Member = factories.member()
    web.sign_in(member)
    return member


def sent(web: Web, post: Post) -> Comment:
    """A comment with one reply."""
    send(web, post, "A rash remark.")
    first = stored()[0]
    send(web, post, "A reply.", first)
    return stored()[0]


def accepted(post: Post) -> tuple[int | None, bool]:
    db.session.rollback()
    row = db.session.execute(select(Post.accepted_comment_id, Post.answered).where(Post.id == post.id)).one()
    return row.accepted_comment_id, row.answered


def test_withdrawn_comment_leaves_its_place_and_counts_no_more(web: Web, author: Member) -> None:
    post = factories.post()
    comment = sent(web, post)
    page = press(web, comment, "withdraw")
    assert page.response.headers["Location"].endswith(f"#comment-{comment.id}")
    rows = [(row.state, row.html, row.reply_count) for row in page_of_thread(post.id).rows]
    assert rows == [("withdrawn", "", 1), ("visible", "<p>A reply.</p>\n", 0)]
    assert counters(post, author) == Counters(1, 1)


def test_placeholder_names_nobody(web: Web, author: Member) -> None:
    post = factories.post()
    comment = sent(web, post)
    press(web, comment, "withdraw")
    row = page_of_thread(post.id).rows[0]
    assert (row.byline.member.name, row.byline.member.erased, row.official) == ("", True, False)
    assert "rash" not in Web(web.app).get(f"/posts/{post.id}/{post.slug}").text


def test_withdrawn_twice_counts_once(web: Web, author: Member) -> None:
    post = factories.post()
    comment = sent(web, post)
    assert [press(web, comment, "withdraw").status for _ in range(2)] == [303, 303]
    assert counters(post, author) == Counters(1, 1)


def test_restored_comment_is_back_with_every_count(web: Web, author: Member) -> None:
    post, city = factories.post(), factories.organisation("ghent")
    factories.affiliation(author, city, Right.EDITOR)
    send(web, post, "Officially", on_behalf_of="ghent")
    comment = stored()[0]
    press(web, comment, "withdraw")
    assert counters(post, author, city) == Counters(0, 0, 0)
    for _ in range(2):
        press(web, comment, "restore")
        assert counters(post, author, city) == Counters(1, 1, 1)
    assert page_of_thread(post.id).rows[0].official


def test_collapsed_comment_comes_back_collapsed(web: Web, author: Member) -> None:
    comment = factories.comment(author, factories.post(), "0000", state=CommentState.COLLAPSED)
    press(web, comment, "withdraw")
    press(web, comment, "restore")
    assert stored()[0].state == CommentState.COLLAPSED


def test_somebody_elses_comment_is_neither_withdrawn_nor_restored(web: Web, author: Member) -> None:
    comment = factories.comment(factories.member(), factories.post(), "0000")
    assert [press(web, comment, act).status for act in ("withdraw", "restore")] == [403, 403]
    assert stored()[0].state == CommentState.VISIBLE


def test_removed_comment_is_not_restored_by_its_author(web: Web, author: Member) -> None:
    comment = factories.comment(author, factories.post(), "0000", state=CommentState.REMOVED)
    assert [press(web, comment, act).status for act in ("withdraw", "restore")] == [403, 403]


def test_silenced_author_may_withdraw_but_not_restore(web: Web, author: Member) -> None:
    comment = factories.comment(author, factories.post(comment_count=1), "0000")
    with transaction() as session:
        session.execute(update(Member).where(Member.id == author.id).values(state=MemberState.SILENCED))
    assert [press(web, comment, act).status for act in ("withdraw", "restore")] == [303, 403]


def test_edit_page_of_a_withdrawn_comment_offers_to_put_it_back(web: Web, author: Member) -> None:
    comment = factories.comment(author, factories.post(comment_count=1), "0000")
    press(web, comment, "withdraw")
    page = web.submit(f"/comments/{comment.id}/edit", f"/comments/{comment.id}/restore")
    assert (page.status, stored()[0].state) == (303, CommentState.VISIBLE)


def test_asker_accepts_an_answer_and_takes_it_back(web: Web, author: Member) -> None:
    question = factories.post(author, kind=PostKind.QUESTION)
    answer = factories.comment(factories.member(), question, "0000")
    found = []
    for value in ("on", "on", "off", "off"):
        press(web, answer, "accept", value=value)
        found.append(accepted(question))
    assert found == [(answer.id, True), (answer.id, True), (None, False), (None, False)]


def test_taking_back_another_comment_leaves_the_accepted_one(web: Web, author: Member) -> None:
    question = factories.post(author, kind=PostKind.QUESTION)
    answer, other = (factories.comment(factories.member(), question, path) for path in ("0000", "0001"))
    press(web, answer, "accept", value="on")
    press(web, other, "accept", value="off")
    assert accepted(question) == (answer.id, True)


def test_only_the_asker_accepts(web: Web, author: Member) -> None:
    question = factories.post(kind=PostKind.QUESTION)
    answer = factories.comment(author, question, "0000")
    assert (press(web, answer, "accept", value="on").status, accepted(question)) == (403, (None, False))


def test_placeholder_is_not_an_answer(web: Web, author: Member) -> None:
    question = factories.post(author, kind=PostKind.QUESTION)
    answer = factories.comment(factories.member(), question, "0000", state=CommentState.REMOVED)
    assert press(web, answer, "accept", value="on").status == 404


def test_withdrawn_answer_opens_the_question_again(web: Web, author: Member) -> None:
    question = factories.post(author, kind=PostKind.QUESTION, comment_count=1)
    helper = factories.member()
    answer = factories.comment(helper, question, "0000")
    press(web, answer, "accept", value="on")
    press(Web(web.app).sign_in(helper), answer, "withdraw")
    assert accepted(question) == (None, False)
