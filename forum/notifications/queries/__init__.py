"""Reads of notifications."""

from forum.notifications.queries.choices import Choices, choices_of
from forum.notifications.queries.lines import lines_by_id, select_lines, visible_lines
from forum.notifications.queries.page import Updates, count_unread, find_address, page_of_updates

__all__ = [
    "Choices",
    "Updates",
    "choices_of",
    "count_unread",
    "find_address",
    "lines_by_id",
    "page_of_updates",
    "select_lines",
    "visible_lines",
]
