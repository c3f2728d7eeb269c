"""The worker is killed again and again while people write: all of it is found, and what is hidden never.

`make drills` runs the long form, and prints how long it took.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import random

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.comments.models import CommentState
from forum.config import ROOT
from forum.kernel.access import ANONYMOUS
from forum.kernel.db import db
from forum.posts.models import Post
from forum.search.index import engine
from forum.search.queries import page_of_results
from forum.search.wish import Wish
from tests import factories
from tests.drills.sizes import LONG
from tests.search.finding import comment, post
from tests.search.live import environ_of

pytestmark = pytest.mark.drill
COMMENTS, KILLS = (2_000, 20) if LONG else (60, 3)
SECONDS_TO_BE_FOUND = 60
PROGRAM = (sys.executable, "-c", "from forum.cli import main; main()", "worker")


@contextmanager
def worker(app: Flask) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(PROGRAM, env=environ_of(app), cwd=ROOT)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)


def found() -> int:
    db.session.rollback()
    return page_of_results(Wish("basalt", plain=True), ANONYMOUS).total


def until(wanted: int, seconds: float) -> int:
    end = time.monotonic() + seconds
    while (count := found()) < wanted and time.monotonic() < end:
        time.sleep(0.2)
    return count


def write(discussion: Post, numbers: range, author: Member) -> int:
    """Every fifth is hidden. How many aren't."""
    for number in numbers:
        state = CommentState.VISIBLE if number % 5 else CommentState.HIDDEN
        comment(discussion, "Ours are of basalt.", author, f"{number:04d}", state=state)
    return sum(number % 5 > 0 for number in numbers)


def test_killed_worker_loses_no_comment_and_shows_no_hidden_one(app: Flask) -> None:
    author, discussion, shown = factories.member(), post("Quay walls"), 0
    for start in range(KILLS):
        with worker(app):
            before, numbers = found(), range(start, COMMENTS, KILLS)
            shown += write(discussion, numbers[::2], author)
            until(before + 1, SECONDS_TO_BE_FOUND)  # it's at work now
            shown += write(discussion, numbers[1::2], author)
            until(shown, seconds=random())
            assert found() <= shown
    begun = time.monotonic()
    with worker(app):
        assert until(shown, SECONDS_TO_BE_FOUND) == shown
    print(f"{engine().name}: {shown} found {time.monotonic() - begun:.1f} s after {KILLS} kills")  # noqa: T201 - a drill's figure, seen with -s
    assert engine().trouble() == ""
