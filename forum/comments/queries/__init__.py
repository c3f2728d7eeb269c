"""Reads of comments."""

from forum.comments.place import Sort
from forum.comments.queries.rows import CommentRow, address_of, name_of
from forum.comments.queries.thread import ThreadPage, page_of_thread

__all__ = ["CommentRow", "Sort", "ThreadPage", "address_of", "name_of", "page_of_thread"]
