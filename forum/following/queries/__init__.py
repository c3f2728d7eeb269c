"""Reads of following."""

from forum.following.queries.followers import Audience, followers_of, is_muted
from forum.following.queries.own import Followed, explained, level_of, page_of_follows
from forum.following.queries.selection import ForYou, Reason, for_you

__all__ = [
    "Audience",
    "Followed",
    "ForYou",
    "Reason",
    "explained",
    "followers_of",
    "for_you",
    "is_muted",
    "level_of",
    "page_of_follows",
]
