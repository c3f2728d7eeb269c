"""What concerns one member alone: a reminder they asked for, an invitation."""

from __future__ import annotations

from forum.accounts import queries as accounts
from forum.bookmarks.events import BookmarkDue
from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.ids import CommentId, MemberId, PostId
from forum.membership.events import PersonInvited
from forum.membership.models import Invitation, InvitationState
from forum.notifications import commands
from forum.notifications.commands import News
from forum.notifications.models import Kind
from forum.organisations.models import Organisation


def remind(event: BookmarkDue) -> None:
    """Once a day at most for one bookmark, however often it's set anew."""
    source = f"reminder:{event.bookmark_id}:{clock.now():%Y%m%d}"
    news = News(
        Kind.REMINDER,
        source,
        source,
        post_id=PostId(event.post_id),
        comment_id=CommentId(event.comment_id) if event.comment_id is not None else None,
    )
    commands.tell([MemberId(event.member_id)], news)


def tell_of_invitation(event: PersonInvited) -> None:
    """Whoever has an account; the letter that was sent to them holds the link to accept it."""
    invitation = db.session.get(Invitation, event.invitation_id)
    if invitation is None or invitation.state != InvitationState.OPEN:
        return
    asked = invitation.member_id
    if asked is None:
        member = accounts.find_member_by_email(invitation.email)
        asked = member.id if member is not None else None
    organisation = db.session.get(Organisation, invitation.organisation_id)
    if asked is not None and organisation is not None:
        source = f"invitation:{invitation.id}"
        address = f"/organisations/{organisation.slug}"
        commands.tell([asked], News(Kind.INVITATION, source, source, title=organisation.name, address=address))
