"""Writing a post in a browser without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.kernel.access import MemberState, Right
from forum.kernel.db import db, transaction
from forum.posts import commands
from forum.posts.models import Post, PostKind, PostState
from tests import factories
from tests.posts import drafting
from tests.posts.drafting import post_counts, publish, row, save, topics_of
from tests.web import Page, Web

WORDS: dict[str, Any] = {"title": "A plain letter", "body": "We sent **4,000** letters.", "topics": ["energy"]}


@pytest.fixture
def anna(app: Flask) -> Member:
    """A member, and a topic to write under."""
    factories.topic("energy")
    factories.topic("water")
    return factories.member("anna")


def only() -> Post:
    return db.session.query(Post).populate_existing().one()


def location(page: Page) -> str:
    assert page.status == 303, page.words()
    return page.response.headers["Location"]


def form_of(page: Page) -> dict[str, list[str]]:
    return page.form(page.path.partition("?")[0])


def invalid_fields(page: Page) -> list[str]:
    return [link.removeprefix("#f-") for link in page.links() if link.startswith("#f-")]


def test_post_is_written_and_found_at_its_address(web: Web, anna: Member) -> None:
    sent = web.sign_in(anna).submit("/posts/new", "/posts/new", **WORDS, standfirst="In short", language="nl")
    post = only()
    assert location(sent) == f"/posts/{post.id}/a-plain-letter"
    assert (post.title, post.standfirst, post.language, post.kind) == ("A plain letter", "In short", "nl", "article")
    assert (post.state, topics_of(post.id)) == (PostState.PUBLISHED, ["energy"])


def test_first_topic_is_the_main_one(web: Web, anna: Member) -> None:
    web.sign_in(anna).submit("/posts/new", "/posts/new", **(WORDS | {"topics": ["water", "energy", "water"]}))
    assert topics_of(only().id) == ["water", "energy"]


def test_reader_is_sent_to_sign_in(web: Web) -> None:
    assert web.get("/posts/new").response.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("kind", list(PostKind))
def test_form_begins_with_the_kind_asked_for(web: Web, anna: Member, kind: PostKind) -> None:
    page = web.sign_in(anna).get(f"/posts/new?kind={kind}")
    fields = page.form("/posts/new")
    assert (page.status, fields["kind"]) == (200, [kind])
    assert ("starts_at" in fields, "deadline" in fields) == (kind == PostKind.EVENT, kind == PostKind.REQUEST)


def test_form_writes_as_oneself_by_default(web: Web, anna: Member) -> None:
    factories.affiliation(anna, factories.organisation("haarlem"))
    page = web.sign_in(anna).get("/posts/new")
    voices = [control.get("value") for control in page.tree.iter("input") if control.get("name") == "on_behalf_of"]
    assert (voices, page.form("/posts/new")["on_behalf_of"]) == (["", "haarlem"], [""])


def test_contributor_is_offered_the_organisation_since_their_post_waits(web: Web, anna: Member) -> None:
    factories.affiliation(anna, factories.organisation("haarlem"), Right.CONTRIBUTOR)
    page = web.sign_in(anna).get("/posts/new")
    assert [c.get("value") for c in page.tree.iter("input") if c.get("name") == "on_behalf_of"] == ["", "haarlem"]


def test_post_is_written_in_the_name_of_an_organisation(web: Web, anna: Member) -> None:
    city = factories.organisation("haarlem")
    factories.affiliation(anna, city)
    web.sign_in(anna).submit("/posts/new", "/posts/new", **WORDS, on_behalf_of="haarlem")
    assert (only().organisation_id, only().author_id) == (city.id, anna.id)


def test_speaking_without_the_right_keeps_the_words(web: Web, anna: Member) -> None:
    factories.organisation("haarlem")
    page = web.sign_in(anna).submit("/posts/new", "/posts/new", **WORDS, on_behalf_of="haarlem")
    assert (page.status, page.form("/posts/new")["body"]) == (403, [WORDS["body"]])
    assert "Write as yourself" in page.words()


def test_refused_form_keeps_every_word(web: Web, anna: Member) -> None:
    words: dict[str, Any] = {
        "title": "", "standfirst": "In short", "body": "<b>\n  kept", "topics": ["water", "energy"],
        "language": "nl", "place": "Town hall", "starts_at": "soon", "kind": "event", "link": "nowhere",
    }  # fmt: skip
    web.sign_in(anna)
    page = web.submit(web.get("/posts/new?kind=event"), "/posts/new", **words)
    shown = page.form("/posts/new")
    assert (page.status, invalid_fields(page)) == (422, ["starts_at", "link"])
    assert {name: shown[name] for name in words} == {
        name: value if isinstance(value, list) else [value] for name, value in words.items()
    }


def test_every_missing_field_is_named(web: Web, anna: Member) -> None:
    page = web.sign_in(anna).submit("/posts/new", "/posts/new")
    assert (page.status, invalid_fields(page)) == (422, ["title", "body", "topics"])
    assert page.tree.find(".//title").text.startswith("Error:")  # type: ignore[union-attr]  # every page has one
    for name in invalid_fields(page):
        assert page.tree.find(f".//*[@id='f-{name}']") is not None


def test_text_that_is_too_long_comes_back(web: Web, anna: Member) -> None:
    long = "x" * 32_001
    page = web.sign_in(anna).submit("/posts/new", "/posts/new", **(WORDS | {"body": long}))
    assert (page.status, page.form("/posts/new")["body"], invalid_fields(page)) == (422, [long], ["body"])


def test_preview_shows_the_text_and_keeps_everything(web: Web, anna: Member) -> None:
    page = web.sign_in(anna).submit("/posts/new", "/posts/new", **WORDS, preview="yes")
    shown = page.tree.find(".//*[@data-preview]")
    assert shown is not None
    assert (page.status, shown.get("hidden"), "".join(shown.itertext())) == (
        200,
        None,
        "Preview, as readers will see itWe sent 4,000 letters.\n",
    )
    assert {name: page.form("/posts/new")[name] for name in WORDS} == {
        "title": ["A plain letter"], "body": [WORDS["body"]], "topics": ["energy"],
    }  # fmt: skip
    assert db.session.query(Post).count() == 0


def test_preview_is_sent_as_it_stands(web: Web, anna: Member) -> None:
    page = web.sign_in(anna).submit("/posts/new", "/posts/new", **WORDS, preview="yes")
    assert location(web.submit(page, "/posts/new")) == f"/posts/{only().id}/a-plain-letter"


def test_switching_the_kind_keeps_everything(web: Web, anna: Member) -> None:
    page = web.sign_in(anna).submit("/posts/new", "/posts/new", **WORDS, switch="event")
    shown = page.form("/posts/new")
    assert (page.status, shown["kind"], shown["title"], shown["starts_at"]) == (
        200,
        ["event"],
        ["A plain letter"],
        [""],
    )


def test_event_is_written(web: Web, anna: Member) -> None:
    web.sign_in(anna)
    page = web.submit(
        web.get("/posts/new?kind=event"), "/posts/new", **WORDS, starts_at="2030-05-14T09:30",
        ends_at="2030-05-14T12:00", time_zone="Europe/Amsterdam", place="Town hall",
    )  # fmt: skip
    assert location(page)
    assert (only().starts_at, only().ends_at) == (drafting.EVENT["starts_at"], drafting.EVENT["ends_at"])


def test_draft_is_saved_and_goes_on(web: Web, anna: Member) -> None:
    saved = web.sign_in(anna).submit("/posts/new", "/posts/new", title="Half", save="yes")
    post = only()
    assert (location(saved), post.state) == (f"/posts/{post.id}/edit?saved=yes", PostState.DRAFT)
    page = web.follow(saved)
    assert "Your draft is saved" in page.words()
    again = web.submit(page, f"/posts/{post.id}/edit", **WORDS, save="yes")
    assert (location(again), only().title) == (f"/posts/{post.id}/edit?saved=yes", "A plain letter")
    assert (
        location(web.submit(f"/posts/{post.id}/edit", f"/posts/{post.id}/edit")) == f"/posts/{post.id}/a-plain-letter"
    )
    assert (only().state, post_counts(anna)) == (PostState.PUBLISHED, [1])


def test_draft_is_nobody_elses(web: Web, anna: Member) -> None:
    post_id = save(factories.actor(anna), title="A secret draft")
    for visitor in (web, Web(web.app).sign_in(factories.member(role="admin"))):
        for path in (f"/posts/{post_id}/a-secret-draft", "/posts/a-secret-draft", f"/posts/{post_id}/history"):
            assert visitor.get(path).status == 404
    page = Web(web.app).sign_in(factories.member()).get(f"/posts/{post_id}/edit")
    assert (page.status, "secret" in page.text) == (404, False)


def test_unconfirmed_member_is_told_how_to_publish(web: Web, anna: Member) -> None:
    web.sign_in(factories.member("new", state=MemberState.UNCONFIRMED))
    page = web.get("/posts/new")
    assert "confirm your e-mail address first" in page.words()
    refused = web.submit(page, "/posts/new", **WORDS)
    assert (refused.status, refused.form("/posts/new")["body"]) == (403, [WORDS["body"]])
    assert "Confirm your e-mail address before you publish" in refused.words()
    assert location(web.submit(refused, "/posts/new", save="yes")) == f"/posts/{only().id}/edit?saved=yes"


def test_drafts_are_listed_and_discarded(web: Web, anna: Member) -> None:
    post_id = save(factories.actor(anna), title="Half a thought")
    save(factories.actor(factories.member()), title="Of another")
    page = web.sign_in(anna).get("/drafts")
    assert ("Half a thought" in page.words(), "Of another" in page.words()) == (True, False)
    assert location(web.submit(page, f"/posts/{post_id}/withdraw")) == "/drafts"
    assert "No drafts" in web.get("/drafts").words()


def test_edit_shows_the_post_and_changes_it(web: Web, anna: Member) -> None:
    post_id = publish(factories.actor(anna), title="Old title", topics=("water", "energy"))
    page = web.sign_in(anna).get(f"/posts/{post_id}/edit")
    shown = page.form(f"/posts/{post_id}/edit")
    assert (shown["title"], shown["body"], shown["topics"]) == (
        ["Old title"],
        [drafting.DRAFT.source],
        ["water", "energy"],
    )
    sent = web.submit(page, f"/posts/{post_id}/edit", title="New title")
    assert (location(sent), row(post_id).revision) == (f"/posts/{post_id}/new-title", 2)
    moved = web.get("/posts/old-title?sort=newest")
    assert (moved.status, moved.response.headers["Location"]) == (301, f"/posts/{post_id}/new-title?sort=newest")


def test_edit_in_two_tabs_loses_nothing(web: Web, anna: Member) -> None:
    post_id = publish(factories.actor(anna))
    address = f"/posts/{post_id}/edit"
    first, second = web.sign_in(anna).get(address), web.get(address)
    web.submit(first, address, body="First")
    page = web.submit(second, address, body="Second")
    assert (page.status, page.form(address)["body"], row(post_id).source) == (409, ["Second"], "First")
    assert location(web.submit(page, address))
    assert row(post_id).source == "Second"


def test_edit_of_another_is_refused(web: Web, anna: Member) -> None:
    post_id = publish(factories.actor(factories.member()))
    web.sign_in(anna)
    assert web.get(f"/posts/{post_id}/edit").status == 403
    page = web.submit("/posts/new", "/posts/new", **WORDS)
    own = web.get("/posts/new").form("/posts/new")
    page = web.post(f"/posts/{post_id}/edit", own | {"body": ["Mine now"], "title": ["Mine"]})
    assert (page.status, page.form("/posts/new")["body"]) == (403, ["Mine now"])


def test_edit_of_what_was_withdrawn_meanwhile_keeps_the_words(web: Web, anna: Member) -> None:
    actor = factories.actor(anna)
    post_id = publish(actor)
    page = web.sign_in(anna).get(f"/posts/{post_id}/edit")
    with transaction():
        commands.withdraw(actor, post_id)
    refused = web.submit(page, f"/posts/{post_id}/edit", body="Late words")
    assert (refused.status, refused.form("/posts/new")["body"]) == (403, ["Late words"])


def test_session_that_ended_keeps_the_words(web: Web, anna: Member) -> None:
    page = web.sign_in(anna).get("/posts/new")
    web.client.delete_cookie("kade")
    refused = web.submit(page, "/posts/new", **WORDS)
    assert (refused.status, WORDS["body"] in refused.text) == (401, True)
    assert db.session.query(Post).count() == 0


def test_form_from_another_site_is_not_echoed(web: Web, anna: Member) -> None:
    page = web.sign_in(anna).get("/posts/new")
    fields = page.form("/posts/new") | WORDS
    refused = web.post("/posts/new", fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert (refused.status, "4,000" in refused.text) == (403, False)


def test_post_is_withdrawn_and_put_back(web: Web, anna: Member) -> None:
    post_id = publish(factories.actor(anna), title="One")
    edit = f"/posts/{post_id}/edit"
    assert location(web.sign_in(anna).submit(edit, f"/posts/{post_id}/withdraw")) == f"/posts/{post_id}/one"
    assert Web(web.app).get(f"/posts/{post_id}/one").status == 404
    token = web.get("/posts/new").form("/posts/new")["csrf_token"]
    assert location(web.post(f"/posts/{post_id}/restore", {"csrf_token": token})) == f"/posts/{post_id}/one"
    assert Web(web.app).get(f"/posts/{post_id}/one").status == 200


def test_request_is_settled_from_its_form(web: Web, anna: Member) -> None:
    post_id = publish(factories.actor(anna), kind=PostKind.REQUEST)
    edit = f"/posts/{post_id}/edit"
    answers = []
    for _ in range(2):
        assert location(web.sign_in(anna).submit(edit, f"/posts/{post_id}/answered"))
        answers.append(row(post_id).answered)
    assert answers == [True, False]


def test_discussion_is_closed_from_the_form(web: Web, anna: Member) -> None:
    post_id = publish(factories.actor(anna))
    sent = web.sign_in(anna).submit(f"/posts/{post_id}/edit", f"/posts/{post_id}/comment-mode")
    assert (location(sent).endswith("#comments"), row(post_id).comment_mode) == (True, "closed")


def test_history_is_shown_to_readers(web: Web, anna: Member) -> None:
    post_id = publish(factories.actor(anna), title="One", source="We sent letters.")
    drafting.edit(factories.actor(anna), post_id, title="One", source="We sent plain letters.")
    page = web.get(f"/posts/{post_id}/history")
    assert (page.status, [one.text for one in page.tree.iter("ins")], list(page.tree.iter("del"))) == (
        200,
        ["plain "],
        [],
    )
    first = web.get(f"/posts/{post_id}/history?revision=1")
    assert ("We sent letters." in first.words(), list(first.tree.iter("ins"))) == (True, [])
    assert web.get(f"/posts/{post_id}/history?revision=99999999999999999&after=99999999999999999").status == 200


def test_calendar_file_is_downloaded(web: Web, anna: Member) -> None:
    post_id = publish(factories.actor(anna), **drafting.EVENT, title="Open day")
    page = web.get(f"/posts/{post_id}/event.ics")
    assert page.response.content_type == "text/calendar; charset=utf-8"
    assert page.response.headers["Content-Disposition"] == 'attachment; filename="open-day.ics"'
    assert f"UID:post-{post_id}@localhost\r\n" in page.text
    assert f"URL:http://localhost/posts/{post_id}/open-day\r\n" in page.text
    assert web.get(f"/posts/{publish(factories.actor(anna))}/event.ics").status == 404


def test_preview_for_scripts_is_a_piece_of_a_page(web: Web, anna: Member) -> None:
    token = web.sign_in(anna).get("/posts/new").form("/posts/new")["csrf_token"]
    page = web.post("/preview", {"csrf_token": token, "body": "*Hello* <script>"})
    assert (page.status, page.text.strip()) == (200, "<p><em>Hello</em> &lt;script&gt;</p>")
    assert web.post("/preview", {"csrf_token": token, "body": "x" * 32_001}).status == 422
    assert web.post("/preview", {"body": "x"}).status == 403


@pytest.mark.parametrize(
    "path",
    ["/posts/no-such-post", "/posts/%00", "/posts/99999999999999999999/edit", "/posts/99999999999999999999/history"],
)
def test_address_of_nothing_is_not_found(web: Web, anna: Member, path: str) -> None:
    assert web.sign_in(anna).get(path).status == 404


def test_titles_never_hide_a_page_of_a_post(app: Flask) -> None:
    from forum.posts.addresses import RESERVED

    rules = [rule.rule.split("/") for rule in app.url_map.iter_rules()]
    taken = {
        parts[3] for parts in rules if parts[:3] == ["", "posts", "<int:post_id>"] and parts[3][:1] not in {"", "<"}
    }
    assert {name for name in taken if "." not in name} <= RESERVED
