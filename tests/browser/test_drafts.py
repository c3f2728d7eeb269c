"""What is typed is never lost: not by closing the tab, not by a session or a discussion that ends meanwhile."""

from __future__ import annotations

import secrets

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.sights import click, publish
from tests.browser.visitors import SAMPLE_PASSWORD, Visitors, enter, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ROUND = 11_000  # ms: longer than between two savings to the account
# As a browser is that was told to let sites keep nothing.
NO_STORE = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });"""
IS_KEPT = "(words) => Object.values(localStorage).some((copy) => copy.includes(words))"


@pytest.fixture
def words() -> str:
    return f"Words of an evening, {secrets.token_hex(4)}."


def without_drafts(page: Page) -> Page:
    """Nothing that another test typed is in the account."""
    page.goto("/drafts")
    while page.get_by_role("button", name="Discard").count():
        click(page, page.get_by_role("button", name="Discard").first)
    return page


@pytest.fixture
def writer(visitors: Visitors, post: str, scripts: bool) -> Page:
    """Amira, at a discussion."""
    page = without_drafts(visitors.come(member="amira", scripts=scripts))
    page.goto(post)
    return page


@pytest.fixture
def typist(visitors: Visitors, post: str) -> Page:
    """The same, certainly with scripts."""
    page = without_drafts(visitors.come(member="amira"))
    page.goto(post)
    return page


def comment_field(page: Page) -> Locator:
    return page.get_by_label("Your comment")


def kept_note(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="is kept on this device")


def write(field: Locator, words: str) -> None:
    """Until this device has it: the line of the form may still speak of what was typed before."""
    field.fill(words)
    field.page.wait_for_function(IS_KEPT, arg=words)
    expect(field.page.get_by_role("status").filter(has_text="Draft saved on this device")).to_be_visible()


def again(page: Page) -> Page:
    """Close the tab, and open the same address in another."""
    address, context = page.url, page.context
    page.close()
    page = context.new_page()
    page.goto(address)
    return page


def send(page: Page) -> None:
    click(page, page.get_by_role("button", name="Post comment"))


def test_comment_is_offered_again_after_closing_the_tab(typist: Page, words: str) -> None:
    write(comment_field(typist), words)
    page = again(typist)
    expect(comment_field(page)).to_have_value("")
    kept_note(page).get_by_role("button", name="Put it back").click()
    expect(comment_field(page)).to_have_value(words)
    expect(comment_field(page)).to_be_focused()
    page = again(page)
    kept_note(page).get_by_role("button", name="Discard it").click()
    expect(kept_note(again(page))).to_have_count(0)


def test_words_are_kept_by_going_away_at_once(typist: Page, words: str) -> None:
    comment_field(typist).fill(words)
    here = typist.url
    typist.goto("/topics")
    typist.goto(here)
    kept_note(typist).get_by_role("button", name="Put it back").click()
    expect(comment_field(typist)).to_have_value(words)


def test_reply_is_kept_for_its_own_comment(typist: Page, words: str) -> None:
    replies = typist.get_by_role("article", name="Comment by").get_by_role("link", name="Reply")
    replies.nth(0).click()
    write(typist.get_by_label("Your reply"), words)
    replies.nth(1).click()
    expect(typist.get_by_label("Your reply")).to_have_value("")
    expect(kept_note(typist)).to_have_count(0)
    typist.reload()
    replies.nth(0).click()
    kept_note(typist).get_by_role("button", name="Put it back").click()
    expect(typist.get_by_label("Your reply")).to_have_value(words)


def test_post_is_offered_again_with_all_its_fields(typist: Page, words: str) -> None:
    """Also on the form of another kind of post: what was begun as an event goes back into an event's form."""
    typist.goto("/posts/new?kind=event")
    typist.get_by_label("Title").fill("A title")
    typist.get_by_label("Place (optional)").fill("The quay")
    write(typist.get_by_label("Text", exact=True), words)
    typist.goto("/posts/new")
    kept_note(typist).get_by_role("button", name="Put it back").click()
    expect(typist.get_by_label("Place (optional)")).to_have_value("The quay")
    expect(typist.get_by_label("Title")).to_have_value("A title")
    expect(typist.get_by_label("Text", exact=True)).to_have_value(words)


def test_changes_to_a_post_are_offered_over_its_words(typist: Page, words: str) -> None:
    publish(typist)
    click(typist, typist.get_by_role("link", name="Edit", exact=True))
    write(typist.get_by_label("Text", exact=True), words)
    page = again(typist)
    expect(page.get_by_label("Text", exact=True)).not_to_have_value(words)
    kept_note(page).get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Text", exact=True)).to_have_value(words)


def test_question_takes_a_press_while_the_account_answers(typist: Page, words: str) -> None:
    typist.goto("/posts/new")
    write(typist.get_by_label("Text", exact=True), words)
    asked: list[Route] = []
    typist.context.route("**/drafts/kept?*", lambda route: asked.append(route))  # noqa: PLW0108 - Playwright writes on it
    page = again(typist)
    kept_note(page).get_by_role("button", name="Put it back").hover()
    page.mouse.down()
    with page.expect_response("**/drafts/kept?*"):
        asked[0].continue_()
    page.evaluate("new Promise((resolve) => setTimeout(resolve, 100))")
    page.mouse.up()
    expect(page.get_by_label("Text", exact=True)).to_have_value(words)


def test_browser_that_keeps_nothing_leaves_it_to_the_account(typist: Page, words: str) -> None:
    typist.add_init_script(NO_STORE)
    typist.clock.install()
    typist.goto("/posts/new")
    line = typist.locator("form [data-saved]")
    typist.get_by_label("Text", exact=True).fill(words)
    typist.clock.run_for(ROUND)
    expect(line).to_contain_text("in your account; this browser keeps nothing")
    typist.context.set_offline(True)
    typist.get_by_label("Text", exact=True).fill(f"{words} And more.")
    typist.clock.run_for(ROUND)
    expect(line).to_contain_text("Copy your text before you leave")
    expect(typist.get_by_role("button", name="Bold")).to_be_visible()


def test_draft_is_gone_once_it_is_posted(typist: Page, words: str) -> None:
    write(comment_field(typist), words)
    send(typist)
    expect(typist.get_by_role("article").filter(has_text=words).last).to_be_in_viewport()
    page = again(typist)
    expect(comment_field(page)).to_have_value("")
    expect(kept_note(page)).to_have_count(0)


def test_words_of_another_tab_are_asked_about_and_not_written_over(typist: Page, words: str) -> None:
    other = typist.context.new_page()
    other.goto(typist.url)
    write(comment_field(typist), words)
    comment_field(other).fill("Something else")
    expect(kept_note(other)).to_be_visible()
    expect(comment_field(other)).to_have_value("Something else")
    kept_note(other).get_by_role("button", name="Put it back").click()
    expect(comment_field(other)).to_have_value(words)


def test_words_come_back_when_the_session_ended(writer: Page, words: str) -> None:
    comment_field(writer).fill(words)
    writer.context.clear_cookies()
    send(writer)
    expect(writer.get_by_role("textbox", name="Your text")).to_have_value(words)
    enter(writer, "amira")
    expect(writer.get_by_role("heading", level=1)).to_have_text("You are signed in. Here is your text")
    expect(writer.get_by_role("textbox", name="Your text")).to_have_value(words)
    click(writer, writer.get_by_role("button", name="Send it now"))
    expect(writer.get_by_role("article").filter(has_text=words).last).to_be_in_viewport()
    expect(kept_note(writer)).to_have_count(0)


def test_words_come_back_when_the_session_was_ended_elsewhere(visitors: Visitors, post: str, words: str) -> None:
    here, there = visitors.come(), visitors.come("phone")
    for page in (here, there):
        sign_in(page, "admin", SAMPLE_PASSWORD)
    here.goto(post)
    comment_field(here).fill(words)
    there.goto("/settings/sessions")
    click(there, there.get_by_role("button", name="Sign out everywhere else"))
    send(here)
    expect(here.get_by_role("textbox", name="Your text")).to_have_value(words)


def test_post_comes_back_when_the_session_ended(visitors: Visitors, words: str, scripts: bool) -> None:
    page = visitors.come(member="amira", scripts=scripts)
    page.goto("/posts/new")
    page.get_by_label("Title").fill("A title that stays")
    page.get_by_label("Text", exact=True).fill(words)
    page.get_by_label("Main topic").select_option(index=1)
    page.context.clear_cookies()
    click(page, page.get_by_role("button", name="Publish"))
    enter(page, "amira")
    click(page, page.get_by_role("button", name="Send it now"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A title that stays")
    expect(page.locator("article .prose").first).to_have_text(words)


def test_words_come_back_when_the_discussion_was_closed(
    visitors: Visitors, writer: Page, words: str, scripts: bool
) -> None:
    author = visitors.come(member="joost", scripts=scripts)
    publish(author)
    writer.goto(author.url)
    comment_field(writer).fill(words)
    click(author, author.get_by_role("link", name="Edit", exact=True))
    click(author, author.get_by_role("button", name="Close the discussion"))
    send(writer)
    expect(writer.get_by_role("alert")).to_contain_text("This thread takes no comments any more.")
    expect(writer.locator("textarea").filter(visible=True).first).to_have_value(words)
