"""The real PostgreSQL, Redis and Chromium that some tests need: one that answers, or one started for this run.

A test that finds none is skipped, or fails under CI=true.
"""

from __future__ import annotations

import atexit
import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest
import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

POSTGRES = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
REDIS = "redis://127.0.0.1:6379/0"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Redis has 16 numbered databases; the lower ones may be somebody's.
FIRST_REDIS_DATABASE, REDIS_DATABASES = 9, 7
SECONDS_TO_ANSWER = 3
TRIES_WHILE_STARTING = 200  # of 50 ms


def postgres_url() -> str:
    """The address of a PostgreSQL whose user may create databases."""
    return _postgres() or _missing("PostgreSQL", "FORUM_TEST_POSTGRES")


def redis_url() -> str:
    """The address of a Redis database that belongs to this test process alone. It may hold an earlier run's keys."""
    return _redis() or _missing("Redis", "FORUM_TEST_REDIS")


def chromium_path() -> str:
    """The path of a Chromium program."""
    return _chromium() or _missing("Chromium", "FORUM_TEST_CHROMIUM")


def _missing(name: str, variable: str) -> NoReturn:
    reason = f"needs {name}: none answers and none is on the PATH (name one with {variable})"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@cache
def _postgres() -> str | None:
    named = os.environ.get("FORUM_TEST_POSTGRES")
    if _postgres_answers(named or POSTGRES):
        return named or POSTGRES
    return None if named else _start_postgres()


def _postgres_answers(url: str) -> bool:
    engine = create_engine(make_url(url), connect_args={"connect_timeout": SECONDS_TO_ANSWER})
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    finally:
        engine.dispose()
    return True


def _start_postgres() -> str | None:
    """A cluster of this run's own, removed with it. PostgreSQL refuses to run as root, so root borrows an account."""
    initdb, pg_ctl = shutil.which("initdb"), shutil.which("pg_ctl")
    if not (initdb and pg_ctl):
        return None
    account = "nobody" if os.geteuid() == 0 else getpass.getuser()
    folder, port = _folder("kade-postgres-", account), _free_port()
    cluster = str(folder / "cluster")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    made = _run(account, initdb, "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    if not made or not _run(account, pg_ctl, "-D", cluster, "-o", options, "-l", f"{folder}/log", "-w", "start"):
        return None
    atexit.register(_run, account, pg_ctl, "-D", cluster, "-m", "immediate", "stop")
    return f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"


def _run(account: str, *command: str) -> bool:
    changed = account if os.geteuid() == 0 else None
    done = subprocess.run(
        command, user=changed, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0


def _folder(prefix: str, account: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    os.chown(folder, pwd.getpwnam(account).pw_uid, -1)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _redis() -> str | None:
    named = os.environ.get("FORUM_TEST_REDIS")
    url = named or REDIS
    if not _redis_answers(url):
        started = None if named else _start_redis()
        if started is None:
            return None
        url = started
    return f"{url.rpartition('/')[0]}/{FIRST_REDIS_DATABASE + _process_number() % REDIS_DATABASES}"


def _redis_answers(url: str, *, tries: int = 1) -> bool:
    patience = Retry(ConstantBackoff(0.05), tries - 1)
    client = redis.Redis.from_url(url, socket_connect_timeout=SECONDS_TO_ANSWER, retry=patience)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def _start_redis() -> str | None:
    program = shutil.which("redis-server")
    if not program:
        return None
    port = _free_port()
    server = subprocess.Popen(
        (program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"),
        stdout=subprocess.DEVNULL,
    )
    atexit.register(server.wait)
    atexit.register(server.terminate)
    url = f"redis://127.0.0.1:{port}/0"
    return url if _redis_answers(url, tries=TRIES_WHILE_STARTING) else None


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _process_number() -> int:
    """0 for the first of pytest's processes, 1 for the second, …"""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


@cache
def _chromium() -> str | None:
    names: Sequence[str] = CHROMIUM
    if named := os.environ.get("FORUM_TEST_CHROMIUM"):
        names = (named,)
    return next((path for name in names if (path := shutil.which(name))), None)
