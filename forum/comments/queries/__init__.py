"""Reads of comments."""

from forum.comments.place import Sort
from forum.comments.queries.files import files_in_versions, sees_any
from forum.comments.queries.history import History, get_source, last_change, page_of_revisions
from forum.comments.queries.newest import page_of_newest
from forum.comments.queries.one import Found, Placed, find_row, get_comment
from forum.comments.queries.permalinks import page_address
from forum.comments.queries.rows import CommentRow, address_of, name_of
from forum.comments.queries.thread import ThreadPage, page_of_thread
from forum.comments.queries.written import By, Written, most_recommended, page_of_written

__all__ = [
    "By",
    "CommentRow",
    "Found",
    "History",
    "Placed",
    "Sort",
    "ThreadPage",
    "Written",
    "address_of",
    "files_in_versions",
    "find_row",
    "get_comment",
    "get_source",
    "last_change",
    "most_recommended",
    "name_of",
    "page_address",
    "page_of_newest",
    "page_of_revisions",
    "page_of_thread",
    "page_of_written",
    "sees_any",
]
