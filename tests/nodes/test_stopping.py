"""A server that is told to stop finishes what it has begun: under load no request that was taken fails."""

from __future__ import annotations

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
# From the front door, from the application, and one that writes its answer's cookie.
ASKS = (("GET", "/", ""), ("GET", "/members?q=a", ""), ("POST", "/theme", "value=dark&back=/"))
NOBODY = "nobody listens"


class Load:
    """Clients that ask until nobody listens any more: each on one connection for as long as the server keeps it, as a
    browser does, or with a connection for each request, as some proxies do.
    """

    def __init__(self, address: str, *, keeps: bool) -> None:
        self.address = urlsplit(address).netloc
        self.keeps = keeps
        self.outcomes: Counter[str] = Counter()
        self.threads = [threading.Thread(target=self._run, args=(number,)) for number in range(CLIENTS)]
        for one in self.threads:
            one.start()

    def _run(self, number: int) -> None:
        connection = http.client.HTTPConnection(self.address, timeout=60)
        outcome = ""
        while outcome != NOBODY:
            number += 1
            outcome = self._ask(connection, *ASKS[number % len(ASKS)])
            self.outcomes[outcome] += 1
            if not self.keeps:
                connection.close()

    def _ask(self, connection: http.client.HTTPConnection, method: str, path: str, body: str) -> str:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            if connection.sock is None:
                connection.connect()
        except ConnectionRefusedError:
            return NOBODY
        try:
            connection.request(method, path, body, kind)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            return f"failed: {error!r}"
        return str(answer.status)


@pytest.mark.parametrize("keeps", [True, False], ids=["kept", "new"])
def test_server_that_is_told_to_stop_fails_no_request(tmp_path: Path, *, keeps: bool) -> None:
    site = prepared(tmp_path, "init")
    with served(site) as server:
        load = Load(site.address, keeps=keeps)
        in_time(lambda: sum(load.outcomes.values()) > BEFORE or None, "load")
        server.send_signal(signal.SIGTERM)
        for one in load.threads:
            one.join()
        assert server.wait(60) == 0
    assert set(load.outcomes) == {"200", "303", NOBODY}, load.outcomes
    assert load.outcomes[NOBODY] == CLIENTS
