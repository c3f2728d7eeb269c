"""The log: each line holds the hash of the one before, so that none can be changed, left out or slipped in unseen.

Whoever has the public fields can compute the chain anew: SHA-256 over them, joined by the unit separator (U+001F), in
the order of `PUBLIC`, the time in ISO 8601 in UTC with microseconds. The first line follows `GENESIS`.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, text

from forum.kernel import clock
from forum.kernel.db import db, is_sqlite
from forum.kernel.ids import DecisionId, ItemId, MemberId
from forum.moderation.models import LogLine

GENESIS = "0" * 64
PUBLIC = ("previous_hash", "made_at", "lane", "action", "ground", "scope", "subject_type", "seal")
SEALED = ("nonce", "actor_id", "item_id", "decision_id", "subject_id")
LOCK = 4_160_001  # PostgreSQL's advisory lock of the log: any number that nothing else uses


@dataclass(frozen=True)
class Entry:
    """What a line tells. `scope` is `site`, `topic SLUG` or `organisation SLUG`; `action` a decision's, or any other
    verb of moderation in lower case (`undo`, `feature`, `move` …), with an empty lane where no lane is concerned."""

    action: str
    scope: str = "site"
    lane: str = ""
    ground: str = ""
    subject_type: str = ""
    subject_id: int | None = None
    item_id: ItemId | None = None
    decision_id: DecisionId | None = None


def append(entry: Entry, actor_id: MemberId | None) -> LogLine:
    """Add a line, in the open transaction. Lines are made one after another: call it as late as possible."""
    if not is_sqlite():
        db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    previous = db.session.scalar(select(LogLine.hash).order_by(LogLine.id.desc()).limit(1)) or GENESIS
    line = LogLine(
        **vars(entry), made_at=clock.now(), actor_id=actor_id, nonce=secrets.token_hex(16), previous_hash=previous
    )
    line.seal = _hash_of(line, SEALED)
    line.hash = _hash_of(line, PUBLIC)
    db.session.add(line)
    db.session.flush()
    return line


def first_broken(lines: Iterable[LogLine], previous: str = GENESIS) -> LogLine | None:
    """The first of consecutive lines that isn't as it was written, or doesn't follow the one before."""
    for line in lines:
        if line.previous_hash != previous or line.hash != _hash_of(line, PUBLIC) or line.seal != _hash_of(line, SEALED):
            return line
        previous = line.hash
    return None


def _hash_of(line: LogLine, fields: tuple[str, ...]) -> str:
    words = "\x1f".join(_written(getattr(line, name)) for name in fields)
    return hashlib.sha256(words.encode()).hexdigest()


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return "" if value is None else str(value)
