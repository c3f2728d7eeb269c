"""Things that happen, and what the worker makes of them."""

from __future__ import annotations

from contextvars import Context
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.comments import commands as comments
from forum.comments.draft import Draft as CommentDraft
from forum.comments.models import Comment
from forum.following.models import Follow, Level, TargetKind
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.kernel.events import record
from forum.kernel.ids import CommentId, PostId
from forum.kernel.mailer import Postbox
from forum.kernel.worker import Worker
from forum.notifications import sending
from forum.notifications.models import Notification
from forum.posts.events import PostPublished
from forum.posts.models import Post
from forum.posts.rendering import render_body
from tests import factories


@dataclass
class Happenings:
    app: Flask

    def comment(self, author: Member, under: Post, words: str = "A remark.", to: Comment | None = None) -> Comment:
        """Sent as from its form; nobody is told before `deliver`."""
        draft = CommentDraft(source=words, parent_id=CommentId(to.id) if to else None)
        with transaction():
            found = comments.submit(factories.actor(author), PostId(under.id), draft, render_body(words))
        return db.session.get_one(Comment, found.comment.id)

    def publish(self, post: Post) -> None:
        with transaction():
            record(PostPublished(post.id, post.author_id, post.organisation_id))
        self.deliver()

    def deliver(self) -> None:
        """The worker does all that waits, but sends no letter."""
        Context().run(self._work)
        db.session.rollback()
        db.session.expire_all()

    def follow(self, member: Member, kind: TargetKind, target_id: int, level: Level = Level.EVERY) -> None:
        with transaction() as session:
            session.add(
                Follow(member_id=member.id, kind=kind, target_id=target_id, level=level, created_at=clock.now())
            )

    def told(self, member: Member) -> list[tuple[str, str]]:
        """Kind and source, in the order in which they came."""
        rows = select(Notification.kind, Notification.source).where(Notification.member_id == member.id)
        return [(row.kind, row.source) for row in db.session.execute(rows.order_by(Notification.id))]

    def ten_minutes_pass(self) -> None:
        """What waits for the mail is due, and written."""
        with transaction() as session:
            for row in session.scalars(select(Notification).where(Notification.mail_at.is_not(None))):
                row.mail_at = clock.now() - timedelta(seconds=1)
        with transaction():
            sending.send_due()

    def _work(self) -> None:
        with self.app.app_context():
            worker = Worker(Postbox(None, Path("unused"), "", ""), {})
            while worker._deliver():
                pass
