"""What reports hold about a member who made them. The report stays, since it was part of a decision; their words go."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import update

from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.kernel.personal import Choices, Fate, Part, Rows
from forum.reports.models import Report


def _erase(member_id: MemberId, _choices: Choices) -> bool:
    db.session.execute(update(Report).where(Report.reporter_id == member_id).values(details=""))
    return False


PART = Part((Rows(Report.reporter_id, Fate.CHANGED, title=_("Reports that you made")),), _erase)
