"""Reads of posts."""

from forum.posts.cards import PostCard
from forum.posts.queries.addresses import find_by_slug
from forum.posts.queries.article import PostPage, get_article
from forum.posts.queries.calendar import get_calendar_entry
from forum.posts.queries.cards import cards_by_id, labels_of
from forum.posts.queries.files import files_in_versions, sees_any
from forum.posts.queries.history import History, get_revision, last_change, page_of_revisions
from forum.posts.queries.lists import Among, Marked, Sort, marked_posts, page_of_posts
from forum.posts.queries.one import find_imported, get_address, get_post, topic_slugs_of
from forum.posts.queries.own import UnsentPost, page_of_drafts, withdrawn_posts
from forum.posts.queries.related import RelatedPost, related_posts
from forum.posts.queries.series import Series, find_continued, series_choices, series_of
from forum.posts.queries.texts import WholeText, whole_texts

__all__ = [
    "Among",
    "History",
    "Marked",
    "PostCard",
    "PostPage",
    "RelatedPost",
    "Series",
    "Sort",
    "UnsentPost",
    "WholeText",
    "cards_by_id",
    "files_in_versions",
    "find_by_slug",
    "find_continued",
    "find_imported",
    "get_address",
    "get_article",
    "get_calendar_entry",
    "get_post",
    "get_revision",
    "labels_of",
    "last_change",
    "marked_posts",
    "page_of_drafts",
    "page_of_posts",
    "page_of_revisions",
    "related_posts",
    "sees_any",
    "series_choices",
    "series_of",
    "topic_slugs_of",
    "whole_texts",
    "withdrawn_posts",
]
