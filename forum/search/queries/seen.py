"""Whose eyes: what is held for whom, and what is gone since the index was last written."""

from __future__ import annotations

from sqlalchemy import select

from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.search import tokens
from forum.search.ask import Seen
from forum.search.index import engine
from forum.search.models import Changed, SearchChange
from forum.search.telling import SINGLE

# Taken away within the last second or two. More is a moderator's sweep, and the index catches up within seconds.
MOST_GONE = 1000


def seen_by(actor: Actor) -> Seen:
    """One statement at most, of an index that is nearly always empty."""
    if engine().knows_gone:
        return Seen(actor.member_id, actor.is_moderator)
    rows = db.session.execute(
        select(SearchChange.kind, SearchChange.ref).where(SearchChange.gone).order_by(SearchChange.id).limit(MOST_GONE)
    )
    gone = frozenset(_tag(row.kind, row.ref) for row in rows)
    return Seen(actor.member_id, actor.is_moderator, gone)


def _tag(kind: str, ref: int) -> str:
    if kind in SINGLE:
        return tokens.document(kind, ref)
    return tokens.author(ref) if kind == Changed.OF_MEMBER else tokens.post(ref)
