"""What notifications hold about a member: what they were told, and what others were told of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.personal import Fate, Part, Rows
from forum.notifications.models import MailPreference, Notification, NotificationChoice

PART = Part(
    (
        Rows(Notification.member_id, title=_("Updates that you got")),
        Rows(Notification.actor_id, Fate.LOOSED, why="others' updates are theirs"),
        Rows(NotificationChoice.member_id, title=_("What you want to be told")),
        Rows(MailPreference.member_id, title=_("How you want mail")),
    )
)
