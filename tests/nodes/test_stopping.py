"""A server that is told to stop finishes what it has begun: under load no request that was taken fails."""

from __future__ import annotations

import errno
import http.client
import signal
import threading
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.site import in_time, prepared, served

pytestmark = pytest.mark.drill

CLIENTS, BEFORE = 8, 300
# What the kernel had taken, and no process yet, when the last of them stopped listening: one of 350 in one of three
# runs. It got no answer, so a proxy asks another node.
RESET, QUEUED = f"failed: {ConnectionResetError(errno.ECONNRESET, 'Connection reset by peer')!r}", 2
# From the front door, from the application, and one that writes its answer's cookie.
ASKS = (("GET", "/", ""), ("GET", "/members?q=a", ""), ("POST", "/theme", "value=dark&back=/"))


class Load:
    """Clients that ask until nobody listens any more. Each request has a connection of its own, as from a proxy."""

    def __init__(self, address: str) -> None:
        self.address = urlsplit(address).netloc
        self.outcomes: Counter[str] = Counter()
        self.threads = [threading.Thread(target=self._run, args=(number,)) for number in range(CLIENTS)]
        for one in self.threads:
            one.start()

    def _run(self, number: int) -> None:
        while True:
            number += 1
            outcome = self._ask(*ASKS[number % len(ASKS)])
            self.outcomes[outcome] += 1
            if outcome == "nobody listens":
                return

    def _ask(self, method: str, path: str, body: str) -> str:
        connection = http.client.HTTPConnection(self.address, timeout=60)
        try:
            connection.connect()
        except ConnectionRefusedError:
            return "nobody listens"
        try:
            connection.request(
                method, path, body, {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            )
            answer = connection.getresponse()
            answer.read()
        except OSError as error:
            return f"failed: {error!r}"
        except http.client.HTTPException as error:
            return f"failed: {error!r}"
        finally:
            connection.close()
        return str(answer.status)


def test_server_that_is_told_to_stop_fails_no_request(tmp_path: Path) -> None:
    site = prepared(tmp_path, "init")
    with served(site) as server:
        load = Load(site.address)
        in_time(lambda: sum(load.outcomes.values()) > BEFORE or None, "load")
        server.send_signal(signal.SIGTERM)
        for one in load.threads:
            one.join()
        assert server.wait(60) == 0
    assert set(load.outcomes) <= {"200", "303", "nobody listens", RESET}, load.outcomes
    assert load.outcomes[RESET] <= QUEUED, load.outcomes
