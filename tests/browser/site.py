"""A site that is being served on a port of its own, as an operator would: by the command line."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import TypeVar

from forum.config import ROOT

PROGRAM = (sys.executable, "-c", "from forum.cli import main; main()")
WAIT_S = 60
PAUSE_S = 0.05

Found = TypeVar("Found")


@dataclass(frozen=True)
class Site:
    """Where it is served, and its settings."""

    address: str
    environ: Mapping[str, str]

    def run(self, *arguments: str) -> str:
        """What a command of `forum` prints. Raises CalledProcessError."""
        done = subprocess.run(
            (*PROGRAM, *arguments), env=self.environ, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def link_to(self, address: str) -> str:
        """The first link to this site in the newest letter to someone; the worker may still be writing it."""
        return _in_time(lambda: self._find_link(address), f"a letter with a link to {address}")

    def _find_link(self, address: str) -> str | None:
        folder = Path(self.environ["FORUM_DATA_DIR"]) / "mail"
        for path in sorted(folder.glob("*.eml"), reverse=True):
            letter = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
            body = letter.get_body(("plain",))
            if address in str(letter["To"]) and body is not None:
                found = re.search(re.escape(self.address) + r"/\S+", body.get_content())
                return found[0] if found else None
        return None

    def _answers(self) -> bool | None:
        try:
            urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
        except OSError:
            return None
        return True


@contextmanager
def serving(data: Path, *prepare: str) -> Iterator[Site]:
    """Run the command `prepare` on a new data folder, then serve it with the worker beside."""
    port = _free_port()
    site = Site(
        f"http://localhost:{port}",
        {**os.environ, "FORUM_DATA_DIR": str(data), "PORT": str(port), "FORUM_RATE_LIMITS": "off"},
    )
    site.run(*prepare)
    server = subprocess.Popen((*PROGRAM, "serve", "--port", str(port)), env=site.environ, cwd=ROOT)
    try:
        _in_time(site._answers, "an answer of the server")
        yield site
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(WAIT_S)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def _in_time(find: Callable[[], Found | None], what: str) -> Found:
    """Ask until there is something. What happens in another process can only be looked for again."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        found = find()
        if found is not None:
            return found
        time.sleep(PAUSE_S)
    raise AssertionError(f"there was no {what} in {WAIT_S} s")
