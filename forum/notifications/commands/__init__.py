"""Tell, mark as read, choose."""

from forum.notifications.commands.choosing import choose, choose_digest, resume_mail, stop_mail, unsubscribe
from forum.notifications.commands.reading import mark_all_read, mark_opened, mark_read, mark_seen
from forum.notifications.commands.telling import News, tell, tell_count

__all__ = [
    "News",
    "choose",
    "choose_digest",
    "mark_all_read",
    "mark_opened",
    "mark_read",
    "mark_seen",
    "resume_mail",
    "stop_mail",
    "tell",
    "tell_count",
    "unsubscribe",
]
