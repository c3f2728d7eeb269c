"""Something else holds the database for writing: reading goes on, and what is sent comes through late or is kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from tests.drills.persistent import Persistent
from tests.drills.site import Drilled, serving
from tests.drills.sizes import SIZE

pytestmark = pytest.mark.drill


def test_locked_database_is_read_on_and_written_late(drilled: Drilled) -> None:
    with serving(drilled, "--workers", "2", "--no-worker"):
        reader, writer = Persistent(drilled), Persistent(drilled)
        with drilled.connection() as connection:
            _lock(connection.exec_driver_sql, drilled.database_url)
            sending = threading.Thread(target=writer.say, args=("drill late",))
            sending.start()
            end, read = time.monotonic() + SIZE.seconds, []
            while time.monotonic() < end:
                read.append(reader.read())
            connection.rollback()
        sending.join()
    assert (set(read), set(writer.statuses) <= {303, 503}) == ({200}, True)
    assert drilled.counts("drill ") == (1, 1, 0)


def _lock(execute: Callable[[str], object], database_url: str) -> None:
    if database_url.startswith("sqlite"):
        execute("BEGIN IMMEDIATE")
    else:
        execute("LOCK TABLE posts, comments, members IN EXCLUSIVE MODE")
