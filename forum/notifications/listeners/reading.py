"""What was read, and whose letters come back."""

from __future__ import annotations

from forum.accounts.events import EmailChanged
from forum.kernel.mailer import AddressRefused
from forum.notifications import commands
from forum.reading.events import DiscussionSeen


def mark_seen(event: DiscussionSeen) -> None:
    commands.mark_seen(event.member_id, event.post_id, event.comment_id, event.comment_ids)


def stop_mail(event: AddressRefused) -> None:
    commands.stop_mail(event.address, event.reason)


def resume_mail(event: EmailChanged) -> None:
    commands.resume_mail(event.member_id)
