"""A small community file, as Python values that a test changes before it is written."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from click.testing import CliRunner, Result
from sqlalchemy import func, select

from forum.community.cli import import_
from forum.community.file import read
from forum.community.loading import Tally, prepare, write
from forum.kernel.db import Base, db, transaction

Value = dict[str, Any]

SMALL: Value = {
    "format": "forum-community/1",
    "organisations": [
        {"key": "ams", "name": "City of Amsterdam", "code": "AMS", "kind": "city", "country": "NL", "city": "Amsterdam",
         "verified": True},
        {"key": "club", "name": "A club", "code": "CLB", "kind": "ngo", "country": "NL", "city": "", "verified": False},
    ],
    "members": [
        {"key": "ann", "username": "ann", "name": "Ann Bakker", "headline": "Planner", "city": "Amsterdam",
         "affiliations": [{"organisation": "ams", "title": "Planner", "right": "editor"}]},
        {"key": "bob", "username": "bob", "name": "Bob Visser",
         "affiliations": [{"organisation": "ams", "title": "Intern", "right": "contributor"}]},
        {"key": "cas", "username": "cas", "name": "Cas de Wit"},
    ],
    "topics": [
        {"slug": "energy", "name": "Energy", "description": "Heat and power."},
        {"slug": "mobility", "name": "Mobility"},
    ],
    "posts": [
        {"key": "heat", "kind": "article", "language": "en", "title": "Heat for a street", "standfirst": "In short.",
         "author": "ann", "on_behalf_of": "ams", "topics": ["mobility", "energy"],
         "published_at": "2026-03-01T09:00:00Z", "old_addresses": ["https://old.example/posts/heat-for-all"],
         "body": "Words for @bob about #energy.\n",
         "comments": [
             {"author": "bob", "body": "First.", "created_at": "2026-03-01T10:00:00Z", "replies": [
                 {"author": "ann", "body": "Answer.", "on_behalf_of": "ams", "language": "nl", "replies": [
                     {"author": "bob", "body": "Thanks."}]},
                 {"author": "cas", "body": "Another answer."}]},
             {"author": "cas", "body": "Second."}]},
    ],
}  # fmt: skip


def small() -> Value:
    return deepcopy(SMALL)


def changed(pointer: str, value: object) -> Value:
    """The small file with something else at a place; a place past a list's end makes it longer."""
    file = small()
    *way, last = pointer.strip("/").split("/")
    at: Any = file
    for step in way:
        at = at[int(step) if isinstance(at, list) else step]
    if isinstance(at, list) and int(last) == len(at):
        at.append(value)
    else:
        at[int(last) if isinstance(at, list) else last] = value
    return file


def load(file: Value) -> Tally:
    prepared = prepare(read(json.dumps(file)))
    with transaction():
        return write(prepared)


def run_import(*words: str) -> Result:
    return CliRunner().invoke(import_, words)


def rows() -> dict[str, int]:
    """How many rows each table has, empty ones left out."""
    tables = Base.metadata.sorted_tables
    counts = {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
    db.session.rollback()
    return {name: count for name, count in counts.items() if count}
