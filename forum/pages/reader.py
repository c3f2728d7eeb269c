"""One statement on a plain connection: is this page still true, who asks for it, and what are their marks?

Plain, because an ORM session costs more than the rest of a reused page. A connection a thread, in autocommit: an open
BEGIN or an unfinished cursor would see old rows.
"""

from __future__ import annotations

import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy.engine import make_url

from forum.accounts.sessions import hash_of
from forum.following.models import TargetKind
from forum.kernel import clock, outages
from forum.kernel.db import prepare_sqlite
from forum.pages.store import Shown
from forum.pages.viewers import SEPARATOR

Row = Sequence[Any]

VERSION = "SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM page_versions WHERE key {keys}"
# What waits for a moderator, a curator, or somebody who looks after an organisation; up to 100. `me` comes first, so
# that for anybody else nothing is looked at.
_LIVE = "i.state IN ('open', 'claimed', 'escalated')"
_OURS = "SELECT 1 FROM belongs b WHERE b.organisation_id = i.about_organisation_id"
_NOT_OWN = f"""coalesce(i.author_id, 0) <> me.id AND (i.lane = 'on behalf' OR NOT EXISTS ({_OURS}))"""
QUEUE = f"""
UNION ALL SELECT 'queue', (SELECT count(*) FROM (SELECT i.id FROM me CROSS JOIN review_items i
        WHERE me.role IN ('moderator', 'admin') AND {_LIVE} AND {_NOT_OWN} LIMIT 100) q), 'moderator', ''
    FROM me WHERE me.role IN ('moderator', 'admin') AND me.state = 'active'
UNION ALL SELECT 'queue', (SELECT count(*) FROM (SELECT i.id FROM me CROSS JOIN tends t
        CROSS JOIN review_items i WHERE i.topic_id = t.topic_id AND i.scope = 'topic'
        AND i.lane IN ('institutional', 'new members', 'reports') AND {_LIVE} AND {_NOT_OWN} LIMIT 100) q), '', ''
    FROM me WHERE me.role = 'member' AND me.state = 'active'
    AND EXISTS (SELECT 1 FROM tends)
UNION ALL SELECT 'queue', (SELECT count(*) FROM (SELECT i.id FROM me CROSS JOIN belongs a
        CROSS JOIN review_items i WHERE i.organisation_id = a.organisation_id AND i.scope = 'organisation'
        AND {_LIVE} AND {_NOT_OWN}
        AND (i.lane = 'on behalf' AND a."right" IN ('editor', 'owner')
            OR i.lane = 'reports' AND a."right" IN ('moderator', 'owner')) LIMIT 100) q), '', ''
    FROM me WHERE me.role = 'member' AND me.state = 'active' AND EXISTS (SELECT 1 FROM belongs a
        WHERE a.state NOT IN ('draft', 'rejected') AND a."right" <> 'contributor')"""  # noqa: S608  # constants only
# Each part gives (what, number, text, text). Only `me` reads the session; the rest hang on its member. What several
# parts ask is read once: on PostgreSQL a table named again costs more than the few rows that are read from it.
WHO = """WITH me AS (SELECT m.id, m.username, m.name, m.state, m.role, m.interface_language, m.headline, m.city,
    m.face, m.erase_at FROM member_sessions s JOIN members m ON m.id = s.member_id
    WHERE s.token_hash = {p} AND s.expires_at > {p} AND m.state <> 'erased'),
belongs AS (SELECT a.organisation_id, a."right", o.slug, o.name, o.code, o.kind, o.state, o.logo
    FROM me JOIN affiliations a ON a.member_id = me.id AND a.ended_at IS NULL
    JOIN organisations o ON o.id = a.organisation_id),
tends AS (SELECT t.topic_id FROM me JOIN topic_curators t ON t.member_id = me.id),
blocked AS (SELECT b.blocked_id FROM me JOIN blocks b ON b.member_id = me.id)
SELECT 'version', ({version}), '', ''
UNION ALL SELECT 'me', id, username || {code} || name || {code} || state || {code} || role || {code} || face,
    headline || {code} || city || {code} || coalesce(interface_language, '') || {code}
    || coalesce(CAST(erase_at AS TEXT), '') FROM me
UNION ALL SELECT 'updates', (SELECT count(*) FROM ({updates}) u), '', '' FROM me"""
# Groups with something unread that can be read: the twin of notifications.queries.count_unread. Every thread has a
# name; saying so leads SQLite to the index of what is unread, past all that was read.
# One member and states by value, so that PostgreSQL goes along that index, too, and stops at a hundred.
UPDATES = """SELECT DISTINCT n.thread FROM notifications n
    WHERE n.member_id = (SELECT id FROM me) AND n.read_at IS NULL AND n.thread > ''
    AND (n.post_id IS NULL OR (SELECT p.state FROM posts p WHERE p.id = n.post_id) = 'published')
    AND (n.comment_id IS NULL OR (SELECT c.state FROM comments c WHERE c.id = n.comment_id) IN ('visible', 'collapsed'))
    LIMIT 100"""
LIVE = """WITH me AS (SELECT m.id FROM member_sessions s JOIN members m ON m.id = s.member_id
    WHERE s.token_hash = {p} AND s.expires_at > {p} AND m.state <> 'erased')
SELECT ({version}), (SELECT id FROM me), (SELECT count(*) FROM ({updates}) u)"""
COUNTS = """SELECT p.comment_count, p.recommendation_count,
    (SELECT max(c.id) FROM comments c WHERE {readable}),
    (SELECT count(*) FROM
        (SELECT 1 FROM comments c WHERE {readable} AND c.id > {p} AND c.author_id <> {p} LIMIT 100) n),
    (SELECT min(c.id) FROM comments c WHERE {readable} AND c.id > {p} AND c.author_id <> {p})
    FROM posts p WHERE p.id = {p} AND p.state = 'published'"""
IN_POST = "c.post_id = p.id AND c.state IN ('visible', 'collapsed')"
POSTS = """
UNION ALL SELECT 'post', r.post_id, '', '' FROM me JOIN post_recommendations r ON r.member_id = me.id
    WHERE r.post_id {posts}"""
# New comments of others since the member was there, counted up to a hundred by the index that holds just these.
NEW = """SELECT {what} FROM comments c WHERE c.post_id = r.post_id AND c.id > r.comment_id
    AND c.state IN ('visible', 'collapsed') AND c.author_id <> r.member_id
    AND c.author_id NOT IN (SELECT blocked_id FROM blocked)"""
UNREAD = """
UNION ALL SELECT 'unread', r.post_id, CAST((SELECT count(*) FROM ({new} LIMIT 100) n) AS TEXT), ''
    FROM me JOIN reading_places r ON r.member_id = me.id WHERE r.post_id {posts}"""
COMMENTS = """
UNION ALL SELECT 'comment', r.comment_id, '', '' FROM me JOIN comment_recommendations r ON r.member_id = me.id
    WHERE r.comment_id {comments}
UNION ALL SELECT 'blocked', blocked_id, '', '' FROM blocked"""
KEPT_POSTS = """
UNION ALL SELECT 'kept', b.post_id, '', '' FROM me JOIN bookmarks b ON b.member_id = me.id AND b.comment_id IS NULL
    WHERE b.post_id {posts}"""
KEPT_COMMENTS = """
UNION ALL SELECT 'kept comment', b.comment_id, '', '' FROM me JOIN bookmarks b ON b.member_id = me.id
    WHERE b.comment_id {comments}"""
# CROSS JOIN keeps SQLite from going through all of a discussion's comments in search of the member's.
DISCUSSION = """
UNION ALL SELECT 'place', r.comment_id, CAST(({next}) AS TEXT), '' FROM me
    JOIN reading_places r ON r.member_id = me.id AND r.post_id = {discussion}
UNION ALL SELECT 'voice', organisation_id, slug, name || {code} || code || {code} || kind || {code} || state
        || {code} || logo FROM belongs
    WHERE "right" <> 'contributor' AND state IN ('verified', 'expired', 'submitted', 'in review', 'information asked')
UNION ALL SELECT 'waiting', c.id, '', '' FROM me CROSS JOIN comments c WHERE c.author_id = me.id
    AND c.post_id = {discussion} AND c.state IN ('pending', 'returned', 'hidden')"""
# The kinds are written out: they're our own words, and the plan depends on them.
FOLLOWS = """
UNION ALL SELECT 'follow', f.target_id, f.kind, f.level FROM me JOIN follows f ON f.member_id = me.id
    WHERE f.kind = '{kind}' AND f.target_id {ids}"""
CURATES = """
UNION ALL SELECT 'curates', topic_id, '', '' FROM tends WHERE topic_id {ids}"""


@dataclass(frozen=True)
class Answer:
    """Version of the page, and the rows about the viewer; no rows when the session isn't one."""

    version: int
    rows: tuple[Row, ...] = ()


class Shape(NamedTuple):
    """What a statement depends on: how many of each it asks about."""

    keys: int
    posts: int
    comments: int
    is_discussion: bool
    targets: tuple[tuple[TargetKind, int], ...]


class PlainReader(ABC):
    """What both databases share: the statement, and the order of its values."""

    mark = "?"

    def __init__(self) -> None:
        self._local = threading.local()
        self._statement = lru_cache(maxsize=256)(self._write)

    def close(self) -> None:
        """Close this thread's connection; the next question opens another."""
        connection = self._local.__dict__.pop("connection", None)
        if connection is not None:
            connection.close()

    def version(self, keys: Sequence[str]) -> int:
        return int(self._fetch(VERSION.format(keys=self._among(len(keys))), self._bound([list(keys)]))[0][0])

    def viewer(self, keys: Sequence[str], token: str, shown: Shown) -> Answer:
        rows = self._fetch(*self.question(keys, token, shown))
        return Answer(int(rows[0][1]), tuple(rows[1:]))

    def question(self, keys: Sequence[str], token: str, shown: Shown) -> tuple[str, list[Any]]:
        """The statement that `viewer` asks, and its values. Its first row is the version."""
        values = [hash_of(token), self._now(), list(keys), *_values(shown)]
        return self._statement(_shape(len(keys), shown)), self._bound(values)

    def live(self, keys: Sequence[str], token: str) -> tuple[int, int | None, int]:
        """The sum of the keys' versions, the member behind a session, and how many updates wait for them."""
        if not token:
            return self.version(keys), None, 0
        version = VERSION.format(keys=self._among(len(keys)))
        statement = LIVE.format(p=self.mark, version=version, updates=UPDATES)
        row = self._fetch(statement, self._bound([hash_of(token), self._now(), list(keys)]))[0]
        return int(row[0]), row[1], int(row[2])

    def discussion_counts(self, post_id: int, since: int | None, member_id: int | None) -> dict[str, int] | None:
        """Numbers of a published post, and of others' comments after one; None for a post that readers don't see."""
        after, me = since if since is not None else 2**62, member_id or 0
        statement = COUNTS.format(p=self.mark, readable=IN_POST)
        rows = self._fetch(statement, [after, me, after, me, post_id])
        names = ("comments", "recommendations", "newest", "new", "first")
        return {name: int(value or 0) for name, value in zip(names, rows[0], strict=True)} if rows else None

    def _write(self, shape: Shape) -> str:
        version = VERSION.format(keys=self._among(shape.keys))
        who = WHO.format(p=self.mark, code=f"'{SEPARATOR}'", version=version, updates=UPDATES)
        parts = [who, QUEUE]
        if shape.posts:
            posts = self._among(shape.posts)
            parts += [POSTS.format(posts=posts), UNREAD.format(posts=posts, new=NEW.format(what="1"))]
            parts.append(KEPT_POSTS.format(posts=posts))
        if shape.comments:
            comments = self._among(shape.comments)
            parts += [COMMENTS.format(comments=comments), KEPT_COMMENTS.format(comments=comments)]
        if shape.is_discussion:
            following = NEW.format(what="min(c.id)")
            parts.append(DISCUSSION.format(code=f"'{SEPARATOR}'", discussion=self.mark, next=following))
        for kind, count in shape.targets:
            parts.append(FOLLOWS.format(kind=kind, ids=self._among(count)))
        if topics := dict(shape.targets).get(TargetKind.TOPIC):
            parts.append(CURATES.format(ids=self._among(topics)))
        return "".join(parts)

    def _fetch(self, statement: str, values: list[Any]) -> list[Row]:
        """Once more on a fresh connection when the kept one broke, as after a restart of the database. Raises Busy or
        Away when that is of no use either.
        """
        try:
            return self._run(statement, values)
        except self._broken():
            self.close()
        try:
            return self._run(statement, values)
        except self._broken() as error:
            self.close()
            refusal = outages.refusal_of(error)
            if refusal is None:
                raise
            raise refusal from error

    def _run(self, statement: str, values: list[Any]) -> list[Row]:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
        return self._ask(connection, statement, values)

    def _ask(self, connection: Any, statement: str, values: list[Any]) -> list[Row]:
        rows: list[Row] = connection.execute(statement, values).fetchall()
        return rows

    @abstractmethod
    def _among(self, _count: int) -> str:
        """What stands behind a column that is to be one of so many values."""

    @abstractmethod
    def _bound(self, values: list[Any]) -> list[Any]:
        """Values as the database takes them; what belongs to `_among` is a list."""

    @abstractmethod
    def _connect(self) -> Any: ...

    @abstractmethod
    def _broken(self) -> type[Exception]: ...

    @abstractmethod
    def _now(self) -> Any: ...


def _shape(keys: int, shown: Shown) -> Shape:
    targets = tuple((kind, len(ids)) for kind, ids in _targets(shown).items())
    return Shape(keys, len(shown.post_ids), len(shown.comment_ids), shown.discussion is not None, targets)


def _values(shown: Shown) -> list[Any]:
    """In the order of the statement's parts."""
    return [
        *([list(shown.post_ids)] * 3 if shown.post_ids else []),
        *([list(shown.comment_ids)] * 2 if shown.comment_ids else []),
        *([shown.discussion] * 2 if shown.discussion is not None else []),
        *_targets(shown).values(),
        *([topics] if (topics := _targets(shown).get(TargetKind.TOPIC)) else []),
    ]


def _targets(shown: Shown) -> dict[TargetKind, list[int]]:
    """Ids by kind, always in one order."""
    found: dict[TargetKind, list[int]] = {}
    for target in shown.targets:
        found.setdefault(TargetKind(target.kind), []).append(target.id)
    return found


class SqliteReader(PlainReader):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, cached_statements=256)
        prepare_sqlite(connection)
        connection.execute("PRAGMA query_only=ON")
        return connection

    def _among(self, _count: int) -> str:
        return f"IN ({','.join('?' * _count)})"

    def _bound(self, values: list[Any]) -> list[Any]:
        return [one for value in values for one in (value if isinstance(value, list) else [value])]

    def _broken(self) -> type[Exception]:
        return sqlite3.OperationalError

    def _now(self) -> str:
        return clock.now().astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


class PostgresReader(PlainReader):
    """Lists travel as one value each."""

    mark = "%s"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def _connect(self) -> Any:
        from forum.pages.libpq import PlainConnection

        return PlainConnection(self.url)

    def _ask(self, connection: Any, statement: str, values: list[Any]) -> list[Row]:
        rows: list[Row] = connection.rows(_numbered(statement), values)
        return rows

    def _among(self, _count: int) -> str:
        return "= ANY(%s)"

    def _bound(self, values: list[Any]) -> list[Any]:
        return values

    def _broken(self) -> type[Exception]:
        """A lost connection, and a statement that was prepared before its tables changed."""
        import psycopg

        return psycopg.Error

    def _now(self) -> datetime:
        return clock.now()


@lru_cache(maxsize=512)
def _numbered(statement: str) -> str:
    """With PostgreSQL's own marks, $1, $2 …"""
    pieces = statement.split(PostgresReader.mark)
    return pieces[0] + "".join(f"${number}{piece}" for number, piece in enumerate(pieces[1:], start=1))


def reader_for(url: str) -> PlainReader:
    """The reader of a database address as SQLAlchemy writes it."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteReader(parsed.database or ":memory:")
    return PostgresReader(parsed.set(drivername="postgresql").render_as_string(hide_password=False))
