"""Writing to the index: one transaction a batch, on a connection of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any

import structlog
from sqlalchemy import bindparam, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from forum.kernel.db import db
from forum.search.documents import Document
from forum.search.engines.base import VERSION, Build, IndexMissing, Progress, Write, WriterBusy
from forum.search.engines.postgres.compiling import vector_of

log = structlog.get_logger()

# Advisory locks: numbers of our own, "kade" and which.
WRITER, BUILDER = 0x6B616465_01, 0x6B616465_02
ADD = text(
    """INSERT INTO kade_search.documents
    (key, kind, number, post, at, recommended, language, topics, tags, held, name, words, written)
    VALUES (:key, :kind, :number, :post, :at, :recommended, :language, CAST(:topics AS bigint[]), CAST(:tags AS text[]),
        CAST(:held AS text[]), :name, CAST(:words AS tsvector), now())
    ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, number = excluded.number, post = excluded.post,
        at = excluded.at, recommended = excluded.recommended, language = excluded.language, topics = excluded.topics,
        tags = excluded.tags, held = excluded.held, name = excluded.name, words = excluded.words, written = now()"""
)
# Which version it is, and which file the table is in: who empties it gets another.
SIGN = """INSERT INTO kade_search.state VALUES ('version', CAST(:version AS jsonb)),
    ('file', to_jsonb(pg_relation_filenode('kade_search.documents')::bigint))"""
LEARN = text("INSERT INTO kade_search.words SELECT DISTINCT unnest(CAST(:words AS text[])) ON CONFLICT DO NOTHING")
SHORTEST_WORD = 3  # shorter ones are near to everything


def asked(statement: str, values: dict[str, Any]) -> Sequence[Any]:
    """In the session of the request. Raises IndexMissing where PostgreSQL refuses, and notes why."""
    prepared = text(statement).bindparams(*(bindparam(name) for name in values))
    try:
        return db.session.execute(prepared, values).all()
    except SQLAlchemyError as error:
        db.session.rollback()
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise
        log.warning("search_index_unreadable", error=str(getattr(error, "orig", error)), statement=statement[:200])
        raise IndexMissing from error


class PostgresWrite(Write):
    """Under the writer's lock, which ends with the transaction. Raises WriterBusy or IndexMissing."""

    def __init__(self) -> None:
        self.connection: Connection = db.engine.connect()
        try:
            free = self.connection.execute(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": WRITER}).scalar()
            if not free:
                raise WriterBusy
            self.connection.execute(text("SELECT 1 FROM kade_search.documents LIMIT 1"))
        except DBAPIError as error:
            self.cancel()
            log.warning("search_index_unwritable", error=str(error.orig))
            raise IndexMissing from error
        except BaseException:
            self.cancel()
            raise

    def forget(self, tags: Iterable[str]) -> None:
        statement = text("DELETE FROM kade_search.documents WHERE tags && CAST(:tags AS text[])")
        self.connection.execute(statement, {"tags": list(tags)})

    def add(self, documents: Iterable[Document]) -> None:
        put(self.connection, list(documents))

    def save(self) -> None:
        self.connection.commit()
        self.connection.close()

    def cancel(self) -> None:
        with suppress(DBAPIError):
            self.connection.rollback()
        self.connection.close()


def put(connection: Connection, documents: Sequence[Document]) -> None:
    if not documents:
        return
    connection.execute(ADD, [_row(one) for one in documents])
    # What is held teaches no word: a correction shall come from what everybody may read.
    words = {word for one in documents if not one.held for word in one.exact if len(word) >= SHORTEST_WORD}
    connection.execute(LEARN, {"words": sorted(words)})


def _row(document: Document) -> dict[str, Any]:
    return {
        "key": document.key, "kind": document.kind.value, "number": document.id, "post": document.post,
        "at": int(document.at.timestamp()), "recommended": document.recommended, "language": document.language,
        "topics": list(document.topic_ids), "tags": list(document.tags), "held": list(document.held),
        "name": " ".join(document.title), "words": vector_of(document),
    }  # fmt: skip


def read_state(name: str) -> Any:
    """Raises IndexMissing."""
    found = asked("SELECT value FROM kade_search.state WHERE name = :name", {"name": name})
    return found[0].value if found else None


class PostgresBuild(Build):
    """In place: what is there stays until it's written anew, and what wasn't goes at the end."""

    @property
    def progress(self) -> Progress | None:
        noted = read_state("build")
        return Progress(**noted["progress"]) if noted and noted.get("progress") else None

    def add(self, documents: Sequence[Document], progress: Progress) -> None:
        with db.engine.begin() as connection:
            put(connection, documents)
            connection.execute(
                text(
                    """UPDATE kade_search.state SET value = jsonb_set(value, '{progress}', CAST(:progress AS jsonb))
                    WHERE name = 'build'"""
                ),
                {"progress": json.dumps(asdict(progress))},
            )

    @contextmanager
    def finishing(self) -> Iterator[Write]:
        write = PostgresWrite()
        try:
            yield write
            write.connection.execute(
                text(
                    """DELETE FROM kade_search.documents WHERE written <
                    (SELECT CAST(value->>'started' AS timestamptz) FROM kade_search.state WHERE name = 'build')"""
                )
            )
            write.connection.execute(text("DELETE FROM kade_search.state"))
            write.connection.execute(text(SIGN), {"version": json.dumps(VERSION)})
            write.connection.execute(text("ANALYZE kade_search.documents"))
            write.save()
        except BaseException:
            write.cancel()
            raise
