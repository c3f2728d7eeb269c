"""The log can be added to, and nothing else."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from forum.kernel.db import db, transaction
from forum.moderation import log
from forum.moderation.log import Entry
from forum.moderation.models import LogLine


def three_lines() -> list[LogLine]:
    with transaction():
        for action in ("keep", "remove", "undo"):
            log.append(Entry(action=action, lane="reports", ground="no-advertising"), None)
    return list(db.session.scalars(select(LogLine).order_by(LogLine.id)))


def test_lines_hold_the_hash_of_the_one_before(app: Flask) -> None:
    lines = three_lines()
    assert [line.previous_hash for line in lines] == [log.GENESIS, lines[0].hash, lines[1].hash]
    assert log.first_broken(lines) is None


@pytest.mark.parametrize("field", ["action", "ground", "scope", "seal", "actor_id"])
def test_chain_tells_which_line_was_changed(app: Flask, field: str) -> None:
    lines = three_lines()
    db.session.expunge_all()
    setattr(lines[1], field, 7 if field == "actor_id" else "keep-quiet")
    assert log.first_broken(lines) is lines[1]


def test_chain_tells_that_a_line_is_missing(app: Flask) -> None:
    lines = three_lines()
    assert log.first_broken([lines[0], lines[2]]) is lines[2]


@pytest.mark.parametrize("change", [update(LogLine).values(action="keep"), delete(LogLine)])
def test_line_is_not_changed_by_the_database_either(app: Flask, change: object) -> None:
    three_lines()
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(change)  # type: ignore[call-overload]  # an update or a delete
    assert [line.action for line in db.session.scalars(select(LogLine).order_by(LogLine.id))] == [
        "keep", "remove", "undo",
    ]  # fmt: skip
