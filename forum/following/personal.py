"""What following holds about a member: whom and what they follow, and who follows them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import delete

from forum.following.models import Follow, TargetKind
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.kernel.personal import Choices, Part, Rows


def _erase(member_id: MemberId, _choices: Choices) -> bool:
    """No foreign key leads from what is followed."""
    followed = (Follow.kind == TargetKind.MEMBER, Follow.target_id == member_id)
    db.session.execute(delete(Follow).where(*followed))
    return False


PART = Part((Rows(Follow.member_id, title=_("What you follow")),), _erase)
