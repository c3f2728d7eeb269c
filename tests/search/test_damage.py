"""A damaged index: every page answers, search says so plainly, and the worker builds it anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from forum.kernel.db import db
from forum.search import sync
from forum.search.index import engine
from tests.search.finding import comment, find, post, settle, titles
from tests.web import Web

pytestmark = pytest.mark.drill

SAYS = "Search is being put in order"


def files(app: Flask) -> list[Path]:
    return [path for path in (app.extensions["settings"].data_dir / "search").rglob("*") if path.is_file()]


def delete(app: Flask) -> None:
    shutil.rmtree(app.extensions["settings"].data_dir / "search")


def cut(app: Flask) -> None:
    for path in files(app):
        os.truncate(path, path.stat().st_size // 2)


def scramble(app: Flask) -> None:
    for path in files(app):
        path.write_bytes(os.urandom(max(1, path.stat().st_size)))


def drop(_app: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA kade_search CASCADE"))


def empty(_app: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("TRUNCATE kade_search.documents"))


def without_version(_app: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM kade_search.state"))


DAMAGES: dict[str, dict[str, Callable[[Flask], None]]] = {
    "whoosh": {"deleted": delete, "cut": cut, "scrambled": scramble},
    "postgres": {"deleted": drop, "cut": empty, "scrambled": without_version},
}


@pytest.mark.parametrize("damage", ["deleted", "cut", "scrambled"])
def test_damaged_index_fails_no_reader_and_heals(app: Flask, web: Web, damage: str) -> None:
    discussion = post("Pumps")
    settle()
    assert web.get("/search?q=pump").status == 200
    DAMAGES[engine().name][damage](app)
    page = web.get("/search?q=pump")
    assert (page.status, web.get("/search/suggest?q=pump").status) == (200, 200)
    comment(discussion, "A pump of ours.")
    heal()
    assert (engine().trouble(), find("pump").total, SAYS in web.get("/search?q=pump").words()) == ("", 2, False)
    assert titles(find("pump")) == ["Pumps"]


def heal() -> None:
    writer = sync.Writer()
    for _ in range(20):
        writer._next_batch = writer._next_look = 0.0
        if not writer.run() and not engine().trouble():
            return
    raise AssertionError(f"the index doesn't heal: {engine().trouble()}")


def test_missing_index_is_said_plainly(app: Flask, web: Web) -> None:
    DAMAGES[engine().name]["deleted"](app)
    assert SAYS in web.get("/search?q=pump").words()
