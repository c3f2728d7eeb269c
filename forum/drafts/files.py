"""Files that a member's drafts show, so that nobody collects them meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Text, cast, select

from forum.drafts.models import KeptDraft
from forum.kernel.db import db
from forum.kernel.ids import MemberId


def files_in_drafts(member_id: MemberId, keys: Iterable[str]) -> set[str]:
    """Those of these keys that stand in a draft that the member may go on with."""
    typed = select(cast(KeptDraft.fields, Text)).where(KeptDraft.member_id == member_id, KeptDraft.is_open)
    texts = db.session.scalars(typed).all()
    return {key for key in keys if any(key in text for text in texts)}
