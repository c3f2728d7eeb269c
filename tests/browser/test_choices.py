"""A reader's own theme and language, on pages that are kept for all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sights import Way, stay, unconfirmed
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Tight places: many words in a row, or in a narrow column.
DUTCH = ("/", "/topics", "/organisations", "/members", "/sign-up", "/sign-in")
DUTCH_FOR_MEMBERS = ("/posts/new?kind=event", "/settings/profile", "/settings/account", "/settings/sessions", "/drafts")
PAPER = "getComputedStyle(document.body).backgroundColor"


def choose(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("contentinfo").get_by_role("button", name=words).click()


def test_theme_is_kept_from_page_to_page(visitors: Visitors, post: str, scripts: bool) -> None:
    page = visitors.come(scripts=scripts, color_scheme="light")
    page.goto(post)
    light = page.evaluate(PAPER)
    choose(page, "Dark")
    assert page.url.endswith(post)
    page.goto("/topics")
    assert page.evaluate(PAPER) != light
    choose(page, "Automatic")
    assert page.evaluate(PAPER) == light


def test_language_is_kept_from_page_to_page(visitors: Visitors, scripts: bool) -> None:
    page = visitors.come("phone", scripts=scripts)
    page.goto("/")
    choose(page, "Nederlands")
    page.goto("/topics")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.get_by_role("heading", level=1)).to_have_text("Onderwerpen")
    choose(page, "English")
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(("come", "paths"), [(stay, DUTCH), (unconfirmed, DUTCH_FOR_MEMBERS)], ids=["reader", "member"])
def test_longer_words_fit_a_narrow_screen(visitors: Visitors, post: str, come: Way, paths: tuple[str, ...]) -> None:
    page = visitors.come()
    come(page)  # a member of this test's own: the choice is kept with the account
    page.goto("/")
    choose(page, "Nederlands")
    page.set_viewport_size({"width": 320, "height": 800})
    widths = {}
    for path in (*paths, post):
        page.goto(path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert {path for path, width in widths.items() if width > 320} == set()
