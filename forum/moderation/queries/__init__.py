"""Reads of the queue."""

from forum.moderation.queries.cases import get_case, held_words, undoable
from forum.moderation.queries.decisions import (
    DecisionPage,
    Told,
    decisions_about,
    get_decision_page,
    preview_of,
    told_of,
)
from forum.moderation.queries.items import find_decision_in_force, find_item, get_item, reach_of
from forum.moderation.queries.queue import Wanted, first_waiting, lines_with, page_of_queue
from forum.moderation.queries.watched import check_counts, watched_words

__all__ = [
    "DecisionPage",
    "Told",
    "Wanted",
    "check_counts",
    "decisions_about",
    "find_decision_in_force",
    "find_item",
    "first_waiting",
    "get_case",
    "get_decision_page",
    "get_item",
    "held_words",
    "lines_with",
    "page_of_queue",
    "preview_of",
    "reach_of",
    "told_of",
    "undoable",
    "watched_words",
]
