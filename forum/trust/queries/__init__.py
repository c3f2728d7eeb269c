"""Reads of trust."""

from forum.trust.queries.figures import figures_of, last_marks_before_window, marks_due
from forum.trust.queries.page import get_page
from forum.trust.queries.standings import due_members, members_of, standings_of

__all__ = [
    "due_members",
    "figures_of",
    "get_page",
    "last_marks_before_window",
    "marks_due",
    "members_of",
    "standings_of",
]
