"""The main journey as a newcomer makes it: wide and on a phone, with scripts and without."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PASSWORD = "a long enough sentence"  # of members that exist for one test


def sign_up(page: Page, site: Site, username: str) -> None:
    page.goto("/sign-up")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Name", exact=True).fill("Noor Okafor")
    page.get_by_label(re.compile("E-mail")).fill(f"{username}@example.org")
    page.get_by_label(re.compile("^Password")).fill(PASSWORD)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.goto(site.link_to(f"{username}@example.org"))
    page.locator("main").get_by_role("button").first.click()


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in")
    page.get_by_label(re.compile("Username")).fill(username)
    page.get_by_label(re.compile("^Password")).fill(password)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


@pytest.fixture
def newcomer(page: Page, site: Site) -> str:
    username = f"noor-{secrets.token_hex(4)}"
    sign_up(page, site, username)
    if "/sign-out" not in page.content():
        sign_in(page, username)
    return username


def first_post(page: Page) -> None:
    page.goto("/?tab=top")
    page.locator("article.entry h2 a").first.click()


def test_newcomer_replies_edits_and_takes_back(page: Page, newcomer: str) -> None:
    first_post(page)
    form = page.locator("#write-comment form.composer")
    form.get_by_label("Your comment").fill("We tried this on **our** quay too.")
    form.get_by_role("button", name="Post comment").click()
    mine = page.locator("article.comment", has_text="We tried this on our quay too.").first
    expect(mine).to_be_visible()
    mine.get_by_role("link", name="Edit").click()
    page.get_by_label(re.compile("comment", re.IGNORECASE)).first.fill("We tried this on our quay, twice.")
    page.locator("main").get_by_role("button", name="Save").click()
    mine = page.locator("article.comment", has_text="We tried this on our quay, twice.").first
    mine.get_by_role("button", name="Withdraw").click()
    expect(page.locator("article.comment", has_text="twice.")).to_have_count(0)


def test_newcomer_answers_someone_in_the_thread(page: Page, newcomer: str) -> None:
    first_post(page)
    page.locator("article.comment").first.get_by_role("link", name="Reply").click()
    reply = page.locator("form.composer", has=page.locator('input[name="parent_id"]:not([value=""])')).first
    reply.locator("textarea").fill("Thank you, that answers it.")
    reply.locator("button[data-submit]").click()
    expect(page.locator("article.comment", has_text="Thank you, that answers it.").first).to_be_visible()


def test_newcomer_recommends_and_takes_it_back(page: Page, newcomer: str) -> None:
    first_post(page)
    button = page.locator("article.comment button[name=value]").first
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    button = page.locator("article.comment button[name=value]").first
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(page.locator("article.comment button[name=value]").first).to_have_attribute("aria-pressed", "false")


def test_newcomer_publishes_a_write_up_after_a_preview(page: Page, newcomer: str) -> None:
    page.goto("/posts/new")
    page.locator("#f-title").fill("What the quay wall cost us in the end")
    page.locator("main input[name=topics]").first.check()
    page.locator("textarea[name=body]").fill("## Three winters\n\nIt was **dry** under the sheets.")
    page.locator("main button[name=preview], main button[value=preview]").first.click()
    expect(page.locator("[data-preview] strong, .composer__preview strong").first).to_have_text("dry")
    page.locator("main").get_by_role("button", name="Publish").click()
    expect(page.locator("h1")).to_have_text("What the quay wall cost us in the end")
