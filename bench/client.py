"""A plain HTTP/1.1 client on raw sockets, since a friendly one costs more than the server it measures.

Connections are kept open where the server keeps them. Only ever speaks to 127.0.0.1; bounded in time.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

HOST = "127.0.0.1"
PROCESSES = 2
CONNECTIONS = 4  # in each process, one after the other: the servers are busy, the client isn't in the way


@dataclass(frozen=True)
class Target:
    port: int
    path: str
    headers: tuple[tuple[str, str], ...] = ()

    def request(self) -> bytes:
        return self._head("GET", self.headers)

    def form(self, fields: Mapping[str, str]) -> bytes:
        """The request that sends a form there."""
        body = urlencode(fields).encode()
        kind = ("Content-Type", "application/x-www-form-urlencoded")
        return self._head("POST", (*self.headers, kind, ("Content-Length", str(len(body))))) + body

    def _head(self, method: str, headers: tuple[tuple[str, str], ...]) -> bytes:
        lines = [f"{method} {self.path} HTTP/1.1", f"Host: localhost:{self.port}"]
        lines += [f"{name}: {value}" for name, value in headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True)
class Tally:
    requests: int
    seconds: float
    bytes: int
    statuses: Mapping[int, int]

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


class Connection:
    def __init__(self, target: Target) -> None:
        self.target = target
        self.request = target.request()
        self.socket: socket.socket | None = None
        self.buffer = b""

    def get(self) -> tuple[int, int]:
        """Status and length of the body."""
        return self.ask(self.request)

    def ask(self, request: bytes) -> tuple[int, int]:
        self.send(request)
        return self.receive()

    def send(self, request: bytes = b"") -> None:
        if self.socket is None:
            self.socket = socket.create_connection((HOST, self.target.port), timeout=30)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.buffer = b""
        self.socket.sendall(request or self.request)

    def receive(self) -> tuple[int, int]:
        while (end := self.buffer.find(b"\r\n\r\n")) < 0:
            self._more()
        head = self.buffer[:end].decode("latin-1").lower()
        length = int(head.partition("\r\ncontent-length:")[2].partition("\r\n")[0] or 0)
        rest = end + 4 + length
        while len(self.buffer) < rest:
            self._more()
        self.buffer = self.buffer[rest:]
        if "connection: close" in head:
            self.close()
        return int(head[9:12]), length

    def _more(self) -> None:
        assert self.socket is not None
        data = self.socket.recv(262_144)
        if not data:
            raise ConnectionError(f"{self.target.path}: the server closed the connection")
        self.buffer += data

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
        self.socket = None


def hammer(target: Target, seconds: float) -> Tally:
    """As many requests as one process gets answered, some in flight at once."""
    connections = [Connection(target) for _ in range(CONNECTIONS)]
    done, size = 0, 0
    statuses: dict[int, int] = {}
    for one in connections:
        one.send()
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds:
        for one in connections:
            status, length = one.receive()
            statuses[status] = statuses.get(status, 0) + 1
            done, size = done + 1, size + length
            one.send()
    elapsed = time.perf_counter() - begin
    for one in connections:
        one.close()
    return Tally(done, elapsed, size, statuses)


def load(target: Target, seconds: float) -> Tally:
    """Hammer from PROCESSES at once and add up."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        tallies = list(pool.map(hammer, [target] * PROCESSES, [seconds] * PROCESSES))
    statuses: dict[int, int] = {}
    for tally in tallies:
        for status, count in tally.statuses.items():
            statuses[status] = statuses.get(status, 0) + count
    return Tally(
        sum(tally.requests for tally in tallies),
        max(tally.seconds for tally in tallies),
        sum(tally.bytes for tally in tallies),
        statuses,
    )


def one_by_one(target: Target, count: int) -> list[float]:
    """Seconds each of `count` sequential requests took."""
    connection = Connection(target)
    times = []
    for _ in range(count):
        begin = time.perf_counter()
        connection.get()
        times.append(time.perf_counter() - begin)
    connection.close()
    return times
