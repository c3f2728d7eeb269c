"""Kept words and what is done with them, in a transaction of their own as a view would open it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from forum.drafts import commands
from forum.drafts.commands import Saving
from forum.drafts.models import KeptDraft
from forum.kernel.access import Actor
from forum.kernel.db import db, transaction


def save(actor: Actor, body: str = "Half a thought", place: str = "post:new", **more: Any) -> int:
    """The draft's number after it."""
    fields: dict[str, Any] = {"base": 0, "writer": "page", **more}
    saving = Saving(place, {"body": body}, **fields)
    with transaction():
        return commands.save(actor, saving).sequence


def close(actor: Actor, place: str = "post:new", writer: str = "page", sequence: int = 0) -> None:
    with transaction():
        commands.close(actor.id, place, writer, sequence)


def stored() -> list[tuple[str, str, int, bool]]:
    """Place, body, number and whether it's open, of every draft."""
    db.session.rollback()
    rows = db.session.scalars(select(KeptDraft).order_by(KeptDraft.id).execution_options(populate_existing=True))
    return [(row.place, row.fields.get("body", ""), row.sequence, row.is_open) for row in rows]
