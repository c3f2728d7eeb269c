"""Theme and language: a cookie of the reader's own."""

from __future__ import annotations

import pytest

from forum.accounts.models import Member
from forum.kernel.db import db
from tests import factories
from tests.web import Web


def cookie(web: Web, name: str) -> str | None:
    found = web.client.get_cookie(name)
    return found.value if found else None


@pytest.mark.parametrize(("value", "kept"), [("dark", "dark"), ("light", "light"), ("auto", None), ("<x>", None)])
def test_theme_is_remembered(web: Web, value: str, kept: str | None) -> None:
    answer = web.post("/theme", {"value": value, "back": "/members?q=a"})
    assert (answer.status, answer.response.headers["Location"], cookie(web, "theme")) == (303, "/members?q=a", kept)
    assert web.get("/members").tree.get("data-theme") == kept


def test_automatic_theme_forgets_the_choice(web: Web) -> None:
    web.post("/theme", {"value": "dark"})
    web.post("/theme", {"value": "auto"})
    assert cookie(web, "theme") is None


def test_language_is_remembered(web: Web) -> None:
    web.post("/language", {"value": "nl"})
    assert (cookie(web, "language"), web.get("/members").tree.get("lang")) == ("nl", "nl")


def test_language_that_is_not_offered_is_forgotten(web: Web) -> None:
    web.post("/language", {"value": "tlh"})
    assert (cookie(web, "language"), web.get("/members").tree.get("lang")) == (None, "en")


def test_language_of_a_member_changes_with_the_cookie(web: Web) -> None:
    hanna = factories.member("hanna", interface_language="en")
    web.sign_in(hanna)
    web.post("/language", {"value": "nl"})
    assert web.get("/members").tree.get("lang") == "nl"
    assert db.session.get_one(Member, hanna.id).interface_language == "nl"


@pytest.mark.parametrize("path", ["/theme", "/language"])
@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_choice_leads_back_within_the_site_only(web: Web, path: str, back: str) -> None:
    assert web.post(path, {"value": "dark", "back": back}).response.headers["Location"] == "/"


@pytest.mark.parametrize("path", ["/theme", "/language"])
def test_choice_from_another_site_is_refused(web: Web, path: str) -> None:
    answer = web.post(path, {"value": "dark"}, headers={"Origin": "https://evil.example"})
    assert (answer.status, cookie(web, "theme"), cookie(web, "language")) == (403, None, None)


def test_reading_sets_no_cookie(web: Web) -> None:
    factories.member("hanna")
    assert [web.get(path).response.headers.get("Set-Cookie") for path in ("/members", "/members/hanna")] == [None, None]
