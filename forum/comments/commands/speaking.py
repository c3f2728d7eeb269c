"""Whether what was said in an organisation's name may still be touched."""

from __future__ import annotations

from forum.comments.models import Comment
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.organisations import policy as organisations
from forum.organisations.models import Organisation


def may_still_speak(actor: Actor, comment: Comment) -> bool:
    """An organisation may have lost its verification since, and its people their rights."""
    if comment.organisation_id is None:
        return True
    return organisations.can_speak_for(actor, db.session.get_one(Organisation, comment.organisation_id))
