"""Files come in: what is taken, what is refused and how that is said."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.media import policy
from forum.media.models import File
from tests import factories
from tests.media import samples
from tests.media.sending import added, csrf, send
from tests.web import Web

# The test's own browser writes large forms to a file that it leaves to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def files() -> int:
    return len(db.session.scalars(select(File.id)).all())


def test_picture_is_added(web: Web, ada: Member) -> None:
    answer = added(web, name="Quay in spring.JPG", alt="The quay\nin spring [2026]")
    file = db.session.scalars(select(File)).one()
    address = f"/media/{file.key}.webp"
    assert answer == {
        "id": file.id, "kind": "picture", "address": address, "name": "Quay in spring.JPG", "size": file.size,
        "width": 1200, "height": 800, "alt": "The quay in spring [2026]",
        "markdown": f"![The quay in spring \\[2026\\]]({address})",
    }  # fmt: skip


def test_document_is_added_as_it_is(web: Web, ada: Member) -> None:
    pdf = b"%PDF-1.7\n" + b"x" * 200_000
    answer = added(web, pdf, "../../etc/Report 1.pdf")
    assert (answer["kind"], answer["name"], answer["markdown"]) == (
        "document", "Report 1.pdf", f"[Report 1.pdf]({answer['address']})",
    )  # fmt: skip
    assert web.get(answer["address"]).response.data == pdf


@pytest.mark.parametrize("name", ["photo.exe", "x.svg", "index.html", "photo", ".htaccess", "a\u202egpj.exe", "\x00"])
def test_name_is_not_believed(web: Web, ada: Member, name: str) -> None:
    answer = added(web, name=name)
    assert (answer["kind"], web.get(answer["address"]).response.mimetype) == ("picture", "image/webp")


def test_file_sent_twice_is_added_once(web: Web, ada: Member) -> None:
    first, second = (added(web, idempotency_key="k" * 20) for _ in range(2))
    assert (first, files()) == (second, 1)


def test_refusal_is_json_that_says_what_to_do(web: Web, ada: Member) -> None:
    page = send(web, b"<svg onload='alert(1)'/>", "photo.jpg")
    words = "Choose a picture as JPEG, PNG, WebP or GIF, or a PDF."
    assert page.response.get_json() == {"status": 422, "message": words, "fields": {"file": words}}
    assert (page.status, files()) == (422, 0)


def test_form_without_a_file_is_refused(web: Web, ada: Member) -> None:
    assert web.post("/media", {"csrf_token": csrf(web)}).response.get_json()["status"] == 422


def test_long_description_is_refused(web: Web, ada: Member) -> None:
    page = send(web, samples.picture(), alt="x" * (policy.MAX_ALT + 1))
    assert list(page.response.get_json()["fields"]) == ["alt"]


def test_reader_is_asked_to_sign_in(app: Flask, web: Web) -> None:
    page = web.post("/media", {"file": (io.BytesIO(samples.picture()), "x.jpg")})  # type: ignore[dict-item]  # a file
    assert (page.status, page.response.get_json()["status"]) == (401, 401)


def test_form_without_a_token_is_refused(web: Web, ada: Member) -> None:
    page = web.post("/media", {"file": (io.BytesIO(samples.picture()), "x.jpg")})  # type: ignore[dict-item]  # a file
    assert (page.status, files()) == (403, 0)


@pytest.mark.parametrize("state", ["unconfirmed", "silenced", "suspended"])
def test_member_who_may_not_write_adds_nothing(web: Web, storage_emptied: None, state: str) -> None:
    web.sign_in(factories.member(state=state))
    assert (send(web, samples.picture()).status, files()) == (403, 0)


@pytest.fixture
def limited(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a site runs; tests lift the limits."""
    monkeypatch.setattr("forum.media.views.door.quota", lambda actor: policy.quota_for(actor, lifted=False))


def test_newcomer_adds_no_document(web: Web, storage_emptied: None, limited: None) -> None:
    web.sign_in(factories.member(trust_level=0))
    assert send(web, b"%PDF-1.7", "x.pdf").status == 422
    assert send(web, samples.picture(), "x.pdf").status == 201


def test_member_adds_so_many_files_in_a_day(
    web: Web, storage_emptied: None, limited: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "NEW", None)
    monkeypatch.setattr(policy, "QUOTAS", {0: policy.Quota(files=2, size=10**9, documents=True)})
    web.sign_in(factories.member(trust_level=0))
    assert [send(web, samples.picture()).status for _ in range(3)] == [201, 201, 429]


def test_body_of_10_000_parts_is_refused(web: Web, ada: Member) -> None:
    parts: dict[str, Any] = {f"f{number}": "x" for number in range(10_000)}
    page = web.post("/media", parts | {"csrf_token": csrf(web), "file": (io.BytesIO(b"x"), "x.jpg")})
    assert (page.status, page.response.get_json()["status"]) == (413, 413)


def test_body_of_10_000_files_is_refused(web: Web, ada: Member) -> None:
    parts: dict[str, Any] = {f"f{number}": (io.BytesIO(b"x"), "x") for number in range(10_000)}
    assert web.post("/media", parts).status == 413


def test_body_that_is_far_too_large_is_not_read(web: Web, ada: Member) -> None:
    page = send(web, bytes(policy.MAX_FORM + 1))
    assert (page.status, "10 MB" in page.response.get_json()["message"]) == (413, True)


def test_file_that_is_somewhat_too_large_is_refused_with_the_form_read(web: Web, ada: Member) -> None:
    page = send(web, b"\xff\xd8\xff" + bytes(policy.MAX_FILE))
    assert (page.status, "10 MB" in page.response.get_json()["message"]) == (422, True)


def test_storage_that_is_away_says_so(web: Web, ada: Member, app: Flask) -> None:
    storage = app.extensions["media_storage"]
    storage.url, before = "s3+http://key:secret@127.0.0.1:9/bucket", storage.url
    storage.__dict__.pop("_store", None)
    page = send(web, samples.picture())
    storage.url = before
    assert (page.status, page.response.get_json()["status"], files()) == (503, 503, 0)


def test_picture_goes_into_the_kept_text_without_scripts(web: Web, ada: Member) -> None:
    compose = web.submit("/posts/new", "/posts/new", title="A quay", body="Words before.", preview="yes")
    fields = compose.form("/posts/new") | {"back": ["/posts/new"]}
    asked = web.post("/media/place", fields)
    sent: dict[str, Any] = asked.form("/media/place") | {"send": ["yes"], "alt": ["A quay"]}
    placed = web.post("/media/place", sent | {"file": (io.BytesIO(samples.picture()), "quay.jpg")})
    again = web.post("/posts/new", placed.form("/posts/new") | {"preview": ["yes"]})
    key = db.session.scalars(select(File.key)).one()
    kept = again.form("/posts/new")
    assert (kept["title"], kept["body"]) == (["A quay"], [f"Words before.\n\n![A quay](/media/{key}.webp)\n"])


def test_refused_picture_leaves_the_text(web: Web, ada: Member) -> None:
    sent: dict[str, Any] = {"csrf_token": csrf(web), "back": "/posts/new", "body": "Words.", "send": "yes"}
    page = web.post("/media/place", sent | {"file": (io.BytesIO(b"<svg/>"), "quay.svg")})
    assert (page.status, page.form("/media/place")["body"]) == (422, ["Words."])


@pytest.mark.parametrize(
    "back", ["https://evil.example/posts/new", "//evil.example", "/sign-out", "/posts/new?x=y", ""]
)
def test_text_is_sent_to_forms_of_this_site_only(web: Web, ada: Member, back: str) -> None:
    page = web.post("/media/place", {"csrf_token": csrf(web), "back": back, "body": "Words."})
    assert (page.status, "evil.example" in page.text) == (422, False)
