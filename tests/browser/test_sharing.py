"""One page is kept for all readers: what is somebody's own never reaches another."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.sights import click
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAMES = {"amira": "Amira Haddouch", "rosa": "Rosa Hoogland"}


@pytest.fixture
def open_post(visitors: Visitors, post: str) -> Callable[[str], Page]:
    """Opens a discussion for a member, or for nobody in particular."""

    def come(member: str) -> Page:
        page = visitors.come(member=member)
        page.goto(post)
        return page

    return come


def button(page: Page) -> Locator:
    """Of a comment that neither of them wrote."""
    comments = page.locator("article.comment")
    for name in NAMES.values():
        comments = comments.filter(has_not=page.get_by_role("link", name=name, exact=True))
    return comments.get_by_role("button", name="Recommend").first


def test_members_see_their_own_marks_only(open_post: Callable[[str], Page]) -> None:
    amira = open_post("amira")
    with amira.expect_response(lambda answer: answer.request.method == "POST"):
        button(amira).click()
    shown = [open_post("amira"), open_post("rosa"), open_post("")]
    assert [button(page).get_attribute("aria-pressed") for page in shown] == ["true", "false", "false"]
    assert len({button(page).inner_text() for page in shown}) == 1
    button(amira).click()


def test_members_see_their_own_name_and_tools_only(open_post: Callable[[str], Page]) -> None:
    for member, name in NAMES.items():
        page = open_post(member)
        expect(page.locator(".masthead summary")).to_have_text(re.compile(f"Your menu, {name}"))
        editable = page.locator("article.comment").filter(has=page.get_by_role("link", name="Edit"))
        for comment in editable.all():
            expect(comment.get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(open_post("").get_by_role("link", name="Edit")).to_have_count(0)


def test_forms_carry_a_token_of_their_own_session(open_post: Callable[[str], Page]) -> None:
    pages = [open_post(member) for member in NAMES]
    tokens = [page.locator("#viewer input[name=csrf_token]").get_attribute("value") for page in pages]
    assert len({*tokens}) == 2
    expect(open_post("").locator("input[name=csrf_token]")).to_have_count(0)


def test_blocked_member_is_folded_for_one_reader_only(open_post: Callable[[str], Page]) -> None:
    amira, rosa = open_post("amira"), open_post("rosa")
    here = amira.url
    blocked = button(amira).locator("xpath=ancestor::article[1]")
    place = blocked.get_attribute("id")
    click(amira, blocked.locator(".comment__who a[href^='/members/']").first)
    click(amira, amira.get_by_role("button", name="Block"))
    amira.goto(here)
    rosa.reload()
    expect(amira.locator(f"details.blocked #{place}")).to_be_hidden()
    expect(rosa.locator(f"#{place}")).to_be_visible()
    amira.goto("/settings/blocked")
    click(amira, amira.get_by_role("button", name="Unblock"))
    amira.goto(here)
    expect(amira.locator(f"#{place}")).to_be_visible()
