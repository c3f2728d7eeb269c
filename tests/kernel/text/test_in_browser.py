"""The same attempts in a real browser, with no content security policy to help."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from forum.kernel.text import present, render
from tests.kernel.text.payloads import attempts

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HEAD = "<!doctype html><title>x</title><script>hits = 0; fired = alert = () => { hits += 1 }</script>"
EVENTS = """() => document.querySelectorAll("article *").forEach((node) =>
  ["mouseover", "focus", "click", "toggle", "error", "load"].forEach((name) => node.dispatchEvent(new Event(name))))"""


@pytest.fixture(scope="module")
def shown(chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page with every attempt on it, and the addresses it asked for."""
    texts = (present(render(source, scope=f"c{number}-").html) for number, source in enumerate(attempts()))
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(HEAD + "".join(f"<article>{text}</article>" for text in texts))
    yield page, asked
    page.close()


def test_attempts_all_stand_in_the_page(shown: tuple[Page, list[str]]) -> None:
    assert shown[0].locator("article").count() == len(attempts())


def test_attempts_run_nothing(shown: tuple[Page, list[str]]) -> None:
    shown[0].evaluate(EVENTS)
    assert shown[0].evaluate("hits") == 0


def test_attempts_load_nothing_from_elsewhere(shown: tuple[Page, list[str]]) -> None:
    assert [url for url in shown[1] if not url.startswith("about:")] == []


def test_attempts_lead_to_the_web_and_to_mail_only(shown: tuple[Page, list[str]]) -> None:
    links = (
        "[...document.querySelectorAll('article a[href]')].filter((link) => !/^[#/]/.test(link.getAttribute('href')))"
    )
    schemes = shown[0].evaluate(f"[...new Set({links}.map((link) => link.protocol))].sort()")
    assert schemes == ["https:", "mailto:"]
    assert shown[0].evaluate(f"{links}.filter((link) => link.username || link.password).length") == 0
