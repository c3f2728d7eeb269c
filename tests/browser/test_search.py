"""The search box: a combobox by keyboard, a plain form without scripts; filters in a fold on phones."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import in_time
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def is_built(page: Page) -> bool | None:
    """The worker builds the index of a new site in its first seconds."""
    return True if 'class="result"' in page.request.get("/search?q=oosterkade").text() else None


@pytest.fixture
def reader(visitors: Visitors) -> Page:
    page = visitors.come()
    in_time(lambda: is_built(page), "index")
    page.goto("/topics")
    return page


def test_slash_and_arrows_lead_to_what_is_suggested(reader: Page) -> None:
    reader.keyboard.press("/")
    reader.keyboard.type("oosterk")
    box = reader.get_by_role("combobox")
    expect(reader.get_by_role("option").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    reader.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("suggest-"))
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile("/organisations/city-of-oosterkade"))


def test_enter_searches_for_what_was_typed_whatever_the_list_does(reader: Page) -> None:
    option = reader.get_by_role("option")
    for keys, words in (((), "kerb"), (("Escape",), "kerb"), (("ArrowDown", "s"), "kerbs")):
        reader.goto("/topics")
        reader.keyboard.press("/")
        reader.keyboard.type("kerb")
        expect(option.first).to_be_visible()
        for key in (*keys, "Enter"):
            reader.keyboard.press(key)
        expect(reader).to_have_url(re.compile(rf"/search\?q={words}$"))


def test_escape_calls_off_suggestions_that_are_on_their_way(reader: Page) -> None:
    reader.get_by_role("combobox").press_sequentially("kerb")
    reader.keyboard.press("Escape")
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile(r"/search\?q=kerb$"))


def test_enter_searches_without_scripts(visitors: Visitors) -> None:
    page = visitors.come(scripts=False)
    page.goto("/topics")
    page.get_by_role("searchbox").press_sequentially("kerb")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=kerb$"))
    expect(page.locator(".result mark").first).to_be_visible()


def test_slash_stays_a_letter_where_keys_are_off(reader: Page) -> None:
    reader.context.add_cookies([{"name": "keys", "value": "off", "url": reader.url}])
    reader.keyboard.press("/")
    assert reader.evaluate("document.activeElement.tagName") == "BODY"


def test_posts_like_the_open_one_come_by_themselves(visitors: Visitors, post: str) -> None:
    page = visitors.come()
    page.goto(post)
    part = page.locator("[data-later]")
    part.scroll_into_view_if_needed()
    expect(part.locator("li").first).to_be_visible()
