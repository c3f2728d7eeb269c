"""What changes at a press and is sent behind it: it stays, or goes back with the reason."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from tests.browser.visitors import Visitors, enter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def reader(visitors: Visitors, post: str) -> Page:
    """Amira, at a discussion that she took part in."""
    page = visitors.come(member="amira")
    page.goto(post)
    return page


def others(page: Page) -> Locator:
    """The button of a comment that somebody else wrote."""
    comments = page.locator("article.comment").filter(has_not=page.get_by_role("link", name="Edit"))
    return comments.get_by_role("button", name="Recommend").first


def is_act(answer: Response) -> bool:
    return answer.request.method == "POST"


def test_count_follows_the_press(reader: Page) -> None:
    button = others(reader)
    before = int(button.locator(".act__n").inner_text() or "0")
    for state, count in (("true", before + 1), ("false", before)):
        with reader.expect_response(is_act):
            button.click()
        expect(button).to_have_attribute("aria-pressed", state)
        expect(button.locator(".act__n")).to_have_text(str(count or ""))


def test_press_survives_going_on_at_once(reader: Page) -> None:
    button, here = others(reader), reader.url
    button.click()
    reader.goto("/topics")
    for _look in range(20):
        reader.goto(here)
        if button.get_attribute("aria-pressed") == "true":
            break
    expect(button).to_have_attribute("aria-pressed", "true")
    with reader.expect_response(is_act):
        button.click()


def test_own_text_goes_back_with_the_reason(reader: Page) -> None:
    own = reader.locator("article.comment").filter(has=reader.get_by_role("link", name="Edit")).first
    own.get_by_role("button", name="Recommend").click()
    expect(reader.get_by_role("status").filter(has_text="You can’t recommend your own text.")).to_be_visible()
    expect(own.get_by_role("button", name="Recommend")).to_have_attribute("aria-pressed", "false")


def test_ended_session_goes_back_with_the_reason(reader: Page) -> None:
    reader.context.clear_cookies()
    others(reader).click()
    expect(reader.get_by_role("status").filter(has_text="Your session has ended.")).to_be_visible()
    expect(others(reader)).to_have_attribute("aria-pressed", "false")


def test_lost_connection_goes_back_with_the_reason(reader: Page) -> None:
    reader.route("**/recommend", lambda route: route.abort())
    others(reader).click()
    expect(reader.get_by_role("status").filter(has_text="That was not saved.")).to_be_visible()
    expect(others(reader)).to_have_attribute("aria-pressed", "false")


def test_signed_out_reader_is_asked_to_sign_in_and_comes_back(visitors: Visitors, post: str) -> None:
    page = visitors.come()
    page.goto(post)
    here = page.url
    with page.expect_navigation():
        page.get_by_role("article", name="Comment by").first.get_by_role("button", name="Recommend").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to go on")
    enter(page, "amira")
    assert page.url == here
