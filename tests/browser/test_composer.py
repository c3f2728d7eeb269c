"""What the composer does beyond being a form: whose voice it is, and how the text will look."""

from __future__ import annotations

import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sights import click
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CITY = "City of Oosterkade"


@pytest.fixture
def representative(visitors: Visitors, post: str, scripts: bool) -> Page:
    """Joost, who may speak for his city, at a discussion."""
    page = visitors.come(member="joost", scripts=scripts)
    page.goto(post)
    return page


def test_official_reply_shows_whose_it_is(representative: Page, scripts: bool) -> None:
    page, words = representative, f"The city answers, {secrets.token_hex(4)}."
    page.get_by_role("group", name="Writing as").get_by_label(CITY).check()
    page.get_by_label("Your comment").fill(words)
    click(page, page.get_by_role("button", name=f"Publish as {CITY}" if scripts else "Post comment"))
    reply = page.get_by_role("article", name=f"Official reply by {CITY}").filter(has_text=words)
    expect(reply).to_be_in_viewport()
    expect(reply).to_contain_text("written by Joost Brandsma")
    expect(page.get_by_role("group", name="Writing as").get_by_label("Joost Brandsma")).to_be_checked()


def test_preview_is_as_readers_will_see_it(representative: Page, scripts: bool) -> None:
    page = representative
    page.get_by_label("Your comment").fill("It was **dry**.")
    page.get_by_role("button", name="Preview").last.click()
    expect(page.locator("[data-preview] strong")).to_have_text("dry")
    expect(page.get_by_label("Your comment")).to_have_value("It was **dry**.")


def test_preview_follows_the_typing(visitors: Visitors) -> None:
    page = visitors.come(member="amira")
    page.goto("/posts/new")
    page.get_by_role("button", name="Show full preview").click()
    page.get_by_label("Text", exact=True).press_sequentially("- one\n- two")
    expect(page.locator("[data-preview] li")).to_have_text(["one", "two"])
