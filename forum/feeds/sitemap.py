"""The map of the site (sitemaps.org): an index, and parts of at most 50,000 addresses.

A part is a range of ids, so it is one range of the primary key, and a row stays in its part for good. Parts are
written as they are read, in pieces, and can be packed so: what is held at a time doesn't grow with the site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from sqlalchemy import ColumnElement, Select, func, literal_column, select

from forum.accounts import policy as accounts
from forum.accounts.models import Member
from forum.kernel.access import ANONYMOUS
from forum.kernel.db import db, snapshot
from forum.kernel.errors import NotFound
from forum.kernel.ids import PostId
from forum.organisations import policy as organisations
from forum.organisations.models import Organisation
from forum.posts.addresses import address_of
from forum.posts.models import Post, PostTopic
from forum.posts.policy import IS_PUBLISHED
from forum.topics import policy as topics
from forum.topics.models import Topic

# The protocol's limit. A part of that size is some 6 MB.
SIZE = 50_000
# Beyond are no ids that a database knows.
MOST = 2**63 // SIZE - 1
# Rows, and lines of text, that are held at a time.
BATCH = 1_000
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
IS_LISTED: ColumnElement[bool] = literal_column("post_topics.listed")  # as the partial index has it
SINGLE = ("/", "/topics", "/organisations", "/members")


@dataclass(frozen=True)
class _Kind:
    """`rows` gives id, name in the address and time of change of what everybody may see; `changed` the latest of all,
    where an index knows it.
    """

    model: Any
    rows: Select[*tuple[Any, ...]]
    changed: Any
    path: Callable[[Any], str]


def _latest(moment: Any, *where: ColumnElement[bool]) -> Any:
    """The newest of something for each row: the end of one range of an index."""
    return select(func.max(moment, type_=moment.type)).where(*where).scalar_subquery().label("changed")


_KINDS: Mapping[str, _Kind] = {
    "posts": _Kind(
        Post,
        select(Post.id, Post.slug, Post.last_activity_at.label("changed")).where(IS_PUBLISHED),
        func.max(Post.last_activity_at, type_=Post.last_activity_at.type),
        lambda row: address_of(PostId(row.id), row.slug),
    ),
    "organisations": _Kind(
        Organisation,
        select(
            Organisation.id,
            Organisation.slug,
            _latest(Post.published_at, Post.organisation_id == Organisation.id, IS_PUBLISHED),
        ).where(organisations.visible_to(ANONYMOUS)),
        None,
        lambda row: f"/organisations/{row.slug}",
    ),
    # Of members, those who wrote something to be found.
    "members": _Kind(
        Member,
        select(
            Member.id,
            Member.username.label("slug"),
            _latest(Post.published_at, Post.author_id == Member.id, IS_PUBLISHED),
        ).where(accounts.visible_to(ANONYMOUS), Member.post_count > 0),
        None,
        lambda row: f"/members/{row.slug}",
    ),
}


def index(site: str) -> str:
    """A statement for each kind of page, however many there are."""
    found = [(f"{site}/sitemaps/pages-1.xml", None)]
    for name, kind in _KINDS.items():
        number = ((kind.model.id - 1) // SIZE).label("number")
        changed = kind.changed.label("changed") if kind.changed is not None else None
        columns = [number] if changed is None else [number, changed]
        parts = db.session.execute(kind.rows.with_only_columns(*columns).group_by(number).order_by(number))
        found += [(f"{site}/sitemaps/{name}-{row.number + 1}.xml", getattr(row, "changed", None)) for row in parts]
    lines = "".join(f"<sitemap>{_place(address, changed)}</sitemap>\n" for address, changed in found)
    return f"{HEAD}<sitemapindex {XMLNS}>\n{lines}</sitemapindex>\n"


def part(site: str, name: str, number: int) -> Iterator[str]:
    """Raises NotFound for what no index lists."""
    if name == "pages" and number == 1:
        return _written(site, _pages())
    rows = _rows(_KINDS[name], number) if name in _KINDS and 0 < number <= MOST else iter(())
    first = next(rows, None)
    if first is None:
        raise NotFound
    return _written(site, chain([first], rows))


def _written(site: str, rows: Iterable[tuple[str, datetime | None]]) -> Iterator[str]:
    lines = [f"{HEAD}<urlset {XMLNS}>\n"]
    for path, changed in rows:
        lines.append(f"<url>{_place(site + quote(path), changed)}</url>\n")
        if len(lines) == BATCH:
            yield "".join(lines)
            lines.clear()
    yield "".join([*lines, "</urlset>\n"])


def _pages() -> Iterator[tuple[str, datetime | None]]:
    yield from ((path, None) for path in SINGLE)
    changed = _latest(PostTopic.last_activity_at, PostTopic.topic_id == Topic.id, IS_LISTED)
    found = db.session.execute(select(Topic.slug, changed).where(topics.visible_to(ANONYMOUS)).order_by(Topic.id))
    yield from ((f"/topics/{row.slug}", row.changed) for row in found)


def _rows(kind: _Kind, number: int) -> Iterator[tuple[str, datetime | None]]:
    id_ = kind.model.id
    query = kind.rows.where(id_ > (number - 1) * SIZE, id_ <= number * SIZE).order_by(id_)
    with snapshot() as session:
        for row in session.execute(query.execution_options(yield_per=BATCH)):
            yield kind.path(row), getattr(row, "changed", None)


def _place(address: str, changed: datetime | None) -> str:
    when = f"<lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if changed else ""
    return f"<loc>{escape(address)}</loc>{when}"
