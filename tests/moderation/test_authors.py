"""What authors do with their own that waits, or came back."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.comments import commands as comments
from forum.comments.draft import Draft
from forum.comments.models import Comment
from forum.kernel.db import db, transaction
from forum.moderation.models import Action, ReviewItem
from forum.posts import commands as posts
from forum.posts.draft import Draft as PostDraft
from forum.posts.models import Post
from forum.posts.rendering import render_body
from tests import factories
from tests.moderation.cases import moderator
from tests.moderation.holding import (
    comment_by,
    comment_row,
    item_about,
    judge,
    post_by,
    post_row,
    watch,
    wrong_counters,
)
from tests.web import Web

WORDS = "Cheap lamps"


def edit(author: Member, comment: Comment, words: str) -> Comment:
    actor = factories.actor(author)
    with transaction():
        comments.edit(actor, comment.id, Draft(source=words), render_body(words))
    return comment_row(comment.id)


def send(author: Member, post: Post, words: str) -> Post:
    actor, slugs = factories.actor(author), tuple(posts_topics(post))
    draft = PostDraft(title=post.title, source=words, topics=slugs)
    with transaction():
        posts.send(actor, post.id, draft, render_body(words))
    return post_row(post.id)


def posts_topics(post: Post) -> tuple[str, ...]:
    from forum.posts.queries import topic_slugs_of

    return topic_slugs_of(post.id)


def test_edited_while_waiting_makes_an_older_look_stale(app: Flask) -> None:
    watch(WORDS)
    author = factories.member()
    comment = comment_by(author, factories.post(), WORDS)
    version = item_about(comment).version
    assert edit(author, comment, "Cheap lamps, and honest ones").state == "pending"
    item = item_about(comment)
    assert (item.version, item.subject_revision, item.excerpt) == (version + 1, 2, "Cheap lamps, and honest ones")


def test_returned_comment_sent_again_opens_the_same_item(app: Flask) -> None:
    watch(WORDS)
    author = factories.member()
    comment = comment_by(author, post_by(factories.member()), WORDS)
    item_id = item_about(comment).id
    judge(moderator(), comment, Action.RETURN)
    again = edit(author, comment, "What lamps cost us")
    assert (again.state, again.returned_because, item_about(comment).id) == ("pending", "", item_id)
    assert (item_about(comment).state, wrong_counters()) == ("open", [])


def test_returned_post_sent_again_opens_the_same_item(app: Flask) -> None:
    watch(WORDS)
    author = factories.member()
    post = post_by(author, WORDS)
    item_id = item_about(post).id
    judge(moderator(), post, Action.RETURN)
    assert send(author, post, "What lamps cost us").state == "pending"
    assert (item_about(post).id, len(db.session.scalars(select(ReviewItem)).all())) == (item_id, 1)
    judge(moderator(), post, Action.PUBLISH)
    assert (post_row(post.id).state, wrong_counters()) == ("published", [])


def test_withdrawn_while_waiting_leaves_nothing_behind(app: Flask) -> None:
    watch(WORDS)
    author = factories.member()
    comment = comment_by(author, post_by(factories.member()), WORDS)
    actor = factories.actor(author)
    with transaction():
        comments.withdraw(actor, comment.id)
    assert db.session.scalars(select(Comment)).all() == []
    assert (item_about(comment).state, wrong_counters()) == ("final", [])


def test_withdrawn_post_that_waited_goes_back_to_its_author(app: Flask) -> None:
    watch(WORDS)
    author = factories.member()
    post = post_by(author, WORDS)
    actor = factories.actor(author)
    with transaction():
        posts.withdraw(actor, post.id)
    assert (post_row(post.id).state, item_about(post).state) == ("withdrawn", "final")


def test_author_sees_their_waiting_comment_in_its_place(web: Web) -> None:
    watch(WORDS)
    author, post = factories.member(), factories.post()
    parent = factories.comment(factories.member(), post, "0000")
    comment = comment_by(author, post, WORDS, parent_id=parent.id)
    page = web.sign_in(author).get(f"/posts/{post.id}/{post.slug}")
    inside = page.text.index(f'id="comment-{parent.id}"') < page.text.index(f'id="comment-{comment.id}"')
    assert (inside, "Waiting for a moderator." in page.words(), "Usually within" in page.words()) == (True, True, True)
    assert f"/comments/{comment.id}/edit" in page.links()


def test_nobody_else_sees_it(web: Web) -> None:
    watch(WORDS)
    post = factories.post()
    comment = comment_by(factories.member(), post, WORDS)
    for reader in (web, Web(web.app).sign_in(factories.member())):
        assert WORDS not in reader.get(f"/posts/{post.id}/{post.slug}").text
        assert reader.get(f"/comments/{comment.id}").status == 404


def test_their_changed_words_are_on_the_next_page(web: Web) -> None:
    watch(WORDS)
    author, post = factories.member(), factories.post()
    comment = comment_by(author, post, WORDS)
    address = f"/posts/{post.id}/{post.slug}"
    tag = web.sign_in(author).get(address).response.headers["ETag"]
    edit(author, comment, "Cheap lamps after all")
    page = web.get(address, headers={"If-None-Match": tag})
    assert (page.status, "Cheap lamps after all" in page.text) == (200, True)
