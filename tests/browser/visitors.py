"""Visitors of a site: browsers of some size, with scripts or without, signed in or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    StorageState,
    ViewportSize,
)

from tests.browser.site import Site

SIZES: dict[str, ViewportSize] = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
SAMPLE_PASSWORD = "sample-quay-2026"  # of the sample community's members, printed by `forum demo`
PARTS = {"script", "stylesheet", "font", "image", "manifest"}


@dataclass
class Visitors:
    """Opens browsers, and notes what no page may do: fail, break its own policy, or ask another host for anything."""

    site: Site
    chromium: Browser
    sessions: dict[str, StorageState]
    problems: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    _open: list[BrowserContext] = field(default_factory=list)

    def come(self, size: str = "wide", *, member: str = "", scripts: bool = True, **options: Any) -> Page:
        """A new browser with one page. `member` is the username of somebody of the sample community."""
        context = self.chromium.new_context(
            base_url=self.site.address,
            viewport=SIZES[size],
            java_script_enabled=scripts,
            locale="en-GB",
            reduced_motion="reduce",
            storage_state=self._session(member) if member else None,
            **options,
        )
        self._open.append(context)
        context.set_default_timeout(10_000)
        self._watch(context)
        return context.new_page()

    def leave(self) -> None:
        for context in self._open:
            context.close()
        self._open.clear()

    def excuse(self) -> list[str]:
        """The problems so far, which a test expected."""
        expected, self.problems[:] = [*self.problems], []
        return expected

    def _session(self, member: str) -> StorageState:
        """Signed in once a run: that is made slow on purpose."""
        if member not in self.sessions:
            page = self.come()
            sign_in(page, member, SAMPLE_PASSWORD)
            self.sessions[member] = page.context.storage_state()
        return self.sessions[member]

    def _watch(self, context: BrowserContext) -> None:
        context.on("weberror", lambda error: self.problems.append(str(error.error)))
        context.on("console", self._hear)
        context.on("request", self._ask)
        context.on("response", self._answer)

    def _hear(self, line: ConsoleMessage) -> None:
        if line.type == "error" and not line.text.startswith("Failed to load resource"):
            self.problems.append(line.text)

    def _ask(self, request: Request) -> None:
        self.hosts.add(urlsplit(request.url).netloc)
        if not request.url.startswith((f"{self.site.address}/", "data:")):
            self.problems.append(f"asked elsewhere: {request.url}")

    def _answer(self, answer: Response) -> None:
        is_part = answer.request.resource_type in PARTS
        if answer.status >= 500 or (is_part and answer.status >= 400):
            self.problems.append(f"{answer.status} {answer.url}")


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/sign-in")
    enter(page, username, password)


def enter(page: Page, username: str, password: str = SAMPLE_PASSWORD) -> None:
    """Fill in the form for signing in that the page holds."""
    page.get_by_label("Username or e-mail address").fill(username)
    page.get_by_label("Password").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()
