"""What the site holds about a member: each feature names its own part, and nothing may be left out.

A part says of every column that points at members what becomes of its rows, and whether they are given when a member
asks for their data. Most need no code beyond that. forum/wiring.py brings the parts together (PERSONAL); a test walks
all tables and fails for a column that no part names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.ids import MemberId


class Choice(StrEnum):
    """What a member who leaves wants done with what everybody can read of theirs."""

    KEEP = "keep"
    REMOVE = "remove"


@dataclass(frozen=True)
class Choices:
    """By kind. What was said in an organisation's name stays with it, whatever they are."""

    posts: Choice = Choice.KEEP
    comments: Choice = Choice.KEEP


class Fate(StrEnum):
    """GONE: the rows are deleted. LOOSED: they no longer say who. CHANGED: the part's own `erase` does it.
    STAYS: they keep pointing at a member who has no name any more."""

    GONE = "gone"
    LOOSED = "loosed"
    CHANGED = "changed"
    STAYS = "stays"


@dataclass(frozen=True)
class Rows:
    """The rows whose `column` is the member's id. `title` heads them in what a member is given; without one they aren't
    given, and `why` says so, as it does where rows stay. `hidden` columns are never given: secrets, and what is
    made anew from the others."""

    column: InstrumentedAttribute[Any]
    fate: Fate = Fate.GONE
    title: Words | None = None
    hidden: frozenset[str] = frozenset()
    why: str = ""

    @property
    def table(self) -> Table:
        table: Table = self.column.class_.__table__
        return table


@dataclass(frozen=True)
class Section:
    """A list of a member's data. `name` is its name in the file for programs."""

    name: str
    title: Words
    rows: Sequence[Mapping[str, Any]]


Erase = Callable[[MemberId, Choices], bool]
More = Callable[[MemberId], Iterable[Section]]


def _nothing_more(_member_id: MemberId, _choices: Choices) -> bool:
    return False


def _no_sections(_member_id: MemberId) -> Iterable[Section]:
    return ()


@dataclass(frozen=True)
class Part:
    """`erase` comes before the rows that go by themselves. It does a bounded piece, in a transaction of its caller's,
    and says whether more is left; done again it finds nothing to do. `more` are sections that no column leads to."""

    rows: tuple[Rows, ...] = ()
    erase: Erase = _nothing_more
    more: More = _no_sections


_parts: list[Part] = []


def connect(parts: Sequence[Part]) -> None:
    """Called once by the application with the table of forum/wiring.py. Erasing goes in this order."""
    _parts[:] = parts


def parts() -> tuple[Part, ...]:
    return tuple(_parts)


def sections_of(member_id: MemberId) -> Iterator[Section]:
    """All that a member is given of theirs, empty lists included."""
    for part in _parts:
        for rows in part.rows:
            if rows.title is not None:
                yield Section(rows.table.name, rows.title, _values(rows, member_id))
        yield from part.more(member_id)


def count(rows: Rows, member_id: MemberId) -> int:
    return db.session.scalar(select(func.count()).select_from(rows.table).where(rows.column == member_id)) or 0


def erase_rows(part: Part, member_id: MemberId) -> None:
    """What goes without any code of the feature's."""
    for rows in part.rows:
        table, here = rows.table, rows.table.c[rows.column.key] == member_id
        if rows.fate is Fate.GONE:
            db.session.execute(delete(table).where(here))
        elif rows.fate is Fate.LOOSED:
            db.session.execute(update(table).where(here).values({rows.column.key: None}))


def _values(rows: Rows, member_id: MemberId) -> list[dict[str, Any]]:
    columns = [column for column in rows.table.columns if column.name not in rows.hidden]
    ordered = select(*columns).where(rows.table.c[rows.column.key] == member_id).order_by(*rows.table.primary_key)
    return [{name: plain(value) for name, value in row.items()} for row in db.session.execute(ordered).mappings()]


def plain(value: Any) -> Any:
    """As JSON has it; moments as in ISO 8601."""
    return value.isoformat() if isinstance(value, date | datetime) else value
