"""The tabs of a member's and an organisation's page: posts, comments, and what was recommended of both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from flask_babel import lazy_gettext as _

from forum.comments import queries as comments
from forum.comments.queries import By, Written
from forum.kernel.paging import PAGE
from forum.pages.queries.lists import Tab, Turn, beside, page_of
from forum.posts import queries as posts
from forum.posts.cards import PostCard
from forum.posts.queries import Among, Sort

# A place in the merged list: a count, a post or a comment, an id.
_PLACE = re.compile(r"(\d{1,9})([pc])(\d{1,18})", re.ASCII)
MOST = 2**62


class Part(StrEnum):
    POSTS = "posts"
    COMMENTS = "comments"
    RECOMMENDED = "recommended"


NAMES = {Part.POSTS: _("Posts"), Part.COMMENTS: _("Comments"), Part.RECOMMENDED: _("Recommended")}


@dataclass(frozen=True)
class Whose:
    """`address` is their page's; `counts` are of posts and of comments, as stored with them."""

    address: str
    among: Among
    by: By
    counts: tuple[int, int]


@dataclass(frozen=True)
class Open:
    """The open tab: what is in it, in order, and the addresses of the pages beside."""

    part: Part
    tabs: tuple[Tab, ...]
    rows: Sequence[PostCard | Written]
    newer: str
    older: str

    @property
    def cards(self) -> list[PostCard]:
        return [row for row in self.rows if isinstance(row, PostCard)]


def open_tab(whose: Whose, part: Part, turn: Turn) -> Open:
    tabs = tuple(_tab(whose, one, part) for one in Part)
    if part is Part.POSTS:
        page = page_of(Sort.NEWEST, turn, whose.among)
        return Open(part, tabs, page.rows, *beside(whose.address, None, page))
    if part is Part.COMMENTS:
        written = comments.page_of_written(whose.by, turn.after, turn.before)
        return Open(part, tabs, written.rows, *_beside(whose.address, part, written.before, written.after))
    rows, after = _recommended(whose, turn.after)
    start = "" if turn.is_start else f"{whose.address}?tab={part}"
    return Open(part, tabs, rows, start, _beside(whose.address, part, None, after)[1])


def _tab(whose: Whose, one: Part, part: Part) -> Tab:
    counts = {Part.POSTS: whose.counts[0], Part.COMMENTS: whose.counts[1]}
    href = whose.address if one is Part.POSTS else f"{whose.address}?tab={one}"
    return Tab(NAMES[one], href, one is part, counts.get(one))


def _beside(address: str, part: Part, before: str | None, after: str | None) -> tuple[str, str]:
    start = f"{address}?tab={part}&"
    return (f"{start}before={before}" if before else "", f"{start}after={after}" if after else "")


def _recommended(whose: Whose, after: str | None) -> tuple[list[PostCard | Written], str | None]:
    """Posts and comments that somebody recommends, the most of all first; at one count posts come before comments.

    Each kind is a range of its own, so a page costs the same wherever it lies.
    """
    count, kind, number = _place_in(after)
    cards = _posts(whose, None if count is None else (count, number if kind == "p" else 0))
    written = comments.most_recommended(
        whose.by, None if count is None else (count, number if kind == "c" else MOST), PAGE + 1
    )
    merged: list[PostCard | Written] = sorted([*cards, *written], key=_order)
    rows = list(islice(merged, PAGE))
    return rows, _place_of(rows[-1]) if len(merged) > PAGE else None


def _posts(whose: Whose, place: tuple[int, int] | None) -> list[PostCard]:
    cursor = f"n{place[0]}-{place[1]}" if place else None
    page = posts.page_of_posts(Sort.TOP, whose.among, after=cursor, limit=PAGE + 1)
    return [card for card in page.rows if card.recommendation_count > 0]


def _order(row: PostCard | Written) -> tuple[int, bool, int]:
    return -row.recommendation_count, isinstance(row, Written), -row.id


def _place_of(row: PostCard | Written) -> str:
    return f"{row.recommendation_count}{'c' if isinstance(row, Written) else 'p'}{row.id}"


def _place_in(text: str | None) -> tuple[int | None, str, int]:
    """What isn't a place is the start."""
    found = _PLACE.fullmatch(text or "")
    return (int(found[1]), found[2], int(found[3])) if found else (None, "", 0)
