"""What privacy itself holds about a member."""

from __future__ import annotations

from sqlalchemy import select

from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.kernel.personal import Choices, Fate, Part, Rows
from forum.privacy import archive
from forum.privacy.models import DataExport, Erasure


def _erase(member_id: MemberId, _choices: Choices) -> bool:
    key = db.session.scalar(select(DataExport.key).where(DataExport.member_id == member_id))
    if key is not None:
        archive.path_of(key).unlink(missing_ok=True)
    return False


PART = Part(
    (
        Rows(DataExport.member_id, why="the copy itself; it says when it was made"),
        Rows(Erasure.member_id, Fate.STAYS, why="shows that it was done, when, and as what was chosen"),
    ),
    _erase,
)
