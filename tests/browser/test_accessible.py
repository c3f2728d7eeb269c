"""Every page, for everybody: axe in both themes and at both widths, narrow screens, and HTML that needs no guessing."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Browser, Page, StorageState, ViewportSize

from forum.app import create_app
from tests.browser import axe
from tests.browser.cases import CASES
from tests.browser.sights import PAGELESS, SIGHTS, Sight
from tests.browser.site import Site
from tests.browser.visitors import SIZES, Visitors
from tests.conftest import settings_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NARROW: ViewportSize = {"width": 320, "height": 800}
SIZE_PARAMS = pytest.mark.parametrize("width", list(SIZES))


@dataclass(frozen=True)
class Seen:
    """A page that somebody came to, its HTML as the server sent it, and where a parser had to guess."""

    page: Page
    status: int
    tree: ET.Element
    guesses: list[str]


@pytest.fixture(scope="module")
def sightseers(site: Site, chromium: Browser, sessions: dict[str, StorageState]) -> Iterator[Visitors]:
    visitors = Visitors(site, chromium, sessions)
    yield visitors
    visitors.leave()


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    """One for each member, who goes from sight to sight in it."""
    return {}


@pytest.fixture(scope="module", params=(*SIGHTS, *CASES), ids=str)
def seen(request: pytest.FixtureRequest, sightseers: Visitors, pages: dict[str, Page]) -> Seen:
    """Opened once for all the tests that look at it."""
    sight: Sight = request.param
    page = pages.get(sight.member) if not sight.alone else None
    if page is None:
        page = sightseers.come(member=sight.member)
    if not sight.alone:
        pages[sight.member] = page
    answer = sight.way(page)
    assert answer is not None
    assert answer.status == sight.status
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(answer.text())
    assert sightseers.excuse() == []
    return Seen(page, answer.status, tree, [f"{place}: {name}" for place, name, _ in parser.errors])


@SIZE_PARAMS
def test_page_has_nothing_for_axe_to_say(seen: Seen, width: str) -> None:
    seen.page.set_viewport_size(SIZES[width])
    seen.page.emulate_media(color_scheme="light")
    assert axe.violations(seen.page) == []
    seen.page.emulate_media(color_scheme="dark")
    assert axe.colour_violations(seen.page) == []


def test_page_is_no_wider_than_a_narrow_screen(seen: Seen) -> None:
    seen.page.set_viewport_size(NARROW)
    too_wide = """() => [...document.querySelectorAll("body, body *")].filter((node) => {
      const box = node.getBoundingClientRect();
      return box.width && box.right > 320.5 && !node.closest(".vh, [hidden], .scroll, pre, svg, .tabs, .sorts");
    }).map((node) => node.outerHTML.slice(0, 120))"""
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], seen.page.evaluate(too_wide)


def test_page_is_valid_html(seen: Seen) -> None:
    assert seen.guesses == []


def test_page_names_each_element_once_and_refers_to_none_that_is_missing(seen: Seen) -> None:
    names = Counter(node.get("id") for node in seen.tree.iter() if node.get("id"))
    assert [name for name, times in names.items() if times > 1] == []
    assert [name for name in _references(seen.tree) if name not in names] == []


def _references(tree: ET.Element) -> Iterator[str]:
    for node in tree.iter():
        for attribute in ("for", "form", "list", "aria-labelledby", "aria-describedby", "aria-controls"):
            yield from node.get(attribute, "").split()
        if len(node.get("href", "")) > 1 and node.get("href", "").startswith("#"):
            yield node.get("href", "")[1:]


def test_page_says_what_it_is(seen: Seen) -> None:
    tree = seen.tree
    titles = ["".join(title.itertext()) for title in tree.iter("title")]
    assert len(list(tree.iter("h1"))) == 1
    assert tree.get("lang") == "en"
    assert [title.startswith("Error:") for title in titles] == [seen.status >= 400]
    assert len(_canonical(tree)) + len(_noindex(tree)) == 1


def _canonical(tree: ET.Element) -> list[ET.Element]:
    return [link for link in tree.iter("link") if link.get("rel") == "canonical"]


def _noindex(tree: ET.Element) -> list[ET.Element]:
    return [meta for meta in tree.iter("meta") if meta.get("content") == "noindex"]


def test_every_page_is_looked_at(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, f"sqlite:///{tmp_path / 'kade.sqlite3'}"))
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - {sight.endpoint for sight in (*SIGHTS, *CASES)} == PAGELESS
