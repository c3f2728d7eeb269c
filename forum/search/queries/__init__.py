"""Reads of search."""

from forum.search.queries.results import Results, page_of_results
from forum.search.queries.similarity import similar_posts, similar_to
from forum.search.queries.suggesting import Suggestion, suggestions
from forum.search.queries.trying import topics_to_try

__all__ = [
    "Results",
    "Suggestion",
    "page_of_results",
    "similar_posts",
    "similar_to",
    "suggestions",
    "topics_to_try",
]
