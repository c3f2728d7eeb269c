"""On which page of a thread a comment is. Found by looking back one page, so that it costs the same anywhere."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Select, bindparam, select

from forum.comments import tree
from forum.comments.models import LEVELS, Comment
from forum.comments.place import PAGE
from forum.comments.queries.conditions import OF_POST, is_on_pages, is_shown
from forum.comments.queries.one import Placed, Standing
from forum.kernel.db import db, run
from forum.kernel.ids import CommentId
from forum.posts.addresses import address_of

# Where the comment then stands on a page of its own choosing: with some of what came before it.
BEFORE_IT = 25


def page_address(placed: Placed) -> str:
    """The page that shows the comment, at its place there; what is too deep for the thread's pages, on its parent's."""
    comment = placed.comment
    is_deep = comment.depth >= LEVELS
    branch = _parent_of(comment) if is_deep else None
    before = _before(comment, branch=tree.parent_of(comment.path) if is_deep else None)
    parameters = [f"branch={branch}"] if branch else []
    if len(before) == PAGE:
        parameters.append(f"after={before[BEFORE_IT - 1]}")
    query = f"?{'&'.join(parameters)}" if parameters else ""
    return f"{address_of(placed.post.id, placed.post.slug)}{query}#comment-{comment.id}"


def _before(comment: Standing, *, branch: str | None) -> list[CommentId]:
    """Ids of up to a page of comments read before this one, the nearest first. `branch` is a path to stay under."""
    values = {"post_id": comment.post_id, "path": comment.path}
    inside = {} if branch is None else {"branch": branch}
    return list(run(_those_before(in_branch=branch is not None), {**values, **inside}).scalars())


@cache
def _those_before(*, in_branch: bool) -> Select[CommentId]:
    """Every comment that is sent asks: put together once."""
    inside = is_shown(Comment) & (Comment.path > bindparam("branch")) if in_branch else is_on_pages(Comment)
    return (
        select(Comment.id)
        .where(Comment.post_id == OF_POST, Comment.path < bindparam("path"), inside)
        .order_by(Comment.path.desc())
        .limit(PAGE)
    )


def _parent_of(comment: Standing) -> CommentId | None:
    """By path: at the deepest level a reply stands beside what it answers."""
    return db.session.scalar(
        select(Comment.id).where(Comment.post_id == comment.post_id, Comment.path == tree.parent_of(comment.path))
    )
