"""A discussion of 20,000 comments, read as any other: a page at a time, from either end, and from the middle."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.sights import click
from tests.browser.site import Site, serving
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

COMMENTS = 20_000
PAGE = 50
SAMPLE = ("--posts", "10", "--comments", "20200", "--members", "60", "--organisations", "3")


@dataclass(frozen=True)
class Long:
    site: Site
    address: str


@pytest.fixture(scope="module")
def long(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Long]:
    with serving(tmp_path_factory.mktemp("long"), "init") as site:
        made = json.loads(site.run("sample", *SAMPLE, "--long-thread", str(COMMENTS)))
        yield Long(site, made["addresses"]["long_thread"])


@pytest.fixture
def page(long: Long, chromium: Browser) -> Iterator[Page]:
    visitors = Visitors(long.site, chromium, {})
    page = visitors.come()
    page.goto(long.address)
    yield page
    visitors.leave()
    assert visitors.problems == []


def ids(page: Page) -> list[int]:
    """Of the comments on the page, in the order they are read in."""
    names: list[str] = page.locator("#thread article.comment").evaluate_all("(all) => all.map((one) => one.id)")
    return [int(re.sub(r"\D", "", name)) for name in names]


def follow(page: Page, name: str) -> list[int]:
    """A link below or above the comments; the comments it leads to."""
    link = page.get_by_role("link", name=name, exact=True).last
    link.scroll_into_view_if_needed()
    click(page, link)
    return ids(page)


def test_reader_goes_on_page_by_page_and_back(page: Page) -> None:
    pages = [ids(page)]
    for _turn in range(4):
        page.keyboard.press("End")
        pages.append(follow(page, "Show more comments"))
    assert [len(one) for one in pages] == [PAGE] * 5
    assert len({number for one in pages for number in one}) == 5 * PAGE
    assert follow(page, "Comments before these") == pages[-2]
    assert follow(page, "First comments") == pages[0]


def test_reader_jumps_to_the_end_and_reads_backwards(page: Page) -> None:
    last = follow(page, "Last comments")
    expect(page.get_by_role("link", name="Show more comments")).to_have_count(0)
    before = follow(page, "Comments before these")
    assert (0 < len(last) <= PAGE, len(before)) == (True, PAGE)
    assert not set(last) & set(before)
    assert follow(page, "Show more comments") == last


@pytest.mark.parametrize("order", ["Newest", "Recommended"])
def test_other_orders_have_pages_as_long(page: Page, order: str) -> None:
    first = follow(page, order)
    second = follow(page, "Show more comments")
    assert (len(first), len(second)) == (PAGE, PAGE)
    assert not set(first) & set(second)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_permalink_leads_to_the_comment_wherever_it_is(
    page: Page, long: Long, chromium: Browser, share: float, scripts: bool
) -> None:
    first, last = ids(page)[0], max(follow(page, "Last comments"))
    number = first + int((last - first) * share)
    visitors = Visitors(long.site, chromium, {})
    reader = visitors.come("phone", scripts=scripts)
    reader.goto(f"/comments/{number}")
    assert reader.url.startswith(long.site.address + long.address)
    assert len(ids(reader)) <= PAGE
    stands_out(reader.locator(f"#comment-{number}"))
    visitors.leave()


def test_permalink_leads_into_a_branch_of_its_own(page: Page) -> None:
    """Where replies go deeper than the thread's pages do."""
    for _turn in range(20):
        deeper = page.locator("a[href^='?branch=']")
        if deeper.count():
            break
        follow(page, "Show more comments")
    page.goto(page.url.partition("?")[0] + (deeper.first.get_attribute("href") or ""))  # it may stand in a fold
    expect(page.get_by_role("link", name="Back to the whole discussion")).to_be_visible()
    number = ids(page)[-1]
    page.goto(f"/comments/{number}")
    assert number in ids(page)
    stands_out(page.locator(f"#comment-{number}"))


def stands_out(comment: Locator) -> None:
    """In view, below the bar that stays at the top, and marked."""
    expect(comment).to_be_in_viewport()
    box = comment.bounding_box()
    assert box is not None
    assert box["y"] >= comment.page.locator(".masthead").evaluate("(bar) => bar.getBoundingClientRect().bottom")
    assert comment.evaluate("(one) => getComputedStyle(one).backgroundColor") != "rgba(0, 0, 0, 0)"
