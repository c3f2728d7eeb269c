"""Reads of comments."""

from forum.comments.place import Sort
from forum.comments.queries.history import History, page_of_revisions
from forum.comments.queries.one import Found, find_row, get_comment
from forum.comments.queries.permalinks import page_address
from forum.comments.queries.rows import CommentRow, address_of, name_of
from forum.comments.queries.thread import ThreadPage, page_of_thread

__all__ = [
    "CommentRow",
    "Found",
    "History",
    "Sort",
    "ThreadPage",
    "address_of",
    "find_row",
    "get_comment",
    "name_of",
    "page_address",
    "page_of_revisions",
    "page_of_thread",
]
