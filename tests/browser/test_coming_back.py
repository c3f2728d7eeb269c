"""Coming back: what is new is marked, announced and led to; with scripts and without."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Request, expect

from forum.kernel import clock
from tests.browser.sights import bookmark, by, click, sent, stay
from tests.browser.site import in_time
from tests.browser.visitors import Visitors

PAUSE_S = 5
MAILED = "input[name=comment][value=mail]"
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def write(visitors: Visitors, post: str, member: str = "joost") -> str:
    """Somebody comments, in a browser of their own. Returns the words."""
    words = f"Remark {secrets.token_hex(4)}"
    page = visitors.come(member=member, scripts=False)
    sent(lambda one: one.goto(post), "Post comment", body=words)(page)
    return words


def look_again(page: Page) -> None:
    """The reader looks at something else, and the page asks what is new when they look back."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_new_comment_is_marked_and_the_first_new_one_found(visitors: Visitors, post: str, scripts: bool) -> None:
    reader = visitors.come(member="amira", scripts=scripts)
    reader.goto(post)
    reader.goto("/topics")

    def marked() -> bool | None:
        write(visitors, post)
        reader.goto(post)
        return reader.locator(".newsbar").count() > 0 or None

    in_time(marked, "a mark of what is new")
    target = reader.locator("[data-first-new]")
    number = (target.get_attribute("href") or "").rpartition("-")[2]
    target.click()
    expect(reader.locator(f"#comment-{number}")).to_be_in_viewport()
    expect(reader.locator(f"#comment-{number}").get_by_text("New", exact=True)).to_be_visible()
    click(reader, reader.get_by_role("button", name="Mark all as read"))
    expect(reader.locator(".newsbar")).to_have_count(0)


def test_open_page_announces_new_comments_and_moves_nothing(visitors: Visitors, post: str) -> None:
    reader = visitors.come(member="amira")
    with reader.expect_response(lambda answer: "/live/" in answer.url):
        reader.goto(post)
    words = write(visitors, post)
    look_again(reader)
    pill = reader.get_by_role("status").get_by_role("link", name="1 new comment")
    expect(pill).to_be_visible()
    expect(reader.get_by_text(words)).to_have_count(0)
    pill.click()
    expect(reader.get_by_text(words)).to_be_in_viewport()


def test_badge_of_an_open_page_follows(visitors: Visitors, post: str) -> None:
    reader = visitors.come(member="amira")
    reader.goto(post)
    before = int(reader.locator("[data-badge] > span").first.inner_text() or 0)
    page = visitors.come(member="joost", scripts=False)
    sent(lambda one: one.goto(post), "Post comment", body=f"And @amira? {secrets.token_hex(4)}")(page)

    def counted() -> bool | None:
        look_again(reader)
        reader.wait_for_load_state("networkidle")
        return int(reader.locator("[data-badge] > span").first.inner_text() or 0) > before or None

    in_time(counted, "a higher number at the bell")


def test_unchanged_page_is_answered_in_a_line(visitors: Visitors, post: str) -> None:
    reader = visitors.come()
    with reader.expect_response(lambda answer: "/live/" in answer.url):
        reader.goto(post)
    with reader.expect_response(lambda answer: "/live/" in answer.url) as first:
        look_again(reader)
    with reader.expect_response(lambda answer: "/live/" in answer.url) as second:
        look_again(reader)
    assert (first.value.status in {200, 304}, second.value.status) == (True, 304)


def test_following_shows_at_once_and_stays(visitors: Visitors, scripts: bool) -> None:
    reader = visitors.come(member="rosa", scripts=scripts)
    reader.goto("/organisations/city-of-oosterkade")
    button = reader.get_by_role("button", name="Follow", exact=False).first
    state = button.get_attribute("aria-pressed")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false" if state == "true" else "true")
    reader.wait_for_load_state("networkidle")
    reader.goto("/organisations/city-of-oosterkade")
    expect(button).to_have_attribute("aria-pressed", "false" if state == "true" else "true")


def test_following_that_was_ended_by_mistake_is_taken_back(visitors: Visitors) -> None:
    reader = visitors.come(member="joost")
    reader.goto("/organisations/city-of-oosterkade")
    button = reader.get_by_role("button", name="Follow", exact=False).first
    undo = reader.get_by_role("status").get_by_role("button", name="Undo")
    for press in ([button] if button.get_attribute("aria-pressed") == "false" else []) + [button, undo]:
        with reader.expect_response(lambda answer: answer.url.endswith("/follow")):
            press.click()
        expect(button).not_to_have_attribute("data-busy", "")
    reader.goto("/organisations/city-of-oosterkade")
    expect(button).to_have_attribute("aria-pressed", "true")


def test_updates_page_is_read_and_emptied(visitors: Visitors, post: str, scripts: bool) -> None:
    author = visitors.come(member="joost", scripts=False)
    sent(lambda one: one.goto(post), "Post comment", body=f"And @rosa? {secrets.token_hex(4)}")(author)
    reader = visitors.come(member="rosa", scripts=scripts)

    def told() -> bool | None:
        reader.goto("/notifications?tab=mentions")
        return reader.locator(".notif .unread").count() > 0 or None

    in_time(told, "a mention among the updates")
    click(reader, reader.get_by_role("button", name="Mark all as read"))
    expect(reader.locator(".notif .unread")).to_have_count(0)


def pause_of(page: Page) -> int:
    """For how many seconds of its own clock the page waits before it asks again."""
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one) if "/live/" in one.url else None)
    for waited in range(PAUSE_S, 601, PAUSE_S):
        page.clock.run_for(PAUSE_S * 1000)
        page.evaluate("0")  # what it asked has come here by now
        if asked:
            assert asked[0].response() is not None
            return waited
    return 0


def look(page: Page, *, at_it: bool) -> None:
    page.evaluate(
        f"Object.defineProperty(document, 'hidden', {{ value: {str(not at_it).lower()}, configurable: true }})"
    )
    look_again(page)


def test_page_that_nobody_looks_at_asks_seldom_and_often_again_later(visitors: Visitors, post: str) -> None:
    reader = visitors.come()
    reader.clock.install()
    with reader.expect_response(lambda answer: "/live/" in answer.url):
        reader.goto(post)
    open_s = pause_of(reader)
    look(reader, at_it=False)
    hidden_s = pause_of(reader)
    with reader.expect_response(lambda answer: "/live/" in answer.url):
        look(reader, at_it=True)
    assert (open_s <= 20, 300 <= hidden_s <= 310, pause_of(reader) <= 20) == (True, True, True)


def test_following_at_each_level_leads_to_posts_with_their_reason(visitors: Visitors) -> None:
    reader = visitors.come("phone", member="rosa", scripts=False)
    for words, level in (("Nothing: muted", "muted"), ("Highlights", "highlights"), ("Every post", "every")):
        by("/topics", ".signs a")(reader)
        name = reader.locator("h1").inner_text()
        reader.locator("main .follow summary").first.click()
        click(reader, reader.get_by_role("button", name=words))
        reader.goto("/settings/following")
        expect(reader.get_by_label(f"How much of {name}")).to_have_value(level)
    reader.goto("/?tab=for-you")
    expect(reader.locator(".why").first).to_contain_text("Because you follow")


def test_bookmark_keeps_a_note_and_a_day_and_gives_back_what_is_too_long(visitors: Visitors) -> None:
    reader = visitors.come("phone", member="amira", scripts=False)
    words, day = f"For the council {secrets.token_hex(4)}", f"{clock.now() + timedelta(days=7):%Y-%m-%d}"
    sent(bookmark, "Save", note="x" * 501)(reader)
    expect(reader.get_by_label("Note (optional)")).to_have_value("x" * 501)
    expect(reader.locator("main")).to_contain_text("Shorten the note to 500 characters.")
    sent(stay, "Save", note=words, remind_on=day)(reader)
    expect(reader.locator(".kept").filter(has_text=words).locator(".kept__day")).to_be_visible()


def test_letter_is_chosen_and_stopped_without_signing_in(visitors: Visitors) -> None:
    admin = visitors.come("phone", member="admin", scripts=False)
    admin.goto("/settings/notifications")
    admin.locator(MAILED).check()
    click(admin, admin.get_by_role("button", name="Save"))
    expect(admin.locator(MAILED)).to_be_checked()
    admin.goto("/admin/letters/comment/html")
    stop = admin.locator("a[href*='/unsubscribe/']").first.get_attribute("href") or ""
    stranger = visitors.come("phone", scripts=False)
    stranger.goto(stop)
    click(stranger, stranger.get_by_role("button", name="Stop them"))
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Letters stopped")
    admin.goto("/settings/notifications")
    expect(admin.locator(MAILED)).not_to_be_checked()
