"""Newest and most recommended first: comments at the top by keyset, then each one's replies as a range of paths.

One statement finds the roots that fill a page, a second loads them. How many replies a root has is stored with it; only
where some may lie too deep for the page are they counted, up to a page of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Row, Select, Text, bindparam, case, func, or_, select, true, tuple_
from sqlalchemy.orm import aliased

from forum.comments import tree
from forum.comments.models import LEVELS, Comment
from forum.comments.place import PAGE, Place, Shape, Sort
from forum.comments.queries.conditions import OF_POST, is_on_pages, is_root, is_shown
from forum.comments.queries.rows import COLUMNS, CommentRow, Stretch, row_of, with_people
from forum.kernel.db import db, is_sqlite
from forum.kernel.ids import PostId

KEYS = {Sort.NEWEST: "created_at", Sort.TOP: "recommendation_count"}


@dataclass(frozen=True)
class Range:
    """Paths from `low` on, below `high`."""

    low: str
    high: str


def rows_by_root(post_id: PostId, place: Place) -> Stretch:
    """Reading forward, `above` has whatever is above the next comment of the branch that the place is in."""
    roots = db.session.execute(_roots(place.shape), {"post_id": post_id, "cursor": place.cursor}).all()
    lineage, ranges = _lineage(roots, place), list(_ranges(roots, place))
    numbered = _load(post_id, (*lineage, *ranges), backward=place.is_backward)
    rows = _in_order(numbered, first=len(lineage), backward=place.is_backward)
    return Stretch(
        rows=tuple(rows[-PAGE:] if place.is_backward else rows[:PAGE]),
        more=len(rows) > PAGE or len(roots) > len(ranges),
        above=tuple(row for number, row in numbered if number < len(lineage)),
    )


@cache
def _roots(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Roots in the direction of reading, from the place's own on; with a place, also its path."""
    key = getattr(Comment, KEYS[shape.sort])
    query = select(Comment.path, _size().label("size")).where(
        Comment.post_id == OF_POST, is_root(Comment), or_(is_shown(Comment), Comment.reply_count > 0)
    )
    if shape.has_cursor:
        query = _from_cursor(query, shape)
    order = (key, Comment.path) if shape.is_backward else (key.desc(), Comment.path.desc())
    return query.order_by(*order).limit(PAGE + 2)


def _size() -> ColumnElement[int]:
    """How many rows a root takes with its replies. Fewer replies than LEVELS can't reach below the page."""
    inner = aliased(Comment)
    branch = _within(Comment.post_id, inner, Comment.path, Comment.path.concat(tree.end_of("")))
    some = select(inner.id).where(*branch).limit(PAGE + 1).correlate(Comment).subquery()
    counted = select(func.count()).select_from(some).scalar_subquery()
    own = case((is_shown(Comment), 1), else_=0)
    return case((Comment.reply_count < LEVELS, Comment.reply_count + own), else_=counted)


def _from_cursor(query: Select[*tuple[Any, ...]], shape: Shape) -> Select[*tuple[Any, ...]]:
    cursor, root = aliased(Comment), aliased(Comment)
    root_path = func.substr(cursor.path, 1, tree.WIDTH)
    of_cursor = (cursor.id == bindparam("cursor", type_=Comment.id.type), cursor.post_id == OF_POST)
    name = KEYS[shape.sort]
    key = (
        select(getattr(root, name))
        .join(cursor, (root.post_id == cursor.post_id) & (root.path == root_path))
        .where(*of_cursor)
        .scalar_subquery()
    )
    here = tuple_(getattr(Comment, name), Comment.path)
    there = tuple_(key, select(root_path).where(*of_cursor).scalar_subquery())
    path = select(cursor.path).where(*of_cursor).scalar_subquery()
    return query.add_columns(path.label("cursor")).where(here >= there if shape.is_backward else here <= there)


def _ranges(roots: Sequence[Row[Any]], place: Place) -> Iterator[Range]:
    """Of the roots that fill a page, in the direction of reading."""
    filled = 0
    for root in roots:
        if filled > PAGE:
            return
        cursor = getattr(root, "cursor", None)
        if cursor is not None and root.path == tree.root_of(cursor):
            yield _rest(cursor, place)
        else:
            filled += root.size
            yield Range(root.path, tree.end_of(root.path))


def _rest(cursor: str, place: Place) -> Range:
    """What is left to read of the root that the cursor is in."""
    root = tree.root_of(cursor)
    return Range(root, cursor) if place.is_backward else Range(tree.after(cursor), tree.end_of(root))


def _lineage(roots: Sequence[Row[Any]], place: Place) -> tuple[Range, ...]:
    """The cursor and what is above it."""
    cursor = getattr(roots[0], "cursor", None) if roots and not place.is_backward else None
    return tuple(Range(path, tree.after(path)) for path in tree.lineage(cursor or ""))


def _in_order(numbered: Iterable[tuple[int, CommentRow]], first: int, *, backward: bool) -> list[CommentRow]:
    """Without the lineage. Reading backward, the range nearest to the place comes last."""
    sign = -1 if backward else 1
    kept = [(sign * number, row.path, row) for number, row in numbered if number >= first]
    return [row for _, _, row in sorted(kept, key=lambda entry: entry[:2])]


def _load(post_id: PostId, ranges: Sequence[Range], *, backward: bool) -> list[tuple[int, CommentRow]]:
    """Comments with the number of the range that they are in, at most one more than a page of each."""
    if not ranges:
        return []
    lows, highs = [one.low for one in ranges], [one.high for one in ranges]
    if is_sqlite():
        bounds = {"bounds": json.dumps(list(zip(lows, highs, strict=True)))}
        rows = db.session.execute(_sqlite(backward=backward), {"post_id": post_id, **bounds})
    else:
        arrays = {"lows": lows, "highs": highs}
        rows = db.session.execute(_postgresql(backward=backward), {"post_id": post_id, **arrays})
    return [(row.number, row_of(row)) for row in rows]


def _within(post_id: Any, comment: Any, low: Any, high: Any) -> tuple[ColumnElement[bool], ...]:
    return (comment.post_id == post_id, is_on_pages(comment), comment.path >= low, comment.path < high)


@cache
def _postgresql(*, backward: bool) -> Select[Any]:
    arrays = (bindparam(name, type_=ARRAY(Text)) for name in ("lows", "highs"))
    bounds = func.unnest(*arrays).table_valued("low", "high", with_ordinality="number").render_derived()
    found = (
        select(*COLUMNS)
        .where(*_within(OF_POST, Comment, bounds.c.low, bounds.c.high))
        .order_by(Comment.path.desc() if backward else Comment.path)
        .limit(PAGE + 1)
        .lateral()
    )
    both = select(*found.c, (bounds.c.number - 1).label("number")).select_from(bounds).join(found, true())
    page = both.subquery()
    return with_people(page, page.c.number)


@cache
def _sqlite(*, backward: bool) -> Select[Any]:
    """SQLite has no LATERAL, but a correlated list of ids may have a limit."""
    bounds = func.json_each(bindparam("bounds", type_=Text)).table_valued("key", "value")
    low, high = (func.json_extract(bounds.c.value, f"$[{place}]") for place in (0, 1))
    inner = aliased(Comment)
    ids = (
        select(inner.id)
        .where(*_within(OF_POST, inner, low, high))
        .order_by(inner.path.desc() if backward else inner.path)
        .limit(PAGE + 1)
        .correlate(bounds)
        .scalar_subquery()
    )
    page = select(*COLUMNS, bounds.c.key.label("number")).select_from(bounds).join(Comment, Comment.id.in_(ids))
    found = page.subquery()
    return with_people(found, found.c.number)
