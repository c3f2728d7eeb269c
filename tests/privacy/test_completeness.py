"""No feature's data can be forgotten: every column that points at members is named by the part of some feature."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.config import ROOT
from forum.kernel.db import Base, db
from forum.kernel.personal import Fate, Rows, parts, sections_of
from forum.privacy.words import LABELS
from forum.wiring import JOBS, PERSONAL
from tests import factories

# The tables are the same on every database.
pytestmark = pytest.mark.parametrize("installed", ["sqlite"], indirect=True, scope="session")


def named() -> dict[str, Rows]:
    return {f"{rows.table.name}.{rows.column.key}": rows for part in PERSONAL for rows in part.rows}


def pointing() -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "members"
    }


def test_every_column_that_points_at_members_is_named(app: Flask) -> None:
    assert pointing() - named().keys() == set()


def test_no_name_points_at_nothing(app: Flask) -> None:
    assert named().keys() - pointing() == {"members.id"}


def test_what_is_not_given_or_stays_says_why(app: Flask) -> None:
    silent = [
        name for name, rows in named().items() if not rows.why and (rows.title is None or rows.fate is Fate.STAYS)
    ]
    assert silent == []


def test_hidden_columns_are_there(app: Flask) -> None:
    wrong = [name for name, rows in named().items() if rows.hidden - set(rows.table.columns.keys())]
    assert wrong == []


def test_every_list_of_an_export_is_called_differently_and_documented(app: Flask) -> None:
    names = [section.name for section in sections_of(factories.member().id)]
    documented = (ROOT / "docs" / "export.md").read_text()
    assert len(names) == len(set(names))
    assert [name for name in names if f"| `{name}` |" not in documented] == []


def test_every_list_of_an_export_has_something_for_people(app: Flask) -> None:
    given = [rows for part in parts() for rows in part.rows if rows.title is not None]
    bare = [rows.table.name for rows in given if not set(rows.table.columns.keys()) - rows.hidden & LABELS.keys()]
    assert bare == []


def test_every_period_of_the_statement_has_a_job(app: Flask) -> None:
    from forum.privacy.retention import TABLE

    db.session.rollback()
    assert [one.job for one in TABLE if one.job not in JOBS] == []
