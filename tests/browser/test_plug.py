"""The plug is pulled while somebody writes, at every point: the words are there afterwards.

The clock of the page is the test's, so that nobody waits for the ten seconds between two savings.
"""

from __future__ import annotations

import os
import secrets
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.sights import click
from tests.browser.site import prepared, served
from tests.browser.test_drafts import ROUND, without_drafts
from tests.browser.visitors import SAMPLE_PASSWORD, Visitors, enter, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
KEPT = "on this device and in your account"


@pytest.fixture
def words() -> str:
    return f"Words of an evening, {secrets.token_hex(4)}."


@pytest.fixture
def page(visitors: Visitors) -> Page:
    """Amira, about to write a post."""
    page = without_drafts(visitors.come(member="amira"))
    return open_form(page)


def open_form(page: Page) -> Page:
    page.clock.install()
    page.goto("/posts/new")
    expect(page.get_by_role("button", name="Bold")).to_be_visible()
    return page


def device(visitors: Visitors) -> Page:
    """Another one of Amira's."""
    return open_form(visitors.come("phone", member="amira"))


def text(page: Page) -> Locator:
    return page.get_by_label("Text", exact=True)


def said(page: Page) -> Locator:
    return page.locator("form [data-saved]")


def write(page: Page, words: str) -> None:
    text(page).fill(words)
    page.clock.run_for(1_000)
    expect(said(page)).to_contain_text("on this device")


def write_and_keep(page: Page, words: str) -> None:
    """Until the account has it."""
    write(page, words)
    with page.expect_response("**/drafts/kept"):
        page.clock.run_for(ROUND)
    expect(said(page)).to_contain_text(KEPT)


def listed(page: Page) -> Locator:
    page.goto("/drafts")
    return page.get_by_role("listitem")


def test_words_follow_to_another_device(visitors: Visitors, page: Page, words: str) -> None:
    """Into the form that they were typed in, whichever kind of post is opened there."""
    page.goto("/posts/new?kind=question")
    write_and_keep(page, words)
    other = device(visitors)
    expect(said(other)).to_contain_text("is kept in your account")
    other.get_by_role("button", name="Put it back").click()
    expect(other.locator("input[name=kind]")).to_have_value("question")
    expect(text(other)).to_have_value(words)


def test_tab_that_closes_at_once_leaves_its_words_in_the_account(visitors: Visitors, page: Page, words: str) -> None:
    text(page).fill(words)
    page.goto("/topics")
    expect(listed(device(visitors)).filter(has_text=words)).to_have_count(1)


def test_no_network_keeps_words_here_and_brings_them_later(page: Page, words: str) -> None:
    page.context.set_offline(True)
    write(page, words)
    page.clock.run_for(ROUND)
    expect(said(page)).to_contain_text("There is no connection")
    page.context.set_offline(False)
    page.clock.run_for(60_000)
    expect(said(page)).to_contain_text(KEPT)


def test_sending_without_a_network_sends_nothing_and_says_so(page: Page, words: str) -> None:
    write(page, words)
    page.context.set_offline(True)
    page.get_by_role("button", name="Save draft").click()
    expect(said(page)).to_contain_text("There is no connection, so nothing was sent")
    expect(text(page)).to_have_value(words)


@pytest.mark.parametrize("status", [401, 403, 413, 422, 429, 500, 503])
def test_refusal_of_any_kind_keeps_words_here(visitors: Visitors, page: Page, words: str, status: int) -> None:
    page.route("**/drafts/kept", lambda route: route.fulfill(status=status, json={"message": "No."}))
    write(page, words)
    page.clock.run_for(ROUND)
    expect(said(page)).not_to_contain_text(KEPT)
    expect(said(page)).to_contain_text("on this device")
    page.unroute("**/drafts/kept")
    visitors.excuse()
    write_and_keep_later(page, f"{words} And more.")
    expect(text(page)).to_have_value(f"{words} And more.")


def write_and_keep_later(page: Page, words: str) -> None:
    """After the pause that a refusal asks for."""
    text(page).fill(words)
    page.clock.run_for(90_000)
    expect(said(page)).to_contain_text(KEPT)


def test_session_that_ended_goes_on_after_signing_in_elsewhere(page: Page, words: str) -> None:
    page.context.clear_cookies()
    write(page, words)
    page.clock.run_for(ROUND)
    expect(said(page)).to_contain_text("Your session has ended")
    sign_in(page.context.new_page(), "amira", SAMPLE_PASSWORD)
    write_and_keep_later(page, f"{words} And more.")


def test_other_window_is_asked_about_and_not_written_over(visitors: Visitors, page: Page, words: str) -> None:
    other = device(visitors)
    write_and_keep(page, words)
    write(other, "Something else")
    other.clock.run_for(ROUND)
    expect(said(other)).to_contain_text("Other words")
    expect(text(other)).to_have_value("Something else")
    other.get_by_role("button", name="Use those").click()
    expect(text(other)).to_have_value(words)


def test_own_words_are_kept_over_those_of_another_window_when_chosen(
    visitors: Visitors, page: Page, words: str
) -> None:
    other = device(visitors)
    write_and_keep(page, "Something else")
    write(other, words)
    other.clock.run_for(ROUND)
    other.get_by_role("button", name="Keep what stands here").click()
    expect(said(other)).to_contain_text(KEPT)
    expect(listed(other).filter(has_text=words)).to_have_count(1)


def publish(page: Page) -> None:
    page.get_by_label("Title").fill("A title that stays")
    page.get_by_label("Main topic").select_option(index=1)
    click(page, page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("A title that stays")


def test_draft_sent_elsewhere_is_not_brought_back_and_later_words_stay(
    visitors: Visitors, page: Page, words: str
) -> None:
    write_and_keep(page, "Sent")
    other = device(visitors)
    other.get_by_role("button", name="Put it back").click()
    other.clock.run_for(ROUND)
    expect(said(other)).to_contain_text(KEPT)
    publish(other)
    text(page).fill(words)
    page.clock.run_for(ROUND)
    expect(said(page)).to_contain_text("This was sent or discarded in another window")
    page.get_by_role("button", name="Keep it as a new draft").click()
    expect(said(page)).to_contain_text(KEPT)
    expect(listed(page).filter(has_text=words)).to_have_count(1)


def test_saving_that_arrives_after_sending_brings_nothing_back(page: Page, words: str) -> None:
    write(page, words)
    with page.expect_request("**/drafts/kept") as asked:
        page.clock.run_for(ROUND)
    body = asked.value.post_data or ""
    expect(said(page)).to_contain_text(KEPT)
    publish(page)
    assert page.request.post("/drafts/kept", data=body, headers=FORM).status == 409
    expect(listed(page).filter(has_text=words)).to_have_count(0)


def test_server_killed_while_writing_and_sending_loses_nothing(chromium: Browser, tmp_path: Path, words: str) -> None:
    site = prepared(tmp_path, "demo", "--prepare-only")
    visitors = Visitors(site, chromium, {})
    page = visitors.come()
    with served(site) as server:
        sign_in(page, "amira", SAMPLE_PASSWORD)
        open_form(page)
        write_and_keep(page, "The beginning.")
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(10)
        write(page, words)
        page.clock.run_for(ROUND)
        expect(said(page)).to_contain_text("There is no connection")
        page.get_by_role("button", name="Save draft").click()
        page.wait_for_url("chrome-error://**")
    with served(site):
        page.goto(f"{site.address}/posts/new")
        page.get_by_role("button", name="Put it back").click()
        expect(text(page)).to_have_value(words)
    visitors.leave()


def test_comment_is_kept_in_the_account_for_its_own_place(visitors: Visitors, post: str, words: str) -> None:
    page = without_drafts(visitors.come(member="amira"))
    page.clock.install()
    page.goto(post)
    page.get_by_label("Your comment").fill(words)
    page.clock.run_for(1_000)
    with page.expect_response("**/drafts/kept"):
        page.clock.run_for(ROUND)
    expect(said(page).first).to_contain_text(KEPT)
    expect(listed(page).filter(has_text=words)).to_contain_text("Comment")
    click(page, page.get_by_role("listitem").filter(has_text=words).get_by_role("link").first)
    expect(page.get_by_label("Your comment")).to_have_value(words)
    click(page, page.get_by_role("button", name="Post comment"))
    expect(page.get_by_role("article").filter(has_text=words).last).to_be_in_viewport()
    expect(listed(page).filter(has_text=words)).to_have_count(0)


def test_words_of_a_session_that_ended_come_back_and_close_their_draft(page: Page, words: str) -> None:
    write_and_keep(page, words)
    page.get_by_label("Title").fill("A title that stays")
    page.get_by_label("Main topic").select_option(index=1)
    page.context.clear_cookies()
    click(page, page.get_by_role("button", name="Publish", exact=True))
    enter(page, "amira")
    click(page, page.get_by_role("button", name="Send it now"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A title that stays")
    expect(listed(page).filter(has_text=words)).to_have_count(0)
