"""Web workers are killed while people write: every comment that was answered is there, none twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading

import pytest

from forum.cli.serving import SECONDS_TO_GET_GOING
from tests.drills.persistent import Persistent, all_say
from tests.drills.site import Drilled, serving, web_workers
from tests.drills.sizes import SIZE

pytestmark = pytest.mark.drill


def test_killed_web_workers_lose_and_double_nothing(drilled: Drilled) -> None:
    with serving(drilled, "--workers", "2", "--no-worker") as server:
        people, done = [Persistent(drilled) for _ in range(SIZE.clients)], threading.Event()
        killer = threading.Thread(target=_kill, args=(server, done))
        killer.start()
        statuses = all_say(people, SIZE.comments)
        done.set()
        killer.join()
    assert statuses[303] >= SIZE.comments
    assert drilled.counts("drill ") == (SIZE.comments, SIZE.comments, 0)
    drilled.site.run("counters", "check")


def _kill(server: subprocess.Popen[bytes], done: threading.Event) -> None:
    """One at a time, from when the server has got going."""
    done.wait(SECONDS_TO_GET_GOING)
    for _ in range(SIZE.kills):
        if done.wait(SIZE.seconds / 4):
            return
        workers = web_workers(server)
        if workers:
            os.kill(random.choice(workers), signal.SIGKILL)  # which one makes no difference
