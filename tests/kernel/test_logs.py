"""What goes wrong is in the log with the id that the reader sees, and no secret goes with it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from flask import Flask

from forum.app import create_app
from forum.kernel.db import db
from forum.kernel.logs import scrub
from tests.conftest import settings_for
from tests.web import Page, Web

PASSWORD, EMAIL = "nine geese at the mill", "noor.visser@example.org"
TOKEN = "s3cretTokenOfALetter_0123456789abcdefghijkl"
SECRETS = (PASSWORD, "nine+geese", EMAIL, "noor.visser", TOKEN)


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Web]:
    """A site whose database has no tables: whatever needs one is a fault."""
    app: Flask = create_app(settings_for(tmp_path, f"sqlite:///{tmp_path / 'kade.sqlite3'}"))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        yield Web(app)
        db.session.remove()
        db.engine.dispose()


def reference_of(page: Page) -> str:
    return page.response.headers["X-Request-Id"]


def test_fault_is_in_the_log_by_the_id_that_its_page_shows(broken: Web, capsys: pytest.CaptureFixture[str]) -> None:
    page = broken.get("/members")
    said = capsys.readouterr().err
    assert (page.status, f"Reference: 500 · {reference_of(page)}" in page.words()) == (500, True)
    assert f"request={reference_of(page)}" in said
    assert "event=request_failed rule=/members method=GET" in re.sub(r" request=\w+", "", said)


def test_log_holds_no_secret_that_a_request_brought(broken: Web, capsys: pytest.CaptureFixture[str]) -> None:
    form = broken.get("/sign-in").form("/sign-in")
    broken.client.set_cookie("kade_other", TOKEN)
    answers = [
        broken.post("/sign-in", {**form, "username": EMAIL, "password": PASSWORD}, headers={"Authorization": TOKEN}),
        broken.post("/sign-up", {**form, "username": "noor", "name": "Noor", "email": EMAIL, "password": PASSWORD}),
        broken.get(f"/reset-password/{TOKEN}?email={EMAIL}", headers={"Referer": f"http://localhost/{TOKEN}"}),
        broken.get(f"/members?q={EMAIL}"),
    ]
    said = capsys.readouterr().err
    assert ([one.status for one in answers], said.count("request_failed")) == ([500] * 4, 4)
    assert [secret for secret in SECRETS if secret in said] == []


def test_fault_keeps_what_was_typed_but_the_password(broken: Web) -> None:
    form = broken.get("/sign-in").form("/sign-in")
    page = broken.post("/sign-in", {**form, "username": EMAIL, "password": PASSWORD})
    assert (reference_of(page) in page.words(), EMAIL in page.text, PASSWORD in page.text) == (True, True, False)


@pytest.mark.parametrize("given", ["proxy-0123456789", "7f9c:4e1d.2b8a"])
def test_id_of_a_proxy_is_taken_over(web: Web, given: str) -> None:
    assert reference_of(web.get("/nowhere", headers={"X-Request-Id": given})) == given


@pytest.mark.parametrize("given", ["", "short", "a b c d e f g h", "x" * 65, "12345678=forged", "<b>12345678</b>"])
def test_id_that_is_none_is_replaced(web: Web, given: str) -> None:
    page = web.get("/nowhere", headers={"X-Request-Id": given})
    assert (page.status, re.fullmatch(r"[0-9a-f]{16}", reference_of(page)) is not None) == (404, True)
    assert f"Reference: 404 · {reference_of(page)}" in page.words()


def test_each_request_has_an_id_of_its_own_and_leaves_none_behind(web: Web) -> None:
    assert reference_of(web.get("/topics")) != reference_of(web.get("/topics"))
    assert structlog.contextvars.get_contextvars() == {}


def test_lines_of_libraries_are_written_alike(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("some.library").warning("letter to %s failed", EMAIL)
    [line] = [line for line in capsys.readouterr().err.splitlines() if "failed" in line]
    assert ('level=warning event="letter to (address) failed"' in line, EMAIL in line) == (True, False)


@pytest.mark.parametrize(("words", "said"), [
    ("smtp://kade:hunter22@mail.example", "smtp://(secret)@mail.example"),
    (f"token {TOKEN}.", "token (secret)."),
    ("File forum/kernel/outbound/test_what_a_long_name_of_a_function_is.py, line 12",) * 2,
    ("a" * 64, "a" * 64),
])  # fmt: skip
def test_scrubbing_takes_out_secrets_and_nothing_else(words: str, said: str) -> None:
    assert scrub(words) == said
