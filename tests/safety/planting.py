"""Puts hostile words into every column that somebody types into, with a row in every table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, String, Table, func, insert, select, update

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.text import render
from tests.safety import columns

# What breaks out of a text, an attribute, a title, a text area, a style, a script, a comment and an URL.
BREAK_OUT = (
    "'\"></title></textarea></style></script>--><planted-{at}></planted-{at}>"
    '<img src=x onerror="planted(\'{at}\')"><script>planted("{at}")</script><svg/onload=planted("{at}")>'
)


def hostile(name: str) -> str:
    return BREAK_OUT.format(at=name.replace("_", "-").replace(".", "-"))


def text_columns() -> dict[str, Column[Any]]:
    """By `table.column`: all that can hold text."""
    found = (column for table in db.metadata.sorted_tables for column in table.columns)
    return {f"{one.table.name}.{one.name}": one for one in found if isinstance(one.type, String | JSON)}


def is_known(name: str) -> bool:
    typed, made = {*columns.TYPED, *columns.FORMED, *columns.RENDERED, *columns.NESTED}, columns.MADE
    return name in typed or name in made or name.partition(".")[0] in made


def plant(owners: Mapping[str, int]) -> None:
    """In the open transaction. `owners` are ids, by table, that new rows hang on: other tables' first otherwise."""
    for table in db.metadata.sorted_tables:
        if table.name not in columns.MADE and not db.session.scalar(select(func.count()).select_from(table)):
            db.session.execute(insert(table).values(_row(table, owners)))
    for name, column in text_columns().items():
        words = _words(name)
        if words is not None:
            db.session.execute(update(column.table).values({column.name: words}))


def _words(name: str) -> object | None:
    """What is planted; None where nobody types."""
    if name in columns.RENDERED:
        return render(hostile(name)).html
    if name in columns.NESTED:
        return columns.NESTED[name](hostile(name))
    return hostile(name) if name in columns.TYPED else None


def _row(table: Table, owners: Mapping[str, int]) -> dict[str, object]:
    return {
        one.name: _value(one, owners) for one in table.columns if not (one.primary_key and one.autoincrement is True)
    }


def _value(column: Column[Any], owners: Mapping[str, int]) -> object:
    name = f"{column.table.name}.{column.name}"
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column
        other = None if column.nullable else db.session.scalar(select(func.min(target)))
        return owners.get(target.table.name, other)
    known: dict[str, object] = {**columns.MADE, **columns.FORMED}
    if name in known:
        return known[name]
    if isinstance(column.type, String | JSON):
        return _words(name) or ""
    return _plain(column)


def _plain(column: Column[Any]) -> object:
    if isinstance(column.type, Boolean):
        return False
    kind = getattr(column.type, "impl", column.type)
    tomorrow = clock.now() + timedelta(days=1)
    return tomorrow if isinstance(kind, DateTime) else tomorrow.date() if isinstance(kind, Date) else 1
