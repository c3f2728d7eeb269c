"""A page of rows in an order, from after or before a row that the address names by id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, literal, tuple_

from forum.kernel.db import db
from forum.kernel.paging import PAGE, Page, cursor_id

Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Order:
    """`key` are columns whose last is the rows' id; an index has them in this order. All `down`, or all up."""

    key: tuple[Any, ...]
    down: bool = False

    @property
    def id(self) -> Any:
        return self.key[-1]


def page_in(
    order: Order, query: Select[Any], show: Callable[[Any], Shown], *, after: str | None, before: str | None
) -> Page[Shown]:
    """`query` gives entities. One statement, and one to find the place; a place that isn't there is the start."""
    back = cursor_id(before) if cursor_id(after) is None else None
    place = _place(order, query, back if back is not None else cursor_id(after))
    backwards = back is not None and place is not None
    down = order.down is not backwards
    if place is not None:
        here = values(order.key, place)
        query = query.where(tuple_(*order.key) < here if down else tuple_(*order.key) > here)
    found = db.session.scalars(
        query.order_by(*(one.desc() if down else one for one in order.key)).limit(PAGE + 1)
    ).all()
    return _page(list(found), show, backwards=backwards, placed=place is not None)


def _page(found: list[Any], show: Callable[[Any], Shown], *, backwards: bool, placed: bool) -> Page[Shown]:
    rows: Sequence[Any] = found[:PAGE]
    more = len(found) > PAGE
    if backwards:
        rows = rows[::-1]
    return Page(
        rows=tuple(show(row) for row in rows),
        after=str(rows[-1].id) if rows and (more or backwards) else None,
        before=str(rows[0].id) if rows and placed and (more or not backwards) else None,
    )


def values(key: Sequence[Any], place: Sequence[Any]) -> Any:
    """A place to compare a key with, each value as its column has it."""
    return tuple_(*(literal(value, column.type) for value, column in zip(place, key, strict=True)))


def _place(order: Order, query: Select[Any], cursor: int | None) -> tuple[Any, ...] | None:
    if cursor is None:
        return None
    row = db.session.execute(query.with_only_columns(*order.key).where(order.id == cursor)).first()
    return tuple(row) if row is not None else None
