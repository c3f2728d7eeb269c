"""A film's provider hears of a reader by the reader's own click and not before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.site import Site
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
OTHER_FILM = "https://vimeo.com/76979871"
COMMUNITY: dict[str, Any] = {
    "format": "forum-community/1",
    "organisations": [],
    "members": [{"key": "kees", "username": "kees-films", "name": "Kees Films"}],
    "topics": [{"slug": "films", "name": "Films", "description": "What was filmed."}],
    "posts": [
        {
            "key": "film",
            "kind": "article",
            "language": "en",
            "title": "A film of the quay",
            "author": "kees",
            "topics": ["films"],
            "old_addresses": ["a-film-of-the-quay"],
            "body": f"It took a winter.\n\n{FILM}\n\nAnd here is the other side.\n\n{OTHER_FILM}",
            "comments": [{"author": "kees", "body": f"Again:\n\n{FILM}", "replies": []}],
        }
    ],
}


@pytest.fixture(scope="module")
def address(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of a post with films in it."""
    file: Path = tmp_path_factory.mktemp("community") / "films.json"
    file.write_text(json.dumps(COMMUNITY))
    site.run("import", str(file))
    return "/posts/a-film-of-the-quay"


def film(page: Page, number: int = 0) -> Locator:
    return page.locator("article.post .post__main figure.video").nth(number)


def test_nobody_is_asked_before_the_click(visitors: Visitors, address: str, size: str, scripts: bool) -> None:
    page = visitors.come(size, scripts=scripts)
    page.goto(address, wait_until="networkidle")
    page.locator("figure.video").last.scroll_into_view_if_needed()
    film(page).get_by_role("link").hover()
    assert visitors.problems == []
    assert visitors.hosts == {visitors.site.address.removeprefix("http://")}
    expect(page.locator("iframe, video, object, embed")).to_have_count(0)


@pytest.mark.parametrize(
    ("number", "player"),
    [
        (0, "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0"),
        (1, "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1"),
    ],
)
def test_player_takes_the_place_of_its_drawing(visitors: Visitors, address: str, number: int, player: str) -> None:
    page = visitors.come()
    page.goto(address)
    film(page, number).get_by_role("link").click()
    frame = film(page, number).locator("iframe")
    expect(frame).to_have_attribute("src", player)
    expect(frame).to_be_focused()
    expect(page.locator("iframe")).to_have_count(1)
    assert visitors.excuse() == [f"asked elsewhere: {player}"]


def test_player_starts_by_key_too(visitors: Visitors, address: str) -> None:
    page = visitors.come("phone")
    page.goto(address)
    film(page).get_by_role("link").press("Enter")
    expect(film(page).locator("iframe")).to_be_focused()
    assert len(visitors.excuse()) == 1


def test_drawing_is_a_link_to_the_film_for_those_without_scripts(visitors: Visitors, address: str) -> None:
    page = visitors.come(scripts=False)
    page.goto(address)
    expect(film(page).get_by_role("link")).to_have_attribute("href", FILM)
    expect(film(page).get_by_role("link")).to_have_attribute("rel", "nofollow ugc noopener")
