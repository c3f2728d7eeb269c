"""A moderator at the queue, by keys alone, and what a script adds to a case."""

from __future__ import annotations

import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sights import at, sent, something_waits
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def rosa(visitors: Visitors, post: str) -> Page:
    """A moderator at the list, in which two comments of somebody else's wait at least."""
    page, author = visitors.come(member="rosa"), visitors.come(member="joost", scripts=False)
    something_waits(page)
    for _time in range(2):
        sent(at(post), "Post comment", body=f"We have planters for sale, {secrets.token_hex(4)}.")(author)
    page.goto("/moderation?lane=new members")
    return page


def press(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_keys_lead_through_cases_decide_and_take_back(rosa: Page) -> None:
    press(rosa, "j")
    first = rosa.url
    press(rosa, "j")
    assert rosa.url != first
    press(rosa, "k")
    assert rosa.url == first
    rosa.keyboard.press("h")
    expect(rosa.get_by_label("Hand over to a colleague")).to_be_focused()
    rosa.keyboard.press("Escape")
    rosa.keyboard.press("r")
    expect(rosa.get_by_label("Ground")).to_be_focused()
    rosa.keyboard.press("Escape")
    press(rosa, "a")
    expect(rosa.get_by_text("Decided: published.")).to_be_visible()
    press(rosa, "u")
    assert rosa.url == first


def test_ground_brings_words_and_never_writes_over_ones_own(rosa: Page) -> None:
    press(rosa, "j")
    ground, facts = rosa.get_by_label("Ground"), rosa.get_by_label("Facts, in your own words")
    ground.select_option("no-advertising")
    expect(facts).to_have_value("This breaks the house rule “No spam, no advertising”.")
    rosa.get_by_text("Words to begin with").click()
    rosa.get_by_role("button", name="“Stay with the subject”").click()
    expect(facts).to_have_value("This breaks the house rule “Stay with the subject”.")
    expect(ground).to_have_value("on-topic")
    facts.fill("It sells planters.")
    ground.select_option("no-advertising")
    expect(facts).to_have_value("It sells planters.")
