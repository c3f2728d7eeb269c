"""PostgreSQL behind the interface of engines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text

from forum.kernel import clock
from forum.kernel.db import db
from forum.search.ask import COUNTED, DEEPEST, Ask, Counts, Found, Hit, Seen, Sort
from forum.search.engines.base import VERSION, Build, Engine, IndexMissing, Progress, State, Write, WriterBusy
from forum.search.engines.postgres import tables
from forum.search.engines.postgres.asking import COLUMNS, DOCUMENTS, NAMED, RANK, where
from forum.search.engines.postgres.compiling import any_of, names_of
from forum.search.engines.postgres.writing import BUILDER, SIGN, PostgresBuild, PostgresWrite, asked, read_state
from forum.search.ranking import best_first, worth
from forum.search.spelling import nearest

NEWEST = "at DESC, number DESC"
ORDER = {Sort.RELEVANCE: NEWEST, Sort.NEWEST: NEWEST, Sort.TOP: f"recommended DESC, {NEWEST}"}
# Ranking reads each text's words, 30 ms for a thousand. Beyond, it's the best of so many, as in Whoosh.
RANKED = COUNTED + 1
# Who asks for the newest with a word gets all of those sorted; where there are more, it's likely that the newest of all
# texts have it, and these are looked through. PostgreSQL guesses too badly how many have a word to choose by itself.
SORTED, FOREMOST = 20_000, 20_000
# Names that begin like what was typed so far.
BEGUN = 1_000
COUNT = f"(SELECT count(*) FROM (SELECT 1 FROM {{}} WHERE {{}} LIMIT {COUNTED + 1}) AS counted)"  # noqa: S608  # of our own pieces
RARE, LOOKED_AT = 12, 40
COMMON = 2_000  # a word in more documents tells nothing of what a text is about
NEAR = 400
SAMPLE = 5_000


def _all(source: str, condition: str, order: str) -> str:
    """Nothing is looked for: an index leads to the first at once, where not all are counted."""
    return f"""SELECT {COLUMNS}, CAST(0 AS real) AS score, {COUNT.format(source, condition)} AS total
        FROM {source} WHERE {condition} ORDER BY {order} LIMIT {DEEPEST}"""  # noqa: S608  # of our own pieces


def _best(source: str, condition: str) -> str:
    return f"""SELECT {COLUMNS}, {RANK} AS score, count(*) OVER () AS total
        FROM (SELECT * FROM {source} WHERE {condition} LIMIT {RANKED}) AS looked_through
        ORDER BY score DESC, key LIMIT {DEEPEST}"""  # noqa: S608  # as above


def _first(source: str, condition: str, order: str) -> str:
    return f"""WITH sorted AS MATERIALIZED (
            SELECT {COLUMNS} FROM {source} WHERE {condition} LIMIT {SORTED + 1}),
        front AS (
            SELECT {COLUMNS} FROM (SELECT * FROM {DOCUMENTS} ORDER BY {order} LIMIT {FOREMOST}) AS foremost
            WHERE {condition} ORDER BY {order} LIMIT {DEEPEST})
        SELECT {COLUMNS}, CAST(0 AS real) AS score, (SELECT count(*) FROM sorted) AS total
        FROM (SELECT * FROM sorted UNION SELECT * FROM front WHERE (SELECT count(*) FROM sorted) > {SORTED}) AS found
        ORDER BY {order} LIMIT {DEEPEST}"""  # noqa: S608  # as above


class PostgresEngine(Engine):
    name = "postgres"
    knows_gone = True

    # --- reading

    def search(self, ask: Ask) -> Found:
        source, condition, values = where(ask)
        if ask.wanted is None:
            statement = _all(source, condition, ORDER[ask.sort])
        elif ask.sort is Sort.RELEVANCE:
            statement = _best(source, condition)
        else:
            statement = _first(source, condition, ORDER[ask.sort])
        rows = asked(statement, values)
        hits = [_hit(row) for row in rows]
        count = rows[0].total if rows else 0
        is_ranked = ask.wanted is not None and ask.sort is Sort.RELEVANCE
        return Found(best_first(hits) if is_ranked else tuple(hits), min(count, COUNTED), more=count > COUNTED)

    def counts(self, ask: Ask) -> Counts | None:
        source, condition, values = where(ask)
        rows = asked(
            f"""WITH found AS MATERIALIZED (SELECT kind, language, topics FROM {source}
                WHERE {condition} LIMIT {COUNTED + 1})
            SELECT 'kind' AS what, kind AS value, count(*) AS n FROM found GROUP BY kind
            UNION ALL SELECT 'language', language, count(*) FROM found WHERE language <> '' GROUP BY language
            UNION ALL SELECT 'topic', topic::text, count(*) FROM found, unnest(topics) AS topic GROUP BY topic""",  # noqa: S608  # as above
            values,
        )
        found: dict[str, dict[str, int]] = {"kind": {}, "language": {}, "topic": {}}
        for row in rows:
            found[row.what][row.value] = row.n
        if sum(found["kind"].values()) > COUNTED:
            return None
        return Counts(found["kind"], {int(one): n for one, n in found["topic"].items()}, found["language"])

    def named(self, words: Sequence[str], kinds: Sequence[str], each: int, seen: Seen) -> tuple[Hit, ...]:
        _, condition, values = where(Ask(None, seen=seen))
        values |= {"query": names_of(words), "names": names_of(words, ""), "each": each}
        values |= {f"kind{number}": kind for number, kind in enumerate(kinds)}
        parts = [
            f"""(SELECT {COLUMNS}, {RANK} AS score FROM kade_search.documents
            WHERE key IN (SELECT key FROM begun WHERE kind = :kind{number} LIMIT {BEGUN})
            ORDER BY score DESC, key LIMIT :each)"""  # noqa: S608  # of our own pieces
            for number in range(len(kinds))
        ]
        begun = f"SELECT key, kind FROM kade_search.documents WHERE {NAMED.format('names')} AND {condition}"  # noqa: S608  # as above
        return tuple(
            _hit(row) for row in asked(f"WITH begun AS MATERIALIZED ({begun}) {' UNION ALL '.join(parts)}", values)
        )

    def similar(self, stems: Sequence[str], ask: Ask, limit: int) -> tuple[Hit, ...]:
        rare = self._rare(list(dict.fromkeys(stems))[:LOOKED_AT])
        if not rare:
            return ()
        _, condition, values = where(ask)
        rows = asked(
            f"""SELECT {COLUMNS}, {RANK} AS score FROM kade_search.documents
            WHERE words @@ CAST(:query AS tsquery) AND {condition} ORDER BY score DESC, key LIMIT :most""",  # noqa: S608  # as above
            values | {"query": any_of(rare), "most": limit},
        )
        return tuple(_hit(row) for row in rows)

    def _rare(self, stems: list[str]) -> list[str]:
        rows = asked(
            f"""SELECT stem, (SELECT count(*) FROM (SELECT 1 FROM kade_search.documents
                WHERE words @@ CAST(quote_literal(stem) AS tsquery) LIMIT {COMMON}) AS found) AS n
            FROM unnest(CAST(:stems AS text[])) AS stem""",  # noqa: S608  # a number of ours
            {"stems": stems},
        )
        known = sorted((row for row in rows if 0 < row.n < COMMON), key=lambda row: row.n)
        return [row.stem for row in known[:RARE]]

    def near(self, word: str, limit: int) -> tuple[str, ...]:
        """By trigrams where there are any; else among words with the same beginning."""
        if not self.advice():
            found = asked(
                """SELECT word FROM kade_search.words WHERE word % :word
                ORDER BY similarity(word, :word) DESC LIMIT :most""",
                {"word": word, "most": NEAR},
            )
        else:
            found = asked(
                "SELECT word FROM kade_search.words WHERE starts_with(word, :start) LIMIT :most",
                {"start": word[:1], "most": SAMPLE},
            )
        return nearest(word, (row.word for row in found), limit)

    def knows(self, words: Sequence[str]) -> frozenset[str]:
        found = asked("SELECT word FROM kade_search.words WHERE word = ANY(:words)", {"words": list(words)})
        return frozenset(row.word for row in found)

    # --- writing

    def create(self) -> None:
        tables.make(db.engine)
        with db.engine.begin() as connection:
            connection.execute(text(f"{SIGN} ON CONFLICT DO NOTHING"), {"version": json.dumps(VERSION)})

    def writing(self) -> Write:
        return PostgresWrite()

    def trouble(self) -> str:
        try:
            file = asked("SELECT pg_relation_filenode(to_regclass('kade_search.documents')) AS number", {})[0].number
            noted = asked("SELECT name, value FROM kade_search.state", {}) if file else ()
        except IndexMissing:
            return "it can't be read"
        if not file:
            return "there is none"
        kept = {row.name: row.value for row in noted}
        if kept.get("version") != VERSION:
            return "it's of another version"
        return "" if file == kept.get("file") else "its table was emptied or written anew"

    def advice(self) -> str:
        has = asked("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'", {})
        return "" if has else f"misspelt words are compared one by one; {tables.ADVICE}"

    def state(self) -> State:
        row = asked(
            """SELECT count(*) AS n, pg_total_relation_size('kade_search.documents')
                + pg_total_relation_size('kade_search.words') AS size FROM kade_search.documents""",
            {},
        )[0]
        return State(self.name, row.n, 1, row.size)

    def optimise(self) -> None:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE kade_search.documents"))

    # --- building

    def begin(self) -> None:
        self.create()
        with db.engine.begin() as connection:
            connection.execute(
                text(
                    """INSERT INTO kade_search.state
                    VALUES ('build', jsonb_build_object('started', now(), 'progress', NULL)) ON CONFLICT DO NOTHING"""
                )
            )

    def is_building(self) -> bool:
        try:
            return read_state("build") is not None
        except IndexMissing:
            return False

    @contextmanager
    def building(self) -> Iterator[Build]:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": BUILDER}).scalar():
                raise WriterBusy
            try:
                self.begin()
                yield PostgresBuild()
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": BUILDER})

    def progress(self) -> Progress | None:
        try:
            noted = read_state("build")
        except IndexMissing:
            return None
        return Progress(**noted["progress"]) if noted and noted.get("progress") else None


def _hit(row: Any) -> Hit:
    return Hit(row.kind, row.number, row.post, worth(row.score, row.kind, row.at, row.recommended, clock.now()))
