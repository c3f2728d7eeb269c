"""Stored counts: what each should be, whether it is, and how to make it so. Pages never count; they read these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, func, select, text, update

from forum.kernel.db import db, is_sqlite

# How many wrong rows a check names; enough to look at one by hand.
EXAMPLES = 3


@dataclass(frozen=True)
class Counter:
    """A column that counts rows elsewhere. `truth` is a correlated subquery that counts them."""

    column: Any
    truth: ScalarSelect[int]

    @property
    def table(self) -> Any:
        return self.column.class_

    @property
    def name(self) -> str:
        return f"{self.table.__tablename__}.{self.column.key}"


@dataclass(frozen=True)
class Discrepancy:
    """How many rows of a counter are wrong, and some of them as (id, stored, counted)."""

    name: str
    wrong: int
    examples: tuple[tuple[int, int, int], ...]


def check(counters: Sequence[Counter]) -> list[Discrepancy]:
    """Those counters that are wrong anywhere. Reads every row they count."""
    _take_time()
    return [found for found in map(_check, counters) if found.wrong]


def rebuild(counters: Sequence[Counter]) -> dict[str, int]:
    """Set every wrong row right; the number set, by counter. Until the transaction ends, changes wait."""
    _take_time()
    _hold(counters)
    return {counter.name: _rebuild(counter) for counter in counters}


def _check(counter: Counter) -> Discrepancy:
    wrong = (
        select(counter.table.id, counter.column.label("stored"), counter.truth.label("counted"))
        .where(counter.column != counter.truth)
        .subquery()
    )
    number = db.session.scalars(select(func.count()).select_from(wrong)).one()
    rows = db.session.execute(select(wrong).order_by(wrong.c.id).limit(EXAMPLES if number else 0))
    return Discrepancy(counter.name, number, tuple((row.id, row.stored, row.counted) for row in rows))


def _rebuild(counter: Counter) -> int:
    """Only wrong rows are written, since each write makes the pages that show it anew."""
    changed = db.session.execute(
        update(counter.table).where(counter.column != counter.truth).values({counter.column: counter.truth}),
        execution_options={"synchronize_session": False},
    )
    return int(changed.rowcount)  # type: ignore[attr-defined]  # a CursorResult


def _take_time() -> None:
    if not is_sqlite():
        db.session.execute(text("SET LOCAL statement_timeout = 0"))


def _hold(counters: Sequence[Counter]) -> None:
    """PostgreSQL would count from before what others commit meanwhile. SQLite has one writer anyway."""
    if not is_sqlite():
        names = sorted({counter.table.__tablename__ for counter in counters})
        db.session.execute(text(f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE"))
