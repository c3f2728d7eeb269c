"""One page is kept for all readers: what is somebody's own never reaches another."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.sights import A_POST, click
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAMES = {"amira": "Amira Haddouch", "rosa": "Rosa Hoogland"}


def at_a_post(visitors: Visitors, member: str = "") -> Page:
    page = visitors.come(member=member)
    A_POST(page)
    return page


def button(page: Page) -> Locator:
    """Of a comment that neither of them wrote."""
    comments = page.locator("article.comment")
    for name in NAMES.values():
        comments = comments.filter(has_not=page.get_by_role("link", name=name, exact=True))
    return comments.get_by_role("button", name="Recommend").first


def test_members_see_their_own_marks_only(visitors: Visitors) -> None:
    amira = at_a_post(visitors, "amira")
    with amira.expect_response(lambda answer: answer.request.method == "POST"):
        button(amira).click()
    shown = [at_a_post(visitors, "amira"), at_a_post(visitors, "rosa"), at_a_post(visitors)]
    assert [button(page).get_attribute("aria-pressed") for page in shown] == ["true", "false", "false"]
    assert len({button(page).inner_text() for page in shown}) == 1
    button(amira).click()


def test_members_see_their_own_name_and_tools_only(visitors: Visitors) -> None:
    for member, name in NAMES.items():
        page = at_a_post(visitors, member)
        expect(page.locator(".masthead summary")).to_have_text(re.compile(f"Your menu, {name}"))
        editable = page.locator("article.comment").filter(has=page.get_by_role("link", name="Edit"))
        for comment in editable.all():
            expect(comment.get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(at_a_post(visitors).get_by_role("link", name="Edit")).to_have_count(0)


def test_forms_carry_a_token_of_their_own_session(visitors: Visitors) -> None:
    pages = [at_a_post(visitors, member) for member in NAMES]
    tokens = [page.locator("#viewer input[name=csrf_token]").get_attribute("value") for page in pages]
    assert len({*tokens}) == 2
    expect(at_a_post(visitors).locator("input[name=csrf_token]")).to_have_count(0)


def test_blocked_member_is_folded_for_one_reader_only(visitors: Visitors) -> None:
    amira, rosa = at_a_post(visitors, "amira"), at_a_post(visitors, "rosa")
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
