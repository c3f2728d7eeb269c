"""The map of the site: valid, split, dated, and of what everybody may see."""

from __future__ import annotations

import gzip
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from flask import Flask

from forum.feeds import sitemap
from forum.kernel.access import MemberState
from forum.organisations.models import Verification
from forum.posts.models import PostState
from tests import factories
from tests.statements import counted
from tests.web import Web

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOST = "http://localhost"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def places(web: Web, path: str, root: str = "urlset") -> list[tuple[str, str]]:
    """Path and time of change of each place."""
    page = web.get(path)
    assert (page.status, page.response.content_type) == (200, "application/xml; charset=utf-8")
    tree = ET.fromstring(page.text)
    assert tree.tag == f"{NS}{root}"
    found = [(one.findtext(f"{NS}loc") or "", one.findtext(f"{NS}lastmod") or "") for one in tree]
    return [(address.removeprefix(HOST), changed) for address, changed in found]


def index(web: Web) -> list[tuple[str, str]]:
    return places(web, "/sitemap.xml", "sitemapindex")


def everything(web: Web) -> list[str]:
    return [path for part, _ in index(web) for path, _ in places(web, part)]


def test_map_has_every_public_page_once(web: Web) -> None:
    hanna = factories.member("hanna", post_count=1)
    post = factories.post(hanna, factories.topic("energy"), slug="quay")
    factories.organisation("gent")
    singles = ["/", "/topics", "/organisations", "/members"]
    theirs = ["/topics/energy", f"/posts/{post.id}/quay", "/organisations/gent", "/members/hanna"]
    assert everything(web) == [*singles, *theirs]


def test_map_leaves_out_what_not_everybody_may_see(web: Web) -> None:
    author = factories.member(state=MemberState.UNCONFIRMED, post_count=1)
    topic = factories.topic("energy")
    for state in PostState:
        factories.post(author, topic, state=state, slug=f"planted-{state}")
    factories.organisation("planted", state=Verification.REJECTED)
    factories.member("reader")
    assert [path for path in everything(web) if "planted" in path or "/members/" in path] == [
        path for path in everything(web) if path.endswith("planted-published")
    ]


def test_map_is_split(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "SIZE", 2)
    posts = [factories.post(slug="quay", last_activity_at=NOON) for _ in range(5)]
    parts = [part for part in index(web) if "/posts-" in part[0]]
    assert len(parts) == len({(post.id - 1) // 2 for post in posts})
    assert {changed for _, changed in parts} == {"2026-03-02T12:00:00Z"}
    assert [path for part, _ in parts for path, _ in places(web, part)] == [f"/posts/{post.id}/quay" for post in posts]


def test_page_says_when_it_changed(web: Web) -> None:
    hanna, gent = factories.member("hanna", post_count=1), factories.organisation("gent")
    shown = {"published_at": NOON, "last_activity_at": NOON, "organisation_id": gent.id}
    factories.post(hanna, factories.topic("energy"), slug="quay", **shown)
    factories.post(hanna, state=PostState.HIDDEN, slug="later", organisation_id=gent.id)
    dated = {path for part, _ in index(web) for path, changed in places(web, part) if changed == "2026-03-02T12:00:00Z"}
    assert {path.rpartition("/")[2] for path in dated} == {"quay", "energy", "gent", "hanna"}


def test_map_costs_as_many_statements_however_full_it_is(app: Flask, web: Web) -> None:
    counts = []
    for _ in range(2):
        factories.post()
        with counted(app) as made:
            everything(web)
        counts.append(len(made))
    assert (counts[0], counts[0] <= 8) == (counts[1], True)


def test_long_part_is_written_bit_by_bit(app: Flask, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "BATCH", 2)
    for _ in range(5):
        factories.post(slug="quay")
    with app.test_request_context():
        pieces = list(sitemap.part(HOST, "posts", 1))
    assert [piece.count("<url>") for piece in pieces] == [1, 2, 2, 0]


def test_part_is_compressed_for_who_can_unpack(web: Web) -> None:
    factories.post(slug="quay")
    path = index(web)[1][0]
    packed = web.get(path, headers={"Accept-Encoding": "gzip"}).response
    assert gzip.decompress(packed.get_data()).decode() == web.get(path).text


@pytest.mark.parametrize("name", ["posts-0", "none-1", "pages-2", "posts-99999999999999999999"])
def test_part_that_no_index_lists_is_missing(web: Web, name: str) -> None:
    assert web.get(f"/sitemaps/{name}.xml").status == 404


def test_part_without_any_page_is_missing(web: Web) -> None:
    assert web.get("/sitemaps/posts-7.xml").status == 404


def test_robots_are_told_where_the_map_is(web: Web) -> None:
    page = web.get("/robots.txt")
    assert (page.status, page.response.content_type) == (200, "text/plain; charset=utf-8")
    lines = page.text.splitlines()
    assert (lines[0], lines[-1]) == ("User-agent: *", "Sitemap: http://localhost/sitemap.xml")
    assert "Disallow: /moderation" in lines
