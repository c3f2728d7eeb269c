"""A page of a thread: fifty comments at most in the order of reading, at the same cost wherever it lies.

The cursor is a comment's id, resolved to its path inside the statement. Oldest first and a branch are one range of an
index; the other orders are in `roots`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, select
from sqlalchemy.orm import aliased

from forum.comments import tree
from forum.comments.errors import NoSuchComment
from forum.comments.models import LEVELS, Comment
from forum.comments.place import PAGE, Place, Shape, Sort
from forum.comments.queries.conditions import OF_POST, is_on_pages, is_shown
from forum.comments.queries.roots import rows_by_root
from forum.comments.queries.rows import COLUMNS, CommentRow, Stretch, rows_of, with_people
from forum.kernel.db import db
from forum.kernel.ids import CommentId, PostId


@dataclass(frozen=True)
class ThreadPage:
    """`context` are the comments above the first row, outermost first, when the page begins inside a branch. The page
    of a branch has the branch itself at their start, and in `rows` only what is below it. `is_first` and `is_last` say
    that nothing comes before or after.
    """

    place: Place
    rows: tuple[CommentRow, ...]
    context: tuple[CommentRow, ...]
    is_first: bool
    is_last: bool

    @property
    def after(self) -> CommentId | None:
        """Cursor of the next page."""
        return self.rows[-1].id if self.rows and not self.is_last else None

    @property
    def before(self) -> CommentId | None:
        """Cursor of the page before."""
        return self.rows[0].id if self.rows and not self.is_first else None

    @property
    def cut(self) -> frozenset[CommentId]:
        """Comments whose replies are on the page of their branch: the deepest level that this page has."""
        if self.place.branch is not None:
            return frozenset()
        return frozenset(row.id for row in self.rows if row.depth == LEVELS - 1 and row.reply_count)


def page_of_thread(
    post_id: PostId,
    sort: Sort = Sort.OLDEST,
    *,
    after: CommentId | None = None,
    before: CommentId | None = None,
    last: bool = False,
    branch: CommentId | None = None,
) -> ThreadPage:
    """The page that starts after a comment, ends before one, or is the last; of the whole thread, or of a branch.

    One statement for a thread's first page, at most three for any. A place that isn't there gives the first page.
    Whether the reader may see the post is asked before. Raises NoSuchComment for a branch that isn't of this post.
    """
    start = Place(sort=sort, branch=branch)
    page = _page(post_id, replace(start, after=after, before=before, last=last))
    if not page.rows and not page.place.is_start:
        page = _page(post_id, start)
    if branch is not None and not page.rows and not page.context:
        raise NoSuchComment
    return page


def _page(post_id: PostId, place: Place) -> ThreadPage:
    by_root = place.branch is None and place.sort is not Sort.OLDEST
    found = rows_by_root(post_id, place) if by_root else _rows_by_path(post_id, place)
    return ThreadPage(
        place=place,
        rows=found.rows,
        context=_context(post_id, place, found),
        is_first=not found.more if place.is_backward else place.cursor is None,
        is_last=not found.more if not place.is_backward else place.last,
    )


def _rows_by_path(post_id: PostId, place: Place) -> Stretch:
    values = {"post_id": post_id, "cursor": place.cursor, "branch": place.branch}
    found = db.session.execute(_by_path(place.shape), values)
    rows = sorted(rows_of(found), key=lambda row: row.path)
    return Stretch(tuple(rows[-PAGE:] if place.is_backward else rows[:PAGE]), more=len(rows) > PAGE)


@cache
def _by_path(shape: Shape) -> Select[Any]:
    """Made once: putting it together takes longer than running it."""
    found = (
        select(*COLUMNS)
        .where(Comment.post_id == OF_POST, *_bounds(shape))
        .order_by(Comment.path.desc() if shape.is_backward else Comment.path)
        .limit(PAGE + 1)
        .subquery()
    )
    return with_people(found)


def _bounds(shape: Shape) -> Iterator[ColumnElement[bool]]:
    if shape.in_branch:
        branch = _path_of("branch")
        yield is_shown(Comment)
        yield Comment.path > branch
        yield Comment.path < branch.concat(tree.end_of(""))
    else:
        yield is_on_pages(Comment)
    if shape.has_cursor:
        cursor = _path_of("cursor")
        yield Comment.path < cursor if shape.is_backward else Comment.path > cursor


def _path_of(name: str) -> ScalarSelect[str]:
    """NULL, and so an empty page, for what isn't a comment of this post."""
    other = aliased(Comment)
    wanted = bindparam(name, type_=Comment.id.type)
    return select(other.path).where(other.id == wanted, other.post_id == OF_POST).scalar_subquery()


def _context(post_id: PostId, place: Place, found: Stretch) -> tuple[CommentRow, ...]:
    if not found.rows:
        return _load_one(post_id, place.branch) if place.branch is not None else ()
    wanted = tree.ancestors(found.rows[0].path)
    above = [row for row in found.above if row.path in wanted]
    if wanted and not above:
        above = list(_load_line(post_id, wanted))
    line = sorted(above, key=lambda row: row.path)
    start = next((n for n, row in enumerate(line) if row.id == place.branch), 0)
    return tuple(line[start:])


def _load_one(post_id: PostId, comment_id: int) -> tuple[CommentRow, ...]:
    return rows_of(db.session.execute(_one(), {"post_id": post_id, "wanted": comment_id}))


def _load_line(post_id: PostId, paths: tuple[str, ...]) -> tuple[CommentRow, ...]:
    return rows_of(db.session.execute(_line(), {"post_id": post_id, "paths": paths}))


@cache
def _one() -> Select[Any]:
    return _shown(Comment.id == bindparam("wanted", type_=Comment.id.type))


@cache
def _line() -> Select[Any]:
    return _shown(Comment.path.in_(bindparam("paths", expanding=True)))


def _shown(condition: ColumnElement[bool]) -> Select[Any]:
    found = select(*COLUMNS).where(Comment.post_id == OF_POST, condition, is_shown(Comment))
    return with_people(found.subquery())
