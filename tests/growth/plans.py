"""How many rows of a table a statement touches, as the database itself counts them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import event

from forum.kernel.db import db

Touched = dict[str, int]


@dataclass
class Heavy:
    """Statements that touch too many rows. `now` is said of each that is found."""

    now: str = ""
    found: list[str] = field(default_factory=list)


@contextmanager
def watched(app: Flask, most: int) -> Iterator[Heavy]:
    """`with watched(app, 500) as heavy:` collects the statements of the block that touch more than 500 rows of a table.

    PostgreSQL only: each SELECT is run once more under EXPLAIN ANALYZE, with its own parameters.
    """
    heavy = Heavy()
    seen: set[str] = set()

    def look(_connection: Any, cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement in seen or not statement.lstrip().upper().startswith(("SELECT", "WITH")):
            return
        seen.add(statement)
        beside = cursor.connection.cursor()
        beside.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}", parameters)
        for table, rows in touched(beside.fetchone()[0][0]["Plan"]).items():
            if rows > most:
                heavy.found.append(f"{heavy.now}: {rows} rows of {table}: {' '.join(statement.split())}")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "after_cursor_execute", look)
    try:
        yield heavy
    finally:
        event.remove(engine, "after_cursor_execute", look)


def touched(plan: dict[str, Any]) -> Touched:
    """Rows read of each table, those that a filter then threw away included."""
    rows: Touched = {}
    for node in _nodes(plan):
        table = node.get("Relation Name")
        if table is not None:
            read = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
            rows[table] = rows.get(table, 0) + round(read * node["Actual Loops"])
    return rows


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)
