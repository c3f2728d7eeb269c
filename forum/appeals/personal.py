"""What appeals hold about a member who made them. That there was one stays beside the decision; their words go."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import update

from forum.appeals.models import Appeal
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.kernel.personal import Choices, Fate, Part, Rows


def _erase(member_id: MemberId, _choices: Choices) -> bool:
    db.session.execute(update(Appeal).where(Appeal.appellant_id == member_id).values(words=""))
    return False


PART = Part((Rows(Appeal.appellant_id, Fate.CHANGED, title=_("Appeals that you made")),), _erase)
