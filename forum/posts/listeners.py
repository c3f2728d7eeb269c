"""What posts do on events, later."""

from __future__ import annotations

from forum.accounts.models import Member
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.posts import mail
from forum.posts.events import PostNotPublished
from forum.posts.models import Post


def mail_not_published(event: PostNotPublished) -> None:
    """To the author, unless they have seen to it already."""
    post, author = db.session.get(Post, event.post_id), db.session.get(Member, event.author_id)
    if post is not None and author is not None and post.publish_problem and author.state != MemberState.ERASED:
        mail.not_published(author, post)
