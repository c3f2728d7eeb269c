"""The main journey with nothing but keys, and the single keys for those who want them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Hands
from tests.browser.sights import PASSWORD
from tests.browser.site import Site
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

REPLY = "We tried this on our quay too."
TITLE = "What the quay wall cost us in the end"


@pytest.fixture
def hands(visitors: Visitors, size: str) -> Iterator[Hands]:
    hands = Hands(visitors.come(size), [])
    yield hands
    assert hands.lost == []


@pytest.fixture
def reader(visitors: Visitors, post: str) -> Page:
    """Amira, at a discussion."""
    page = visitors.come(member="amira")
    page.goto(post)
    return page


def test_newcomer_makes_the_main_journey_by_keyboard(hands: Hands, site: Site, post: str) -> None:
    sign_up(hands, site)
    hands.page.goto(post)
    reply(hands)
    edit(hands)
    recommend(hands)
    withdraw(hands)
    publish(hands)


def sign_up(hands: Hands, site: Site) -> None:
    page, username = hands.page, f"ida-{secrets.token_hex(4)}"
    page.goto("/")
    hands.follow(page.get_by_role("link", name="Make an account"))
    hands.skip()
    hands.write(page.get_by_label("Name", exact=True), "Ida Wessel")
    hands.write(page.get_by_label("Username"), username)
    hands.write(page.get_by_label("E-mail address"), f"{username}@example.org")
    hands.write(page.get_by_label("Password"), PASSWORD)
    hands.follow(page.get_by_role("button", name="Make an account"))
    page.goto(site.link_to(f"{username}@example.org"))
    hands.follow(page.get_by_role("button", name="Confirm"), "Space")
    hands.follow(page.get_by_role("main").get_by_role("link", name="Sign in"))
    hands.write(page.get_by_label("Username or e-mail address"), username)
    hands.write(page.get_by_label("Password"), PASSWORD)
    hands.follow(page.get_by_label("Password"))


def first_comment(page: Page) -> Locator:
    return page.get_by_role("article", name="Comment by").first


def mine(page: Page) -> Locator:
    return page.get_by_role("article").filter(has_text=REPLY).last


def reply(hands: Hands) -> None:
    page = hands.page
    hands.skip()
    hands.activate(first_comment(page).get_by_role("link", name="Reply"))
    expect(page.get_by_label("Your reply")).to_be_focused()
    page.keyboard.insert_text(REPLY)
    hands.follow(page.get_by_role("button", name="Post reply"))
    expect(mine(page)).to_be_in_viewport()


def edit(hands: Hands) -> None:
    hands.follow(mine(hands.page).get_by_role("link", name="Edit"))
    hands.skip()
    hands.write(hands.page.get_by_label("Your comment"), f"{REPLY} Twice, in fact.")
    hands.follow(hands.page.get_by_role("button", name="Save changes"), "Space")
    expect(mine(hands.page)).to_contain_text("Twice, in fact.")


def recommend(hands: Hands) -> None:
    page = hands.page
    page.goto(re.sub("#.*", "", page.url))
    hands.skip()
    button = first_comment(page).get_by_role("button", name="Recommend")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        hands.activate(button, "Space")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "true")


def withdraw(hands: Hands) -> None:
    place = mine(hands.page).get_attribute("id")
    hands.follow(mine(hands.page).get_by_role("button", name="Withdraw"), "Space")
    expect(hands.page.locator(f"#{place}")).to_have_text("Withdrawn by its author.")


def publish(hands: Hands) -> None:
    page = hands.page
    page.goto("/")
    hands.follow(page.get_by_role("link", name="Write", exact=True))
    hands.skip()
    hands.write(page.get_by_label("Title"), TITLE)
    hands.write(page.get_by_label("Text", exact=True), "It was **dry** under the sheets.")
    hands.go_to(page.get_by_label("Main topic"))
    hands.press("ArrowDown")
    hands.activate(page.get_by_role("button", name="Show full preview"))
    expect(page.locator("[data-preview] strong")).to_have_text("dry")
    hands.press("Shift+Tab", "Shift+Tab")
    hands.follow(page.get_by_role("button", name="Publish"))
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_keys_step_through_comments(reader: Page) -> None:
    comments = reader.locator("article.comment").filter(visible=True)
    for key, number in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)):
        reader.keyboard.press(key)
        expect(comments.nth(number)).to_be_focused()
        expect(comments.nth(number)).to_be_in_viewport()


def test_key_folds_replies_and_unfolds_them(reader: Page) -> None:
    branch = reader.locator("#thread > li").filter(has=reader.locator("details.replies")).first
    focus(branch.locator("article.comment").first)
    details = branch.locator("details.replies").first
    reader.keyboard.press("o")
    expect(details).not_to_have_attribute("open", "")
    reader.reload()
    expect(details).not_to_have_attribute("open", "")
    focus(branch.locator("article.comment").first)
    reader.keyboard.press("o")
    expect(details).to_have_attribute("open", "")


def focus(comment: Locator) -> None:
    """As j and k would."""
    comment.evaluate("(comment) => { comment.tabIndex = -1; comment.focus() }")


def test_key_opens_a_reply_and_escape_leaves_it(reader: Page) -> None:
    reader.keyboard.press("j")
    reader.keyboard.press("r")
    field = reader.get_by_label("Your reply")
    expect(field).to_be_focused()
    reader.keyboard.type("jokl?")
    reader.keyboard.press("Escape")
    expect(field).not_to_be_focused()
    expect(field).to_have_value("jokl?")
    reader.get_by_role("button", name="Cancel").press("Enter")
    expect(first_comment(reader).get_by_role("link", name="Reply")).to_be_focused()


def test_key_recommends_and_takes_back(reader: Page) -> None:
    comment = reader.locator("article.comment").filter(has_not=reader.get_by_role("link", name="Edit")).first
    focus(comment)
    before = comment.get_by_role("button", name="Recommend").get_attribute("aria-pressed")
    for state in ("false" if before == "true" else "true", str(before)):
        with reader.expect_response(lambda answer: answer.request.method == "POST"):
            reader.keyboard.press("l")
        expect(comment.get_by_role("button", name="Recommend")).to_have_attribute("aria-pressed", state)


def test_key_goes_to_the_text_field_and_control_enter_posts(reader: Page) -> None:
    reader.keyboard.press("c")
    expect(reader.get_by_label("Your comment")).to_be_focused()
    words = f"Posted by keys, {secrets.token_hex(4)}."
    reader.keyboard.insert_text(words)
    with reader.expect_navigation():
        reader.keyboard.press("Control+Enter")
    expect(reader.get_by_role("article").filter(has_text=words).last).to_be_in_viewport()


def test_question_mark_shows_the_keys_and_escape_puts_them_away(reader: Page) -> None:
    reader.keyboard.press("?")
    sheet = reader.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    reader.keyboard.press("j")
    expect(reader.locator("article.comment:focus")).to_have_count(0)
    reader.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_single_keys_can_be_switched_off(reader: Page) -> None:
    reader.keyboard.press("?")
    reader.get_by_label("Use single keys on this device").press("Space")
    reader.keyboard.press("Escape")
    reader.keyboard.press("j")
    expect(reader.locator("article.comment:focus")).to_have_count(0)
    reader.reload()
    reader.keyboard.press("j")
    expect(reader.locator("article.comment:focus")).to_have_count(0)
    reader.get_by_role("link", name="Keys").press("Enter")
    expect(reader.get_by_role("dialog", name="Keys")).to_be_visible()
    reader.get_by_label("Use single keys on this device").press("Space")
    reader.keyboard.press("Escape")
    reader.keyboard.press("j")
    expect(reader.locator("article.comment:focus")).to_have_count(1)


def test_keys_step_through_comments_at_the_top(reader: Page) -> None:
    roots = reader.locator("#thread > li > article.comment")
    for key, number in (("n", 0), ("n", 1), ("n", 2), ("p", 1), ("p", 0)):
        reader.keyboard.press(key)
        expect(roots.nth(number)).to_be_focused()


def test_key_keeps_and_lets_go(reader: Page) -> None:
    comment = first_comment(reader)
    focus(comment)
    button = comment.get_by_role("button", name="Bookmark")
    before = button.get_attribute("aria-pressed")
    for state in ("false" if before == "true" else "true", str(before)):
        with reader.expect_response(lambda answer: answer.url.endswith("/bookmark")):
            reader.keyboard.press("b")
        expect(button).to_have_attribute("aria-pressed", state)


def test_button_leads_to_the_next_comment_at_the_top(reader: Page) -> None:
    reader.locator("#thread").scroll_into_view_if_needed()
    reader.get_by_role("button", name="Next top-level comment").click()
    expect(reader.locator("#thread > li > article.comment:focus")).to_have_count(1)


def test_link_leads_past_the_replies_without_scripts(visitors: Visitors, post: str) -> None:
    page = visitors.come(scripts=False)
    page.goto(post)
    link = page.get_by_role("link", name="Skip to the next top-level comment").first
    link.focus()
    expect(link).to_be_in_viewport()
    link.press("Enter")
    expect(page.locator("#thread > li > article.comment:target")).to_have_count(1)


def test_keys_are_switched_off_on_their_page_without_scripts(visitors: Visitors, post: str) -> None:
    page = visitors.come(scripts=False)
    page.goto("/help/keyboard")
    page.get_by_role("button", name="Switch them off").click()
    expect(page.get_by_text("Single keys are switched off in this browser.")).to_be_visible()
    assert [one["value"] for one in page.context.cookies() if one.get("name") == "keys"] == ["off"]
    page.get_by_role("button", name="Switch them on").click()
    expect(page.get_by_text("Single keys are switched on in this browser.")).to_be_visible()


def test_keys_for_search_and_updates_lead_there(reader: Page) -> None:
    for keys, address in (("/", "/search"), ("gu", "/notifications")):
        field = reader.locator(".masthead input[type=search]").filter(visible=True)
        if keys == "/" and field.count():
            reader.keyboard.press(keys)
            expect(field.first).to_be_focused()
            reader.keyboard.press("Escape")
            continue
        with reader.expect_navigation(url=f"**{address}*"):
            for key in keys:
                reader.keyboard.press(key)
        reader.go_back()


def test_keys_lead_home(reader: Page) -> None:
    with reader.expect_navigation():
        reader.keyboard.press("g")
        reader.keyboard.press("h")
    assert reader.evaluate("location.pathname") == "/"


def test_menu_opens_by_key_and_escape_gives_the_focus_back(reader: Page) -> None:
    menu = reader.locator("summary").filter(has_text="Your menu")
    menu.press("Enter")
    expect(reader.get_by_role("link", name="Settings")).to_be_visible()
    reader.keyboard.press("Tab")
    reader.keyboard.press("Escape")
    expect(reader.get_by_role("link", name="Settings")).to_be_hidden()
    expect(menu).to_be_focused()


def test_toolbar_is_one_stop_with_arrows_inside(reader: Page) -> None:
    expect(reader.get_by_role("button", name="Bold")).to_be_visible()  # the composer's script has come
    reader.keyboard.press("c")
    expect(reader.get_by_label("Your comment")).to_be_focused()
    reader.keyboard.press("Shift+Tab")
    expect(reader.get_by_role("button", name="Bold")).to_be_focused()
    reader.keyboard.press("ArrowRight")
    expect(reader.get_by_role("button", name="Italic")).to_be_focused()
    reader.keyboard.press("Tab")
    expect(reader.get_by_label("Your comment")).to_be_focused()
    reader.keyboard.insert_text("dry")
    reader.keyboard.press("Control+a")
    reader.keyboard.press("Control+b")
    expect(reader.get_by_label("Your comment")).to_have_value("**dry**")
