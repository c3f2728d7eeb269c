"""Reads of posts."""

from forum.posts.cards import PostCard
from forum.posts.queries.addresses import find_by_slug
from forum.posts.queries.article import PostPage, get_article
from forum.posts.queries.calendar import get_calendar_entry
from forum.posts.queries.cards import cards_by_id, labels_of
from forum.posts.queries.history import History, page_of_revisions
from forum.posts.queries.lists import Among, Sort, page_of_posts
from forum.posts.queries.one import find_imported, get_address, get_post, topic_slugs_of
from forum.posts.queries.own import page_of_drafts
from forum.posts.queries.related import RelatedPost, related_posts

__all__ = [
    "Among",
    "History",
    "PostCard",
    "PostPage",
    "RelatedPost",
    "Sort",
    "cards_by_id",
    "find_by_slug",
    "find_imported",
    "get_address",
    "get_article",
    "get_calendar_entry",
    "get_post",
    "labels_of",
    "page_of_drafts",
    "page_of_posts",
    "page_of_revisions",
    "related_posts",
    "topic_slugs_of",
]
