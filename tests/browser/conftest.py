"""A real site with the sample community, and a real Chromium in front of it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from forum.config import ROOT
from tests import services

WAIT_S = 60
SIZES = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
PROGRAM = [sys.executable, "-c", "from forum.cli import main; main()"]


@dataclass(frozen=True)
class Site:
    """A site that is being served, with its worker beside it."""

    address: str
    data: Path

    def letter_to(self, address: str) -> str:
        """The words of the newest letter to someone; waits for the worker to write it."""
        end = time.monotonic() + WAIT_S
        while time.monotonic() < end:
            for path in sorted((self.data / "mail").glob("*.eml"), reverse=True):
                message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
                if address in str(message["To"]):
                    body = message.get_body(("plain",))
                    return str(body.get_content()) if body else ""
        raise AssertionError(f"no letter to {address} in {WAIT_S} s")

    def link_to(self, address: str) -> str:
        """The first link of this site in the newest letter to someone."""
        found = re.search(re.escape(self.address) + r"\S+", self.letter_to(address))
        assert found, "the letter has no link"
        return found[0]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("site")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    environ = {**os.environ, "FORUM_DATA_DIR": str(data), "PORT": str(port), "FORUM_RATE_LIMITS": "off"}
    subprocess.run([*PROGRAM, "demo", "--prepare-only"], env=environ, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    server = subprocess.Popen([*PROGRAM, "serve", "--port", str(port)], env=environ, cwd=ROOT, start_new_session=True)
    try:
        _await(f"http://localhost:{port}/healthz")
        yield Site(f"http://localhost:{port}", data)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(WAIT_S)


def _await(address: str) -> None:
    end = time.monotonic() + WAIT_S
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=services.chromium_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(params=["wide", "phone"])
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["scripts", "plain"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "scripts")


@pytest.fixture
def page(site: Site, chromium: Browser, size: str, scripts: bool) -> Iterator[Page]:  # a fixture's name
    """A visitor at a size, with scripts or without. Fails the test on any error a page reports."""
    context = chromium.new_context(
        base_url=site.address, viewport=SIZES[size], java_script_enabled=scripts, locale="en-GB"
    )
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    page.on(
        "response", lambda answer: problems.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
    )
    yield page
    context.close()
    assert problems == []
