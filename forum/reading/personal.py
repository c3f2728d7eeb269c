"""What reading holds about a member: where they are in discussions, and sums."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.personal import Part, Rows
from forum.reading.models import ReadingPlace, ReadingTotal

PART = Part(
    (
        Rows(ReadingPlace.member_id, title=_("How far you read")),
        Rows(ReadingTotal.member_id, title=_("Sums of what you read")),
    )
)
