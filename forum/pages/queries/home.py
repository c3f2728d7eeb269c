"""Home: what is new, and beside it what waits for an answer, what is coming and where to look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, literal, select, union_all

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.paging import PAGE, Page
from forum.kernel.settings import SITE_NOTE, StoredSetting
from forum.pages.made import Made
from forum.pages.queries.lists import Tab, Turn, beside, shown_posts
from forum.posts import queries as posts
from forum.posts.addresses import address_of
from forum.posts.cards import PostCard
from forum.posts.models import Post, PostKind
from forum.posts.policy import IS_PUBLISHED
from forum.posts.queries import Sort
from forum.topics import queries as topics

WAITING, COMING = 5, 4
FOR_YOU = "for-you"
TABS = (
    (FOR_YOU, _("For you"), "home"),
    (Sort.LATEST, _("Latest"), "clock"),
    (Sort.NEWEST, _("Newest"), "pen"),
    (Sort.TOP, _("Top"), "thumb"),
    (Sort.UNANSWERED, _("Unanswered"), "comment"),
)


@dataclass(frozen=True)
class Pointer:
    """A line beside the feed that leads to a post. `at` is when an event starts."""

    title: str
    address: str
    language: str
    at: Any


@dataclass(frozen=True)
class Beside:
    """`waiting` are open questions and requests, newest first; `coming` are events, soonest first."""

    note: str
    waiting: tuple[Pointer, ...]
    coming: tuple[Pointer, ...]


def home(sort: Sort, turn: Turn) -> Made:
    page = posts.page_of_posts(sort, after=turn.after, before=turn.before, limit=PAGE)
    lead = _lead(page) if sort is Sort.LATEST and turn.is_start else None
    newer, older = beside("/", None if sort is Sort.LATEST else sort, page)
    return Made(
        template="pages/home.html",
        context={
            "lead": lead,
            "posts": [card for card in page.rows if card is not lead],
            "tabs": tabs(sort),
            "newer": newer,
            "older": older,
            "topics": topics.index().open,
            "beside": _beside(),
        },
        keys=("site", "home", "topics"),
        shown=shown_posts(page.rows),
    )


def tabs(current: str) -> tuple[Tab, ...]:
    """What one is for you, the others are for everyone."""
    return tuple(Tab(label, _address(one), one == current, mark=mark) for one, label, mark in TABS)


def _address(tab: str) -> str:
    return "/" if tab == Sort.LATEST else f"/?tab={tab}"


def _lead(page: Page[PostCard]) -> PostCard | None:
    """What moderators feature; without that, the most recommended of the newest."""
    featured = [card for card in page.rows if card.featured]
    return max(featured or page.rows, key=lambda card: card.recommendation_count, default=None)


def _beside() -> Beside:
    """One statement for all side blocks."""
    rows = db.session.execute(union_all(*(select(part.subquery()) for part in (_note(), _waiting(), _coming())))).all()
    by_role: dict[str, list[Any]] = {"note": [], "waiting": [], "coming": []}
    for row in rows:
        by_role[row.role].append(row)
    waiting = sorted(by_role["waiting"], key=lambda row: row.at, reverse=True)
    coming = sorted(by_role["coming"], key=lambda row: row.at)
    return Beside(
        note=by_role["note"][0].title if by_role["note"] else "",
        waiting=tuple(map(_pointer, waiting)),
        coming=tuple(map(_pointer, coming)),
    )


def _pointer(row: Any) -> Pointer:
    return Pointer(row.title, address_of(row.id, row.slug), row.language, row.at)


def _columns(role: str, at: Any) -> tuple[Any, ...]:
    return (literal(role).label("role"), Post.id, Post.title, Post.slug, Post.language, at.label("at"))


def _note() -> Select[*tuple[Any, ...]]:
    nothing = literal(None, Post.published_at.type)
    return select(
        literal("note").label("role"),
        literal(0).label("id"),
        StoredSetting.value.label("title"),
        literal("").label("slug"),
        literal("").label("language"),
        nothing.label("at"),
    ).where(StoredSetting.name == SITE_NOTE.name)


def _waiting() -> Select[*tuple[Any, ...]]:
    newest = [
        select(*_columns("waiting", Post.published_at))
        .where(IS_PUBLISHED, Post.kind == kind, Post.answered.is_(False))
        .order_by(Post.published_at.desc(), Post.id.desc())
        .limit(WAITING)
        .subquery()
        for kind in (PostKind.QUESTION, PostKind.REQUEST)
    ]
    both = union_all(*(select(one) for one in newest)).subquery()
    return select(both).order_by(both.c.at.desc()).limit(WAITING)


def _coming() -> Select[*tuple[Any, ...]]:
    return (
        select(*_columns("coming", Post.starts_at))
        .where(IS_PUBLISHED, Post.kind == PostKind.EVENT, Post.starts_at > clock.now())
        .order_by(Post.starts_at)
        .limit(COMING)
    )
