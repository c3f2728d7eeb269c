"""A server and its worker on the installation under test, and a member in front of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote_plus

from flask import Flask
from sqlalchemy.engine import make_url

from bench.servers import free_port
from bench.visitor import Visitor
from forum.accounts.passwords import hash_password
from forum.search.index import engine
from tests import factories
from tests.browser.site import Site, in_time, served
from tests.search.finding import post

PASSWORD = "a long one for the test"  # of a member who is gone with it


def environ_of(app: Flask) -> dict[str, str]:
    """What makes another process serve or work on the same installation."""
    settings = app.extensions["settings"]
    return os.environ | {
        "FORUM_DATA_DIR": str(settings.data_dir),
        "FORUM_DATABASE_URL": make_url(settings.database_url).render_as_string(hide_password=False),
        "FORUM_SECRET_KEY": settings.secret_key,
        "FORUM_SEARCH": engine().name,
        "FORUM_RATE_LIMITS": "off",
    }


@dataclass
class Live:
    site: Site
    visitor: Visitor
    discussion: str

    def says(self, words: str) -> str:
        """The page that searching gives. Raises HTTPError for anything but 200."""
        return self.visitor.get(f"/search?counts=off&q={quote_plus(words)}")

    def finds(self, words: str) -> bool | None:
        return True if 'class="result"' in self.says(f'"{words}"') else None

    def writes(self, words: str) -> None:
        """Raises RuntimeError where it isn't taken."""
        self.visitor.comment(self.discussion, words)

    def found(self, words: str) -> bool:
        return bool(in_time(lambda: self.finds(words), f"result for {words}"))


@contextmanager
def live(app: Flask) -> Iterator[Live]:
    factories.member("anneke", password_hash=hash_password(PASSWORD))
    discussion = post("Quay walls", "The walls are of brick.")
    port = free_port()
    site = Site(f"http://localhost:{port}", {**environ_of(app), "PORT": str(port)})
    with served(site):
        visitor = Visitor(port)
        visitor.sign_in("anneke", PASSWORD)
        yield Live(site, visitor, f"/posts/{discussion.id}/{discussion.slug}")
