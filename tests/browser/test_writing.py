"""What the composer does while somebody writes: completions, pasting, quoting, counts, remarks; and how soon."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.sights import click
from tests.browser.test_drafts import without_drafts
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TABLE = "<table><tr><th>Street</th><th>Cost</th></tr><tr><td>Quay</td><td>4|5</td></tr></table>"
RICH = (
    '<h2>What changed</h2><p>It was <b>dry</b>, <a href="https://example.org/a">they say</a>.</p><ul><li>one</li></ul>'
)
# A phone of the middle class on a slow network, as Lighthouse has it.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_638_400 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4
USABLE_MS = 1_000
PASTE = """(field, given) => {
  const data = new DataTransfer();
  for (const [kind, words] of Object.entries(given)) data.setData(kind, words);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def page(visitors: Visitors) -> Page:
    """Amira, about to write a post."""
    page = without_drafts(visitors.come(member="amira"))
    page.goto("/posts/new")
    expect(page.get_by_role("button", name="Bold")).to_be_visible()
    return page


@pytest.fixture
def reader(visitors: Visitors, post: str) -> Page:
    """Amira, at a discussion."""
    page = without_drafts(visitors.come(member="amira"))
    page.goto(post)
    expect(page.get_by_role("button", name="Bold")).to_be_visible()
    return page


def text(page: Page) -> Locator:
    return page.get_by_label("Text", exact=True)


def suggested(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def paste(field: Locator, **given: str) -> None:
    field.focus()
    field.evaluate(PASTE, {f"text/{kind}": words for kind, words in given.items()})


def test_rich_text_is_pasted_as_markdown(page: Page) -> None:
    paste(text(page), html=RICH, plain="What changed")
    markdown = "## What changed\n\nIt was **dry**, [they say](https://example.org/a).\n\n- one"
    expect(text(page)).to_have_value(markdown)
    page.keyboard.press("Control+z")
    expect(text(page)).to_have_value("")


def test_table_is_pasted_as_markdown(page: Page) -> None:
    paste(text(page), html=TABLE, plain="Street Cost")
    expect(text(page)).to_have_value("| Street | Cost |\n| --- | --- |\n| Quay | 4\\|5 |")


def test_hostile_html_is_pasted_as_harmless_words(page: Page) -> None:
    paste(text(page), html='<b onclick="x()">a</b><img src="/x" onerror="x()"><p style="color:red">b</p>', plain="a b")
    expect(text(page)).to_have_value("**a**\n\nb")


def test_address_on_selected_words_becomes_their_link(page: Page) -> None:
    text(page).fill("the letter")
    text(page).select_text()
    paste(text(page), plain="https://example.org/letter")
    expect(text(page)).to_have_value("[the letter](https://example.org/letter)")


def test_plain_words_are_left_to_the_browser(page: Page) -> None:
    assert text(page).evaluate(
        """(field) => field.dispatchEvent(new ClipboardEvent("paste", {
          clipboardData: new DataTransfer(), bubbles: true, cancelable: true }))"""
    )


@pytest.mark.parametrize(
    ("typed", "chosen"), [("Ask @joo", "Ask @joost "), ("See #ener", "See #energy"), ("By :bicy", "By 🚲 ")]
)
def test_name_is_completed_by_keyboard(page: Page, typed: str, chosen: str) -> None:
    text(page).press_sequentially(typed)
    expect(suggested(page).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(suggested(page)).to_have_count(0)
    assert text(page).input_value().startswith(chosen.rstrip())


@pytest.mark.parametrize(("more", "there"), [("o", "Ask @joost "), ("x", "Ask @jox\n")])
def test_enter_takes_what_fits_though_the_list_is_of_fewer_letters(page: Page, more: str, there: str) -> None:
    page.route(f"**/suggest?*q=jo{more}", lambda _: None)  # an answer that doesn't come
    text(page).press_sequentially("Ask @jo")
    expect(suggested(page).first).to_be_visible()
    text(page).press_sequentially(more)
    page.keyboard.press("Enter")
    expect(text(page)).to_have_value(there)


def test_selected_words_are_quoted_into_a_reply(reader: Page) -> None:
    comment = reader.get_by_role("article", name="Comment by").first
    words = comment.locator(".prose").first
    words.select_text()
    words.dispatch_event("pointerup", {"bubbles": True})
    reader.get_by_role("button", name="Quote", exact=True).last.click()
    expect(reader.get_by_label("Your reply")).to_be_focused()
    assert reader.get_by_label("Your reply").input_value().startswith("> ")


def test_words_of_the_post_are_quoted_into_a_comment(reader: Page) -> None:
    paragraph = reader.locator("article.post .post__main > .prose p").first
    paragraph.select_text()
    paragraph.dispatch_event("pointerup", {"bubbles": True})
    reader.get_by_role("button", name="Quote", exact=True).last.click()
    assert reader.get_by_label("Your comment").input_value().startswith("> ")


def test_reply_key_quotes_what_is_selected(reader: Page) -> None:
    comment = reader.get_by_role("article", name="Comment by").first
    comment.locator(".prose").first.select_text()
    comment.get_by_role("link", name="Reply").click()
    expect(reader.get_by_label("Your reply")).to_be_focused()
    assert reader.get_by_label("Your reply").input_value().startswith("> ")


def test_words_are_counted_and_characters_near_the_limit(page: Page) -> None:
    count = page.locator("[data-count]")
    text(page).fill("Four words of text")
    expect(count).to_have_text("4 words")
    text(page).fill("word " * 6_200)
    expect(count).to_have_text("1,000 characters left")
    text(page).fill("word " * 6_402)
    expect(count).to_have_text("10 characters too many")


def test_remarks_follow_the_typing_and_do_not_block(page: Page) -> None:
    text(page).fill("Read it [here](https://example.org).")
    expect(page.get_by_role("region", name="Before you publish")).to_contain_text("“here”")
    page.get_by_label("Title").fill("A title")
    page.get_by_label("Main topic").select_option(index=1)
    click(page, page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("A title")


def test_posts_that_may_say_it_already_are_shown_while_a_title_is_typed(page: Page) -> None:
    found = page.get_by_role("region", name="Posts that may say this already")
    page.get_by_label("Title").press_sequentially("The square was full eleven times")
    expect(found.get_by_role("link", name="The square was full eleven times").first).to_be_visible()
    page.get_by_label("Title").fill("The square")
    expect(found).to_be_hidden()


def test_preview_stands_beside_the_text_where_there_is_room(page: Page) -> None:
    pane = page.locator("[data-preview]")
    expect(pane).to_be_visible()
    boxes = text(page).bounding_box(), pane.bounding_box()
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[1]["x"] >= boxes[0]["x"] + boxes[0]["width"] - 1
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(pane).to_be_hidden()
    page.reload()
    expect(page.get_by_role("button", name="Bold")).to_be_visible()
    expect(pane).to_be_hidden()


def test_preview_that_comes_late_never_stands_over_a_newer_one(page: Page) -> None:
    asked: list[Callable[[], None]] = []
    page.route("**/preview", lambda route: asked.append(route.continue_) if not asked else route.continue_())
    with page.expect_request("**/preview"):
        text(page).fill("Old")
    text(page).fill("New")
    expect(page.locator("[data-preview] .prose")).to_have_text("New")
    with suppress(Error):  # the browser gave up that one
        asked[0]()
    expect(page.locator("[data-preview] .prose")).to_have_text("New")


def test_toolbar_is_one_stop_with_arrows_in_the_long_form(page: Page) -> None:
    bold = page.get_by_role("button", name="Bold")
    bold.focus()
    for name in ("Italic", "Heading", "Link", "Quote"):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("toolbar").get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("Home")
    expect(bold).to_be_focused()


def test_composer_is_usable_a_second_after_loading_on_a_slow_phone(visitors: Visitors) -> None:
    page = visitors.come("phone", member="amira")
    page.goto("/")  # signed in: what comes next is a fresh visit of the form
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.send("Network.emulateNetworkConditions", SLOW)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto("/posts/new")
    expect(page.get_by_role("button", name="Bold")).to_be_visible()
    after = page.evaluate(
        """performance.getEntriesByName("composer-ready")[0].startTime
        - performance.getEntriesByType("navigation")[0].loadEventEnd"""
    )
    assert after <= USABLE_MS
