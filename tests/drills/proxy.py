"""What stands between a site and its database, and can be taken away."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

SIZE = 65536


class Proxy:
    """Passes on what it is sent to a port of this machine, while it's there."""

    def __init__(self, port: int, to: int) -> None:
        self.port, self.to = port, to
        self.open: list[socket.socket] = []
        self.begin()

    def begin(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=100)
        threading.Thread(target=self._accept, daemon=True).start()

    def end(self) -> None:
        """Every connection breaks, and nobody listens any more."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for one in self.open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.open.clear()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self.listener.accept()
                there = socket.create_connection(("127.0.0.1", self.to))
                self.open += [here, there]
                for pair in ((here, there), (there, here)):
                    threading.Thread(target=_pass_on, args=pair, daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while sent := one.recv(SIZE):
            other.sendall(sent)
        other.shutdown(socket.SHUT_RDWR)
