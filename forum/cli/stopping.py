"""How a server stops without hanging up on anybody.

Granian answers what its processes have accepted, and closes the rest: connections that the kernel took and no process
had accepted are reset, and one that is kept open may be closed while its next request is on the way (RFC 9112 §9.5).
So before granian hears of it, its processes take leave: they let in no new connection, accept those that wait, and say
on each answer that it's the last on its connection.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import struct
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from granian.server.mp import MPServer, WorkerProcess

TAKE_LEAVE, STOPS = signal.SIGUSR1, (signal.SIGTERM, signal.SIGINT)
# Those who ask all the time have asked once more by then; what waits to be accepted takes far less.
LEAVE_S = 0.3
LINE = ("Connection", "close")
# <asm-generic/socket.h>; Python doesn't name it.
SO_ATTACH_FILTER = 26
# One instruction of a classic BPF program, `return 0`: keep no byte of any packet.
DROP = struct.pack("HBBI", 0x06, 0, 0, 0)


class Leaving:
    """WSGI middleware: once told, each answer is the last on its connection."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app
        self.is_told = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not self.is_told:
            return self.app(environ, start_response)

        def last(status: str, headers: list[tuple[str, str]], *more: Any) -> Callable[[bytes], object]:
            return start_response(status, [*headers, LINE], *more)

        return self.app(environ, last)

    def take_leave(self, *_: object) -> None:
        self.is_told = True
        let_nobody_in()


def load() -> Leaving:
    """The application of a process that granian started, in its main thread."""
    from wsgi import application

    app = Leaving(application)
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)  # until granian's stand: those it was forked with are its parent's
    signal.signal(TAKE_LEAVE, app.take_leave)
    return app


def leave_first(server: MPServer) -> None:
    """Have a server that is told to stop tell its processes before. Called once its own handlers stand."""
    signal.signal(TAKE_LEAVE, signal.SIG_IGN)  # for a process that has no handler of its own yet
    stop: Any = server.signal_handler_interrupt

    def handler(number: int, frame: FrameType | None) -> None:
        _leave(server.wrks)
        stop(number, frame)

    for number in STOPS:
        signal.signal(number, handler)


def _leave(processes: Iterable[WorkerProcess]) -> None:
    """Where a whole group is told, as by Ctrl-C, they end meanwhile; that isn't unexpected then."""
    for one in processes:
        one.interrupt_by_parent = True
        with suppress(ProcessLookupError):
            os.kill(one.inner.pid, TAKE_LEAVE)
    time.sleep(LEAVE_S)


def let_nobody_in() -> None:
    """Drop what asks for a new connection at any socket this process listens on: whoever asks again, a second later,
    finds the next server, or none. Where the system has no such filter, nothing changes.
    """
    with suppress(OSError):
        for open_file in Path("/proc/self/fd").iterdir():
            with suppress(OSError):
                _drop_new(int(open_file.name))


def _drop_new(descriptor: int) -> None:
    """Raises OSError where it isn't a socket, or takes no filter."""
    one = socket.socket(fileno=descriptor)
    try:
        if one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            program = ctypes.create_string_buffer(DROP)
            one.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HP", 1, ctypes.addressof(program)))
    finally:
        one.detach()
