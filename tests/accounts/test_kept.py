"""Words that were sent without a session survive signing in."""

from __future__ import annotations

import pytest

from tests.accounts import people
from tests.web import Page, Web

WORDS = 'First line\n\nand <b>the</b> second, with "quotes" & more.'


def send_without_a_session(web: Web, **fields: str) -> Page:
    return web.post("/settings/profile", {"name": "Hanna", "bio": WORDS, "languages": "nl", **fields})


def test_words_come_back_after_signing_in_and_are_sent(web: Web) -> None:
    people.member()
    refused = send_without_a_session(web)
    assert refused.status == 401
    page = web.submit(refused, "/sign-in", username="hanna", password=people.PASSWORD)
    assert (page.status, page.heading()) == (200, "You are signed in. Here is your text")
    assert page.form("/settings/profile")["bio"] == [WORDS]
    assert web.submit(page, "/settings/profile").status == 303
    assert web.get("/settings/profile").form("/settings/profile")["bio"] == [WORDS]


def test_every_field_travels_but_secrets_and_old_tokens(web: Web) -> None:
    people.member()
    refused = send_without_a_session(web, csrf_token="old", idempotency_key="old", password="x", topic="a")
    page = web.submit(refused, "/sign-in", username="hanna", password=people.PASSWORD)
    form = page.form("/settings/profile")
    assert {"bio", "csrf_token", "idempotency_key", "languages", "name", "topic"} == set(form)
    assert "old" not in (form["csrf_token"][0], form["idempotency_key"][0])


def test_words_survive_a_wrong_password(web: Web) -> None:
    people.member()
    wrong = web.submit(send_without_a_session(web), "/sign-in", username="hanna", password="not this one")
    assert (wrong.status, wrong.form("/sign-in")["kept.bio"]) == (422, [WORDS])
    page = web.submit(wrong, "/sign-in", username="hanna", password=people.PASSWORD)
    assert page.form("/settings/profile")["bio"] == [WORDS]


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/\\evil.example", ""])
def test_words_go_nowhere_else(web: Web, to: str) -> None:
    people.member()
    fields = {"username": "hanna", "password": people.PASSWORD, "kept_to": to, "kept.bio": WORDS}
    answer = web.post("/sign-in", people.filled(web.get("/sign-in"), "/sign-in", **fields))
    assert (answer.status, answer.response.headers["Location"]) == (303, "/")


def test_words_of_another_origin_are_not_echoed(web: Web) -> None:
    page = web.post("/settings/profile", {"bio": "planted"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (page.status, "planted" in page.text) == (403, False)
