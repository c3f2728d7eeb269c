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
from typing import Any

from sqlalchemy.engine import make_url

from forum.accounts.sessions import hash_of
from forum.kernel import clock
from forum.kernel.db import prepare_sqlite
from forum.pages.store import Shown

Row = Sequence[Any]

VERSION = "SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM page_versions WHERE key IN ({keys})"
# Each part gives (what, number, text, text). Only `who` reads the session; the rest hang on its member.
WHO = """WITH me AS (SELECT m.id, m.username, m.name, m.state, m.role, m.interface_language, m.headline, m.city
    FROM member_sessions s JOIN members m ON m.id = s.member_id
    WHERE s.token_hash = {p} AND s.expires_at > {p} AND m.state <> 'erased')
SELECT 'version', ({version}), '', ''
UNION ALL SELECT 'id', id, username, name FROM me
UNION ALL SELECT 'state', 0, state, role FROM me
UNION ALL SELECT 'card', 0, headline, city FROM me
UNION ALL SELECT 'language', 0, interface_language, '' FROM me"""
POSTS = """
UNION ALL SELECT 'post', r.post_id, '', '' FROM me JOIN post_recommendations r ON r.member_id = me.id
    WHERE r.post_id IN ({posts})"""
COMMENTS = """
UNION ALL SELECT 'comment', r.comment_id, '', '' FROM me JOIN comment_recommendations r ON r.member_id = me.id
    WHERE r.comment_id IN ({comments})
UNION ALL SELECT 'blocked', b.blocked_id, '', '' FROM me JOIN blocks b ON b.member_id = me.id"""
DISCUSSION = """
UNION ALL SELECT 'voice', o.id, o.slug, o.name || {code} || o.code || {code} || o.kind FROM me
    JOIN affiliations a ON a.member_id = me.id AND a.ended_at IS NULL AND a."right" <> 'contributor'
    JOIN organisations o ON o.id = a.organisation_id AND o.state = 'verified'
UNION ALL SELECT 'waiting', c.id, '', '' FROM me JOIN comments c ON c.author_id = me.id
    AND c.post_id = {discussion} AND c.state IN ('pending', 'returned')"""
SEPARATOR = "'\x1f'"


@dataclass(frozen=True)
class Answer:
    """Version of the page, and the rows about the viewer; no rows when the session isn't one."""

    version: int
    rows: tuple[Row, ...] = ()


class PlainReader(ABC):
    """What both databases share: the statement, and the order of its values."""

    mark = "?"

    def __init__(self) -> None:
        self._local = threading.local()

    def close(self) -> None:
        """Close this thread's connection; the next question opens another."""
        connection = self._local.__dict__.pop("connection", None)
        if connection is not None:
            connection.close()

    def version(self, keys: Sequence[str]) -> int:
        marks = ",".join([self.mark] * len(keys))
        return int(self._fetch(VERSION.format(keys=marks), list(keys))[0][0])

    def viewer(self, keys: Sequence[str], token: str, shown: Shown) -> Answer:
        rows = self._fetch(self._statement(len(keys), shown), [hash_of(token), self._now(), *keys, *_ids(shown)])
        return Answer(int(rows[0][1]), tuple(rows[1:]))

    def _statement(self, keys: int, shown: Shown) -> str:
        def marks(count: int) -> str:
            return ",".join([self.mark] * count)

        parts = [WHO.format(p=self.mark, version=VERSION.format(keys=marks(keys)))]
        if shown.post_ids:
            parts.append(POSTS.format(posts=marks(len(shown.post_ids))))
        if shown.comment_ids:
            parts.append(COMMENTS.format(comments=marks(len(shown.comment_ids))))
        if shown.discussion is not None:
            parts.append(DISCUSSION.format(code=SEPARATOR, discussion=self.mark))
        return "".join(parts)

    def _fetch(self, statement: str, values: list[Any]) -> list[Row]:
        """Once more on a fresh connection when the kept one broke, as after a restart of the database."""
        try:
            return self._run(statement, values)
        except self._broken():
            self.close()
            return self._run(statement, values)

    def _run(self, statement: str, values: list[Any]) -> list[Row]:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
        rows: list[Row] = connection.execute(statement, values).fetchall()
        return rows

    @abstractmethod
    def _connect(self) -> Any: ...

    @abstractmethod
    def _broken(self) -> type[Exception]: ...

    @abstractmethod
    def _now(self) -> Any: ...


def _ids(shown: Shown) -> list[int]:
    return [
        *shown.post_ids,
        *shown.comment_ids,
        *([shown.discussion] if shown.discussion is not None else []),
    ]


class SqliteReader(PlainReader):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, cached_statements=256)
        prepare_sqlite(connection)
        connection.execute("PRAGMA query_only=ON")
        return connection

    def _broken(self) -> type[Exception]:
        return sqlite3.OperationalError

    def _now(self) -> str:
        return clock.now().astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


class PostgresReader(PlainReader):
    mark = "%s"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def _connect(self) -> Any:
        import psycopg

        return psycopg.connect(self.url, autocommit=True, prepare_threshold=2)

    def _broken(self) -> type[Exception]:
        import psycopg

        return psycopg.OperationalError

    def _now(self) -> datetime:
        return clock.now()


def reader_for(url: str) -> PlainReader:
    """The reader of a database address as SQLAlchemy writes it."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteReader(parsed.database or ":memory:")
    return PostgresReader(parsed.set(drivername="postgresql").render_as_string(hide_password=False))
