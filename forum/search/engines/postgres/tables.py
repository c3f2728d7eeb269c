"""The schema `kade_search`. It's made here and not by a migration, since it can be dropped and built anew at any time.

Words come analysed (search.words), so that both engines find the same and neither `unaccent` nor a dictionary has to be
installed. `pg_trgm` finds names and words that were misspelt; without it they are compared one by one.
"""

from __future__ import annotations

import structlog
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

log = structlog.get_logger()

MAKE = (
    "CREATE SCHEMA IF NOT EXISTS kade_search",
    """CREATE TABLE IF NOT EXISTS kade_search.documents (
        key text PRIMARY KEY, kind text NOT NULL, number bigint NOT NULL, post bigint NOT NULL, at bigint NOT NULL,
        recommended integer NOT NULL, language text NOT NULL, topics bigint[] NOT NULL, tags text[] NOT NULL,
        held text[] NOT NULL, name text NOT NULL, words tsvector NOT NULL, written timestamptz NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS documents_words ON kade_search.documents USING gin (words)",
    """CREATE INDEX IF NOT EXISTS documents_names ON kade_search.documents USING gin (ts_filter(words, '{a}'))
        WHERE kind <> 'comment'""",
    "CREATE INDEX IF NOT EXISTS documents_tags ON kade_search.documents USING gin (tags)",
    "CREATE INDEX IF NOT EXISTS documents_at ON kade_search.documents (at DESC, number DESC)",
    """CREATE INDEX IF NOT EXISTS documents_recommended ON kade_search.documents
        (recommended DESC, at DESC, number DESC)""",
    # By the usual hundred, PostgreSQL takes what it hasn't counted for frequent, and reads everything for it.
    "ALTER TABLE kade_search.documents ALTER COLUMN words SET STATISTICS 500",
    "CREATE TABLE IF NOT EXISTS kade_search.words (word text PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS kade_search.state (name text PRIMARY KEY, value jsonb NOT NULL)",
)
DROP = "DROP SCHEMA IF EXISTS kade_search CASCADE"
# Of names only: comments have none.
TRIGRAMS = (
    """CREATE INDEX IF NOT EXISTS documents_name ON kade_search.documents USING gin (name gin_trgm_ops)
        WHERE name <> ''""",
    "CREATE INDEX IF NOT EXISTS words_near ON kade_search.words USING gin (word gin_trgm_ops)",
)
ADVICE = "as a superuser of the database, run: CREATE EXTENSION pg_trgm;"


def make(engine: Engine) -> None:
    with engine.begin() as connection:
        for statement in MAKE:
            connection.execute(text(statement))
    try:
        with engine.begin() as connection:
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            for statement in TRIGRAMS:
                connection.execute(text(statement))
    except DBAPIError:
        log.warning("search_without_trigrams", advice=ADVICE)
