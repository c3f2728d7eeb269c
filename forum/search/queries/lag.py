"""What the index doesn't know yet."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from forum.kernel.db import db
from forum.search.models import SearchChange

# The writer takes 200 at a time, in about half a second each.
MANY = 5_000


@dataclass(frozen=True)
class Lag:
    count: int

    @property
    def is_long(self) -> bool:
        return self.count > MANY


def lag() -> Lag:
    return Lag(db.session.scalar(select(func.count()).select_from(SearchChange).where(~SearchChange.written)) or 0)
