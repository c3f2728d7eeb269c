"""The main journey as a newcomer makes it: wide and on a phone, with scripts and without."""

from __future__ import annotations

import secrets

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.sights import PASSWORD
from tests.browser.site import Site
from tests.browser.visitors import Visitors, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

REPLY = "We tried this on our quay too."
TITLE = "What the quay wall cost us in the end"


def test_newcomer_makes_the_main_journey(visitors: Visitors, site: Site, size: str, scripts: bool) -> None:
    page = visitors.come(size, scripts=scripts)
    sign_up(page, site)
    open_a_post(page)
    reply(page, in_place=scripts)
    edit(page)
    recommend_and_take_back(page)
    publish_a_write_up(page)
    withdraw(page)


def sign_up(page: Page, site: Site) -> None:
    """As the front page offers it, through the letter, to the first time signed in."""
    username = f"noor-{secrets.token_hex(4)}"
    page.goto("/")
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Name", exact=True).fill("Noor Okafor")
    page.get_by_label("Username").fill(username)
    page.get_by_label("E-mail address").fill(f"{username}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mail")
    page.goto(site.link_to(f"{username}@example.org"))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your address is confirmed")
    sign_in(page, username, PASSWORD)


def open_a_post(page: Page) -> None:
    page.goto("/?tab=top")
    page.locator("main").get_by_role("article").first.get_by_role("heading").get_by_role("link").click()


def reply(page: Page, *, in_place: bool) -> None:
    thread = page.url
    page.get_by_role("article", name="Comment by").first.get_by_role("link", name="Reply").click()
    page.get_by_label("Your reply").fill(REPLY)
    assert (page.url == thread) == in_place
    page.get_by_role("button", name="Post reply").click()
    expect(mine(page)).to_be_in_viewport()
    expect(mine(page)).to_have_accessible_name("Reply by Noor Okafor")


def mine(page: Page) -> Locator:
    return page.get_by_role("article").filter(has_text=REPLY).last


def edit(page: Page) -> None:
    mine(page).get_by_role("link", name="Edit").click()
    field = page.get_by_label("Your comment")
    expect(field).to_have_value(REPLY)
    field.fill(f"{REPLY} **Twice**, in fact.")
    page.get_by_role("button", name="Save changes").click()
    expect(mine(page).locator("strong")).to_have_text("Twice")


def recommend_and_take_back(page: Page) -> None:
    button = page.get_by_role("article", name="Comment by").first.get_by_role("button", name="Recommend")
    words = button.inner_text()
    press(page, button, then="true")
    press(page, button, then="false")
    expect(button).to_have_text(words)


def press(page: Page, button: Locator, *, then: str) -> None:
    """What the button shows stays so when the page is loaded again."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        button.click()
    expect(button).to_have_attribute("aria-pressed", then)
    page.reload()
    expect(button).to_have_attribute("aria-pressed", then)


def publish_a_write_up(page: Page) -> None:
    discussion = page.url
    page.get_by_role("link", name="Write", exact=True).filter(visible=True).click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Text", exact=True).fill("## Three winters\n\nIt was **dry** under the sheets.")
    page.get_by_label("Main topic").select_option(index=1)
    page.get_by_role("button", name="Show full preview").click()
    expect(page.locator(".prose strong")).to_have_text("dry")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("article .prose strong")).to_have_text("dry")
    page.goto(discussion)


def withdraw(page: Page) -> None:
    """Its place stays, and says who took the words back."""
    place = mine(page).get_attribute("id")
    mine(page).get_by_role("button", name="Withdraw").click()
    expect(page.locator(f"#{place}")).to_have_text("Withdrawn by its author.")
    expect(page.get_by_text(REPLY)).to_have_count(0)
