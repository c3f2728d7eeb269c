"""Starts and stops what is measured: Kade under its own default server, and limit A under gunicorn."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
POSTGRES = os.environ.get("FORUM_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
WORKERS = 2


@dataclass(frozen=True)
class Site:
    """A Kade with a synthetic community. `sample` is what `forum sample` printed."""

    name: str
    environ: dict[str, str]
    sample: dict[str, Any]


@dataclass(frozen=True)
class Running:
    port: int
    pid: int


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def make_site(folder: Path, database: str, sample: Sequence[str]) -> Site:
    """Set up a database (`sqlite` or `postgresql`) and fill it."""
    folder.mkdir(parents=True)
    url = f"sqlite:///{folder / 'kade.sqlite3'}" if database == "sqlite" else make_database()
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("FORUM_")},
        "FORUM_DATA_DIR": str(folder),
        "FORUM_DATABASE_URL": url,
        "FORUM_RATE_LIMITS": "off",
    }
    run(["init"], environ)
    return Site(database, environ, json.loads(run(["sample", *sample], environ)))


def run(arguments: Sequence[str], environ: dict[str, str]) -> str:
    done = subprocess.run(  # our own command line
        [str(BIN / "forum"), *arguments], env=environ, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def make_database() -> str:
    admin = make_url(POSTGRES)
    name = f"kade_bench_{uuid.uuid4().hex[:10]}"
    with create_engine(admin, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return admin.set(database=name).render_as_string(hide_password=False)


def drop_database(url: str) -> None:
    if url.startswith("postgresql"):
        with create_engine(make_url(POSTGRES), isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)"))


def outdate(site: Site) -> None:
    """Make every kept page untrue, as a changed setting would."""
    _execute(site, "INSERT INTO page_versions (key, n) VALUES ('site', 1) "
                   "ON CONFLICT (key) DO UPDATE SET n = page_versions.n + 1")  # fmt: skip


def middle_comment(site: Site) -> int:
    """A comment from the middle of the longest thread."""
    post = int(site.sample["addresses"]["long_thread"].split("/")[2])
    return _execute(
        site,
        f"SELECT id FROM comments WHERE post_id = {post} AND depth < 5 ORDER BY path LIMIT 1 "  # numbers of our own
        f"OFFSET (SELECT count(*) / 2 FROM comments WHERE post_id = {post} AND depth < 5)",
    )


def _execute(site: Site, statement: str) -> int:
    engine = create_engine(site.environ["FORUM_DATABASE_URL"])
    with engine.begin() as connection:
        answer = connection.execute(text(statement))
        value = int(answer.scalar() or 0) if answer.returns_rows else 0
    engine.dispose()
    return value


@contextmanager
def kade(site: Site, *, has_worker: bool = False) -> Iterator[Running]:
    """Kade's default server with two workers, its background worker left out unless it's asked for."""
    port = free_port()
    command = [str(BIN / "forum"), "serve", "--port", str(port), "--workers", str(WORKERS)]
    command += [] if has_worker else ["--no-worker"]
    with process(command, site.environ, port, "/healthz") as running:
        yield running


@contextmanager
def limit_a() -> Iterator[Running]:
    port = free_port()
    command = [
        str(BIN / "gunicorn"), "--worker-class", "sync", "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}",
        "--log-level", "error", "bench.limit_a:application",
    ]  # fmt: skip
    with process(command, dict(os.environ), port, "/") as running:
        yield running


@contextmanager
def process(command: list[str], environ: dict[str, str], port: int, path: str) -> Iterator[Running]:
    started = subprocess.Popen(command, env=environ, cwd=ROOT, start_new_session=True)  # our own servers
    try:
        wait_for(f"http://127.0.0.1:{port}{path}")
        yield Running(port, started.pid)
    finally:
        started.send_signal(signal.SIGTERM)
        try:
            started.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            print(f"bench: {command[0]} did not end on SIGTERM", file=sys.stderr)


def wait_for(url: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):  # a loopback address
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def memory(pid: int) -> int:
    """PSS of a process and its children, in bytes; what they share counts once."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own_memory(pid) + sum(memory(int(child)) for child in children)


def own_memory(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
