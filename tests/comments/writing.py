"""What tests of comments do again and again."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import select

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel.db import db
from forum.organisations.models import Organisation
from forum.posts.models import Post
from tests.web import Page, Web


class Counters(NamedTuple):
    """What a post, a member and an organisation say of their comments."""

    post: int
    author: int
    organisation: int = 0


def new_page(post: Post, parent: Comment | int | None = None) -> str:
    number = parent.id if isinstance(parent, Comment) else parent
    return f"/posts/{post.id}/comments/new" + (f"?parent={number}" if number else "")


def send(web: Web, post: Post, body: str = "A remark.", parent: Comment | int | None = None, **fields: Any) -> Page:
    """Open the page for a comment and send one."""
    return web.submit(new_page(post, parent), f"/posts/{post.id}/comments", body=body, **fields)


def stored() -> list[Comment]:
    """All comments as they are now, in the order of reading."""
    db.session.rollback()
    query = select(Comment).order_by(Comment.post_id, Comment.path).execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def only() -> Comment:
    """The one comment that there is."""
    (comment,) = stored()
    return comment


def counters(post: Post, author: Member, organisation: Organisation | None = None) -> Counters:
    db.session.rollback()

    def of(model: Any, thing: Any) -> int:
        return db.session.scalars(select(model.comment_count).where(model.id == thing.id)).one()

    return Counters(of(Post, post), of(Member, author), of(Organisation, organisation) if organisation else 0)


def press(web: Web, comment: Comment, act: str, **fields: Any) -> Page:
    """Press a button beside a comment."""
    token = web.get("/posts/new").form("/posts/new")["csrf_token"][0]
    return web.post(f"/comments/{comment.id}/{act}", {"csrf_token": token, **fields})
