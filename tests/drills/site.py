"""A site with a post to talk about, served by the command line, and what its database holds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from forum.config import ROOT
from tests.browser.site import PROGRAM, WAIT_S, Site, free_port, in_time

Counts = tuple[int, int, int]


@dataclass
class Drilled:
    """`post` is the path of a post with few comments; the member may write."""

    site: Site
    post: str
    username: str
    password: str

    @property
    def database_url(self) -> str:
        return self.site.environ["FORUM_DATABASE_URL"]

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        engine = create_engine(self.database_url, poolclass=NullPool)
        with engine.connect() as connection:
            yield connection
        engine.dispose()

    def counts(self, beginning: str) -> Counts:
        """Comments that begin so, different ones among them, and how far the post's counter is from the truth."""
        post_id = self.post.split("/")[2]
        with self.connection() as connection:
            mine = "FROM comments WHERE source LIKE :beginning"
            found = connection.execute(
                text(f"SELECT count(*), count(DISTINCT source) {mine}"), {"beginning": f"{beginning}%"}
            ).one()
            off = connection.execute(
                text("SELECT comment_count - (SELECT count(*) FROM comments WHERE post_id = p.id) FROM posts p"
                     " WHERE id = :post"), {"post": int(post_id)},
            ).scalar_one()  # fmt: skip
        return (found[0], found[1], int(off))


def make(folder: Path, database_url: str) -> Drilled:
    port = free_port()
    environ = {
        **os.environ, "FORUM_DATA_DIR": str(folder), "FORUM_DATABASE_URL": database_url, "PORT": str(port),
        "FORUM_RATE_LIMITS": "off",
    }  # fmt: skip
    site = Site(f"http://localhost:{port}", environ)
    site.run("init")
    size = ("--posts", "3", "--comments", "60", "--members", "5", "--organisations", "2")
    sample = json.loads(site.run("sample", *size))
    return Drilled(site, sample["addresses"]["post"], sample["member"]["username"], sample["member"]["password"])


@contextmanager
def serving(drilled: Drilled, *options: str, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
    """In a process group of its own. `environ` are further settings."""
    server = subprocess.Popen(
        (*PROGRAM, "serve", *options), env={**drilled.site.environ, **environ}, cwd=ROOT, start_new_session=True
    )
    try:
        in_time(drilled.site.answers, "an answer of the server")
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(WAIT_S)


def web_workers(server: subprocess.Popen[bytes]) -> list[int]:
    """Processes under the server that answer requests."""
    below = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return [int(pid) for pid in below if "worker" not in _command(pid)]


def _command(pid: str) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return ["worker"]  # gone in the meantime
