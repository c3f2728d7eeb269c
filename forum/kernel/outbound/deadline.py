"""One hourglass for all of an errand. Time-outs of single reads don't bound an answer that drips."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

from forum.kernel.outbound.errors import TooSlow


class Deadline:
    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.ends

    def left(self) -> float:
        """Seconds, more than none. Raises TooSlow."""
        seconds = self.ends - time.monotonic()
        if seconds <= 0:
            raise TooSlow("the time for it is over")
        return seconds

    @contextlib.contextmanager
    def cuts(self, connection: socket.socket) -> Iterator[None]:
        """Shut the connection when time is over, whatever reads from it, TLS or not."""
        twin = connection.dup()  # wrapping for TLS takes the descriptor away from `connection`
        timer = threading.Timer(self.left(), _shut, (twin,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            twin.close()


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # closed by the other side meanwhile
        connection.shutdown(socket.SHUT_RDWR)
