"""The conditions of the partial indexes on comments, in literals: SQLite can't see through a parameter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, literal_column

from forum.comments.models import LEVELS, READABLE, SHOWN, WAITING, Comment, CommentState
from forum.kernel.ids import PostId

# The post that a prepared statement is about.
OF_POST: BindParameter[PostId] = bindparam("post_id", type_=Comment.post_id.type)


def is_one_of(state: ColumnElement[Any], states: Iterable[CommentState]) -> ColumnElement[bool]:
    return state.in_([literal_column(f"'{one.value}'") for one in states])


def is_shown(comment: Any) -> ColumnElement[bool]:
    """With its words or as a placeholder. `comment` is the entity, an alias, or columns of either."""
    return is_one_of(comment.state, SHOWN)


def is_readable(comment: Any) -> ColumnElement[bool]:
    return is_one_of(comment.state, READABLE)


def is_on_pages(comment: Any) -> ColumnElement[bool]:
    """The condition of ix_comments_on_pages."""
    return and_(is_shown(comment), comment.depth < literal_column(str(LEVELS)))


def is_root(comment: Any) -> ColumnElement[bool]:
    """The condition of the two indexes of comments at the top."""
    return and_(comment.depth == literal_column("0"))


def is_waiting() -> ColumnElement[bool]:
    """The condition of ix_comments_waiting."""
    return and_(is_one_of(Comment.__table__.c.state, WAITING))
