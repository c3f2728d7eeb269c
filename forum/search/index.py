"""The index of this installation: one engine, chosen by FORUM_SEARCH. Whoosh is imported only where it's used."""

from __future__ import annotations

from pathlib import Path

from forum.kernel.extensions import extension
from forum.search.engines.base import Engine

EXTENSION = "search"


def make(name: str, data_dir: Path) -> Engine:
    """`name` is that of FORUM_SEARCH."""
    if name == "postgres":
        from forum.search.engines.postgres.engine import PostgresEngine

        return PostgresEngine()
    from forum.search.engines.whoosh.engine import WhooshEngine

    return WhooshEngine(data_dir / "search")


def engine() -> Engine:
    found: Engine = extension(EXTENSION)
    return found
