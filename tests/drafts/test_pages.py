"""Drafts in a browser without scripts, and what scripts ask for."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.drafts import queries
from forum.kernel.db import db, transaction
from forum.posts.models import Post, PostState
from tests import factories
from tests.drafts.keeping import save, stored
from tests.posts.drafting import save as save_post
from tests.web import Page, Web


@pytest.fixture
def anna(app: Flask) -> Member:
    factories.topic("energy")
    return factories.member("anna")


def token_of(web: Web) -> str:
    return web.get("/posts/new").form("/posts/new")["csrf_token"][0]


def keep(web: Web, **fields: str | list[str]) -> Page:
    """As the script of a page sends it."""
    known = {"csrf_token": token_of(web), "desk": "post:new", "base": "0", "writer": "page", "turn": "1"}
    return web.post("/drafts/kept", {**known, **fields})


def told(page: Page) -> dict[str, Any]:
    """What a script is told."""
    answer: dict[str, Any] = page.response.get_json()
    return answer


def go_on(web: Web) -> Page:
    """Along the first link in the list of drafts."""
    links = web.get("/drafts").links()
    return web.get(next(link for link in links if link.startswith("/drafts/")))


def test_words_are_kept_by_a_script_and_told_again(web: Web, anna: Member) -> None:
    web.sign_in(anna)
    answer = keep(web, title="A title", body="Some\nwords", topics=["energy"], on_behalf_of="haarlem", nonsense="x")
    assert (answer.status, told(answer)["sequence"]) == (200, 1)
    found = told(web.get("/drafts/kept?desk=post:new"))
    assert found["fields"] == {"title": "A title", "body": "Some\nwords", "topics": ["energy"]}
    assert (found["sequence"], found["open"], found["writer"]) == (1, True, "page")


def test_conflict_tells_what_is_kept_instead(web: Web, anna: Member) -> None:
    web.sign_in(anna)
    keep(web, body="Of one")
    answer = keep(web, body="Of another", writer="other")
    assert (answer.status, told(answer)["fields"], told(answer)["sequence"]) == (
        409,
        {"body": "Of one"},
        1,
    )


def test_old_token_is_answered_with_a_new_one(web: Web, anna: Member) -> None:
    answer = keep(web.sign_in(anna), body="Words", csrf_token="old")
    assert answer.status == 403
    assert keep(web, body="Words", csrf_token=told(answer)["csrf"]).status == 200


def test_signed_out_page_keeps_nothing(web: Web, anna: Member) -> None:
    token = token_of(web.sign_in(anna))
    answer = Web(web.app).post("/drafts/kept", {"csrf_token": token, "desk": "post:new", "body": "Words"})
    assert (answer.status, stored()) == (401, [])


def test_broken_characters_are_kept_without_harm(web: Web, anna: Member) -> None:
    assert keep(web.sign_in(anna), body="a\x00b").status == 200
    assert stored()[0][1] == "ab"


def test_sending_a_post_closes_its_draft(web: Web, anna: Member) -> None:
    keep(web.sign_in(anna), title="A title", body="Words")
    web.submit("/posts/new", "/posts/new", title="A title", body="Words", topics=["energy"], kept="page:1")
    assert stored() == [("post:new", "", 2, False)]


def test_refused_post_leaves_its_draft_open(web: Web, anna: Member) -> None:
    keep(web.sign_in(anna), body="Words")
    page = web.submit("/posts/new", "/posts/new", body="Words", kept="page:1")
    assert (page.status, page.form("/posts/new")["kept"]) == (422, ["page:1"])
    assert stored() == [("post:new", "Words", 1, True)]


def test_sending_without_scripts_leaves_words_of_elsewhere(web: Web, anna: Member) -> None:
    keep(web.sign_in(anna), body="Of another device")
    web.submit("/posts/new", "/posts/new", title="A title", body="Words", topics=["energy"])
    assert stored() == [("post:new", "Of another device", 1, True)]


def test_sending_a_comment_and_its_change_closes_their_drafts(web: Web, anna: Member) -> None:
    post = factories.post()
    keep(web.sign_in(anna), desk=f"{post.id}:", body="A remark")
    new = f"/posts/{post.id}/comments"
    sent = web.submit(f"{new}/new", new, body="A remark", kept="page:1")
    comment_id = sent.response.headers["Location"].rpartition("-")[2]
    keep(web, desk=f"comment:{comment_id}", body="A better remark")
    web.submit(f"/comments/{comment_id}/edit", f"/comments/{comment_id}/edit", body="A better remark", kept="page:1")
    assert [(place, is_open) for place, _body, _number, is_open in stored()] == [
        (f"{post.id}:", False),
        (f"comment:{comment_id}", False),
    ]


def test_list_shows_words_with_preview_and_discards_them(web: Web, anna: Member) -> None:
    web.sign_in(anna)
    assert "No drafts" in web.get("/drafts").words()
    save(factories.actor(anna), "Half a **thought**")
    page = web.get("/drafts")
    assert "Half a **thought**" in page.words()
    (preview,) = [link for link in page.links() if "preview" in link]
    assert "".join(web.get(preview).tree.find(".//*[@data-preview]//strong").itertext()) == "thought"  # type: ignore[union-attr]  # it is there, or the test fails
    actions = [form.get("action", "") for form in page.tree.iter("form")]
    (discard,) = [action for action in actions if "discard" in action]
    assert web.submit(page, discard).response.headers["Location"] == "/drafts"
    assert "No drafts" in web.get("/drafts").words()


def test_list_shows_no_title_of_what_cannot_be_seen_any_more(web: Web, anna: Member) -> None:
    post: Post = factories.post(title="A planted title")
    save(factories.actor(anna), "My remark", place=f"{post.id}:")
    with transaction():
        db.session.get_one(Post, post.id).state = PostState.REMOVED
    page = web.sign_in(anna).get("/drafts")
    assert ("My remark" in page.words(), "planted" in page.text) == (True, False)


def test_going_on_fills_the_form_and_sending_it_closes_the_draft(web: Web, anna: Member) -> None:
    web.sign_in(anna)
    keep(web, title="A title", body="Words", topics=["energy"], language="nl")
    page = go_on(web)
    form = page.form("/posts/new")
    assert (form["title"], form["body"], form["topics"], form["language"]) == (
        ["A title"], ["Words"], ["energy"], ["nl"],
    )  # fmt: skip
    assert web.submit(page, "/posts/new").status == 303
    assert stored() == [("post:new", "", 2, False)]


def test_going_on_with_a_reply(web: Web, anna: Member) -> None:
    post = factories.post()
    comment = factories.comment(factories.member(), post, "0000")
    save(factories.actor(anna), "My reply", place=f"{post.id}:{comment.id}")
    form = go_on(web.sign_in(anna)).form(f"/posts/{post.id}/comments")
    assert (form["body"], form["parent_id"], form["kept"]) == (["My reply"], [str(comment.id)], [":1"])


def test_going_on_where_the_thread_closed_shows_the_words(web: Web, anna: Member) -> None:
    post = factories.post(comment_mode="closed")
    save(factories.actor(anna), "My remark", place=f"{post.id}:")
    page = go_on(web.sign_in(anna))
    assert (page.status, page.tree.findtext(".//textarea", "").strip()) == (200, "My remark")


def test_draft_of_another_is_not_found(web: Web, anna: Member) -> None:
    other = factories.actor(factories.member())
    save(other, "A secret")
    draft = queries.find_draft(other, "post:new")
    assert draft is not None
    page = web.sign_in(anna).get(f"/drafts/{draft.id}")
    assert (page.status, "secret" in page.text) == (404, False)


def test_withdrawn_posts_can_be_put_back_from_the_list(web: Web, anna: Member) -> None:
    post_id = save_post(factories.actor(anna), title="Half a thought")
    web.sign_in(anna)
    web.submit("/drafts", f"/posts/{post_id}/withdraw")
    assert "Withdrawn and discarded" in web.get("/drafts").words()
    assert web.submit("/drafts", f"/posts/{post_id}/restore").response.headers["Location"] == f"/posts/{post_id}/edit"
