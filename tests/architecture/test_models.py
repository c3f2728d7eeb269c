"""What every table keeps to, so that no page loads by accident and no lookup scans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import Table, UniqueConstraint
from sqlalchemy.orm import RelationshipProperty

from forum.kernel.db import Base, UtcDateTime

# The tables are the same on every database; the application is asked for because it knows every model.
pytestmark = pytest.mark.parametrize("installed", ["sqlite"], indirect=True, scope="session")


def test_relationships_never_load_by_themselves(app: Flask) -> None:
    lazy = [f"{one.parent.class_.__name__}.{one.key}" for one in _relationships() if one.lazy != "raise_on_sql"]
    assert lazy == []


def test_tables_have_a_primary_key(app: Flask) -> None:
    assert [table.name for table in _tables() if not table.primary_key.columns] == []


def test_foreign_keys_lead_an_index(app: Flask) -> None:
    """Else deleting or renaming what they point at, and every join from it, reads the whole table."""
    scanned = [
        f"{table.name}.{column.name}"
        for table in _tables()
        for column in table.columns
        if column.foreign_keys and column.name not in _leading_columns(table)
    ]
    assert scanned == []


def test_times_are_aware_utc(app: Flask) -> None:
    naive = [
        f"{table.name}.{column.name}"
        for table in _tables()
        for column in table.columns
        if column.type.python_type is datetime and type(column.type) is not UtcDateTime
    ]
    assert naive == []


def _tables() -> list[Table]:
    return list(Base.metadata.sorted_tables)


def _relationships() -> Iterator[RelationshipProperty[object]]:
    Base.registry.configure()
    return (one for mapper in Base.registry.mappers for one in mapper.relationships)


def _leading_columns(table: Table) -> set[str]:
    """The first column of each index, unique constraint and primary key."""
    sequences = [list(index.columns) for index in table.indexes]
    sequences += [list(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
    sequences.append(list(table.primary_key.columns))
    return {columns[0].name for columns in sequences if columns}
