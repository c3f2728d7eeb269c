"""Ten thousand followers, and a worker that is killed in the middle.

`make drills` runs the long form, and holds it to its minute; what the killed take to start again isn't counted.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select

from forum.accounts.models import Member
from forum.config import ROOT
from forum.following.models import Follow
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.kernel.events import record
from forum.notifications.models import Notification
from forum.posts.events import PostPublished
from forum.posts.models import Post
from forum.search.models import SearchChange
from tests import factories
from tests.conftest import SECRET
from tests.drills.sizes import LONG
from tests.notifications.happenings import Happenings
from tests.statements import counted

pytestmark = pytest.mark.drill
FOLLOWERS, WITHIN_S = 10_000 if LONG else 2_000, 60
SOME, KILLS = (FOLLOWERS, 5) if LONG else (1_000, 2)
PATIENCE_S = 120


def followed_by(number: int) -> Post:
    """A post under a topic that so many follow; nobody was told of it yet, and the index has nothing to do for them."""
    topic, now = factories.topic("energy"), clock.now()
    made: Post = factories.post(under=topic)
    same = {"name": "Reader", "state": "unconfirmed", "created_at": now, "languages": [], "role": "member"}
    names = [f"reader{one}" for one in range(number)]
    with transaction() as session:
        session.execute(insert(Member), [{**same, "username": one, "username_key": one} for one in names])
        readers = session.scalars(select(Member.id).where(Member.name == "Reader")).all()
        follow = {"kind": "topic", "target_id": topic.id, "level": "every", "created_at": now}
        session.execute(insert(Follow), [{**follow, "member_id": one} for one in readers])
        session.execute(delete(SearchChange))
    return made


def announce(post: Post) -> None:
    with transaction():
        record(PostPublished(post.id, post.author_id, None))


def environ(app: Flask, folder: Path) -> dict[str, str]:
    settings = app.extensions["settings"]
    own = {"FORUM_DATA_DIR": str(folder), "FORUM_DATABASE_URL": settings.database_url, "FORUM_SECRET_KEY": SECRET}
    return {**os.environ, **own}


def start_s(app: Flask, folder: Path) -> float:
    """How long a program takes to be there, on a machine that does other things at this moment."""
    begin = time.monotonic()
    load = "from forum.app import create_app; create_app()"
    subprocess.run((sys.executable, "-c", load), cwd=ROOT, env=environ(app, folder), check=True)
    return time.monotonic() - begin


@contextmanager
def worker(app: Flask, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """As an operator runs it, on the test's database."""
    program = (sys.executable, "-c", "from forum.cli import main; main()", "worker")
    process = subprocess.Popen(program, cwd=ROOT, env=environ(app, folder))
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def told() -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(Notification)).one()


def wait_for(number: int) -> None:
    """Until so many were told; another process does it, so it can only be looked for again."""
    end = time.monotonic() + PATIENCE_S
    while told() < number and time.monotonic() < end:
        time.sleep(0.02)


def announced(app: Flask, post: Post) -> int:
    """How many statements the author's request makes for it."""
    with counted(app) as made:
        announce(post)
    return len(made)


def test_many_followers_cost_their_author_nothing_and_are_told_in_time(app: Flask, happen: Happenings) -> None:
    few, post = announced(app, factories.post()), followed_by(FOLLOWERS)
    happen.deliver()
    many = announced(app, post)
    before, start = told(), time.monotonic()
    happen.deliver()
    took = time.monotonic() - start
    assert (many - few <= 1, told() - before, took < WITHIN_S) == (True, FOLLOWERS, True)


def test_all_are_told_in_time_and_nobody_twice_though_the_worker_is_killed(app: Flask, tmp_path: Path) -> None:
    announce(followed_by(SOME))
    allowed = WITHIN_S + KILLS * start_s(app, tmp_path)
    start = time.monotonic()
    for kill in range(KILLS):
        with worker(app, tmp_path):
            wait_for(SOME * kill // (KILLS + 1) + 1)
    with worker(app, tmp_path):
        wait_for(SOME)
    took = time.monotonic() - start
    members = db.session.scalars(select(func.count(Notification.member_id.distinct()))).one()
    assert (told(), members, took < allowed) == (SOME, SOME, True), f"{took:.0f} s of {allowed:.0f}"
