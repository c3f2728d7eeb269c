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
        return self.found_in_letter(address, re.escape(self.address) + r"/\S+")

    def found_in_letter(self, address: str, pattern: str) -> str:
        """What a pattern first finds in the newest letter to someone."""
        return in_time(lambda: self._find(address, pattern), f"a letter with {pattern} to {address}")

    def find_link(self, address: str) -> str | None:
        """The same, unless it isn't here yet. On another node of the site its links lead to the first."""
        return self._find(address, re.escape(self.environ.get("FORUM_BASE_URL", self.address)) + r"/\S+")

    def _find(self, address: str, pattern: str) -> str | None:
        folder = Path(self.environ["FORUM_DATA_DIR"]) / "mail"
        for path in sorted(folder.glob("*.eml"), reverse=True):
            letter = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
            body = letter.get_body(("plain",))
            if address in str(letter["To"]) and body is not None:
                found = re.search(pattern, body.get_content())
                return found[0] if found else None
        return None

    def answers(self) -> bool | None:
        try:
            urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
        except OSError:
            return None
        return True


@contextmanager
def serving(data: Path, *prepare: str) -> Iterator[Site]:
    """Run the command `prepare` on a new data folder, then serve it with the worker beside."""
    site = prepared(data, *prepare)
    with served(site):
        yield site


def prepared(data: Path, *prepare: str) -> Site:
    """A site on a new data folder, which nobody serves yet."""
    port = free_port()
    site = Site(
        f"http://localhost:{port}",
        {**os.environ, "FORUM_DATA_DIR": str(data), "PORT": str(port), "FORUM_RATE_LIMITS": "off"},
    )
    site.run(*prepare)
    return site


@contextmanager
def served(site: Site, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """The server, in a group of its own, so that it can be killed with all that it started."""
    server = subprocess.Popen((*PROGRAM, "serve", *options), env=site.environ, cwd=ROOT, start_new_session=True)
    try:
        in_time(site.answers, "an answer of the server")
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(WAIT_S)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def in_time(find: Callable[[], Found | None], what: str) -> Found:
    """Ask until there is something. What happens in another process can only be looked for again."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        found = find()
        if found is not None:
            return found
        time.sleep(PAUSE_S)
    raise AssertionError(f"there was no {what} in {WAIT_S} s")
