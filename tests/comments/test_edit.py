"""Words change, versions stay, and a change that readers should know of is marked."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.comments import commands
from forum.comments.draft import Draft
from forum.comments.models import Comment, CommentRevision, CommentState
from forum.kernel import clock
from forum.kernel.access import Right
from forum.kernel.db import db, transaction
from forum.kernel.text import PIPELINE_VERSION
from forum.organisations.models import Affiliation
from forum.posts.rendering import render_body
from tests import factories
from tests.comments.writing import only
from tests.web import Page, Web

HOUR = timedelta(hours=1)


def written(author: Member, **fields: object) -> Comment:
    made: Comment = factories.comment(author, factories.post(), "0000", **{"created_at": clock.now() - HOUR} | fields)
    return made


def edit(web: Web, comment: Comment, body: str, **fields: str) -> Page:
    return web.submit(f"/comments/{comment.id}/edit", f"/comments/{comment.id}/edit", body=body, **fields)


def versions() -> list[tuple[int, str]]:
    db.session.rollback()
    rows = db.session.execute(select(CommentRevision.number, CommentRevision.source).order_by(CommentRevision.number))
    return [(row.number, row.source) for row in rows]


def test_edit_leads_back_and_keeps_both_versions(web: Web) -> None:
    author = factories.member()
    comment = written(author)
    page = edit(web.sign_in(author), comment, "A *better* remark.")
    assert page.response.headers["Location"].endswith(f"#comment-{comment.id}")
    assert (only().html, only().revision) == ("<p>A <em>better</em> remark.</p>\n", 2)
    assert versions() == [(1, "A remark."), (2, "A *better* remark.")]


def test_edit_is_marked_after_five_minutes_only(web: Web) -> None:
    author = factories.member()
    comment = written(author, created_at=clock.now() - timedelta(minutes=4))
    edit(web.sign_in(author), comment, "Mended.")
    assert (only().edited_at, only().revision) == (None, 2)
    with transaction() as session:
        session.get_one(Comment, comment.id).created_at = clock.now() - timedelta(minutes=6)
    edit(web, comment, "Changed.")
    assert (only().edited_at is not None, only().revision) == (True, 3)


def test_same_words_change_nothing(web: Web) -> None:
    author = factories.member()
    comment = written(author)
    page = edit(web.sign_in(author), comment, "A remark.\r\n")
    assert (page.status, only().revision, only().edited_at, versions()) == (303, 1, None, [])


def test_language_can_be_mended(web: Web) -> None:
    author = factories.member()
    edit(web.sign_in(author), written(author), "Een opmerking.", language="nl")
    assert (only().language, only().source) == ("nl", "Een opmerking.")


def test_somebody_elses_comment_is_refused(web: Web) -> None:
    comment = written(factories.member())
    author, other = web.sign_in(db.session.get_one(Member, comment.author_id)), factories.member()
    page = author.get(f"/comments/{comment.id}/edit")
    web.sign_in(other)
    assert web.get(f"/comments/{comment.id}/edit").status == 403
    answer = web.submit(page, f"/comments/{comment.id}/edit", body="Mine now")
    assert (answer.status, only().source, "Mine now" in answer.text) == (403, "A remark.", True)


def test_words_changed_in_another_tab_are_not_written_over(web: Web) -> None:
    author = factories.member()
    comment = written(author)
    page = web.sign_in(author).get(f"/comments/{comment.id}/edit")
    edit(web, comment, "From one tab.")
    answer = web.submit(page, f"/comments/{comment.id}/edit", body="From the other.")
    assert (answer.status, only().source) == (409, "From one tab.")
    assert answer.form(f"/comments/{comment.id}/edit")["body"] == ["From the other."]


def test_comment_removed_while_typing_keeps_the_text(web: Web) -> None:
    author = factories.member()
    comment = written(author)
    page = web.sign_in(author).get(f"/comments/{comment.id}/edit")
    with transaction() as session:
        session.get_one(Comment, comment.id).state = CommentState.REMOVED
    answer = web.submit(page, f"/comments/{comment.id}/edit", body="Long thoughts")
    assert (answer.status, answer.tree.findtext(".//textarea", "").strip()) == (403, "Long thoughts")


def test_empty_words_are_refused(web: Web) -> None:
    author = factories.member()
    assert edit(web.sign_in(author), written(author), " ").status == 422


def test_preview_changes_nothing(web: Web) -> None:
    author = factories.member()
    page = edit(web.sign_in(author), written(author), "It is **so**.", preview="yes")
    assert (page.status, only().source) == (200, "A remark.")


def test_who_left_the_organisation_may_not_edit_its_words(web: Web) -> None:
    author, city = factories.member(), factories.organisation()
    place = factories.affiliation(author, city, Right.EDITOR)
    comment = written(author, organisation_id=city.id)
    page = web.sign_in(author).get(f"/comments/{comment.id}/edit")
    with transaction() as session:
        session.get_one(Affiliation, place.id).ended_at = clock.now()
    assert web.submit(page, f"/comments/{comment.id}/edit", body="Revenge").status == 403


def test_history_compares_versions(web: Web) -> None:
    author = factories.member()
    comment = written(author)
    edit(web.sign_in(author), comment, "A kind remark.")
    page = Web(web.app).get(f"/comments/{comment.id}/history")
    diff = page.tree.find(".//div[@class='diff__text']")
    assert diff is not None
    assert ("".join(diff.itertext()).strip(), [one.text for one in diff.iter("ins")]) == ("A kind remark.", [" kind"])
    first = web.get(f"/comments/{comment.id}/history?revision=1")
    assert "As it was first sent." in first.words()


def test_history_of_what_never_changed_has_one_version(web: Web) -> None:
    comment = written(factories.member())
    page = web.get(f"/comments/{comment.id}/history")
    assert page.links().count(f"/comments/{comment.id}/history?revision=1") == 1
    assert "There is no such version." in web.get(f"/comments/{comment.id}/history?revision=2").words()


def test_history_behind_a_placeholder_is_its_authors(web: Web) -> None:
    author = factories.member()
    comment = written(author, state=CommentState.WITHDRAWN)
    assert web.get(f"/comments/{comment.id}/history").status == 404
    assert web.sign_in(author).get(f"/comments/{comment.id}/history").status == 200


def test_rerender_brings_older_texts_up_to_date(app: Flask) -> None:
    author = factories.member()
    factories.comment(author, factories.post(), "0000", source="**bold**", html="old", pipeline=0)
    with transaction():
        assert (commands.rerender(), commands.rerender()) == (1, 0)
    assert (only().html, only().pipeline) == ("<p><strong>bold</strong></p>\n", PIPELINE_VERSION)


def test_edit_by_command_records_nothing_for_equal_words(app: Flask) -> None:
    author = factories.member()
    comment = written(author)
    with transaction():
        commands.edit(factories.actor(author), comment.id, Draft("A remark."), render_body("A remark."))
    assert only().revision == 1


def test_slips_mended_at_once_stay_with_the_author(web: Web) -> None:
    author = factories.member()
    comment = written(author, created_at=clock.now() - timedelta(minutes=4))
    edit(web.sign_in(author), comment, "A remark without its slip.")
    with transaction() as session:
        session.get_one(Comment, comment.id).created_at = clock.now() - timedelta(minutes=1)
    history = f"/comments/{comment.id}/history"
    assert "As it was first sent." in Web(web.app).get(history).words()
    assert "There is no such version." in Web(web.app).get(f"{history}?revision=1").words()
    assert "As it was first sent." in web.get(f"{history}?revision=1").words()


def test_history_says_who_changed_a_comment_and_why(web: Web) -> None:
    author = factories.member("anna")
    comment = written(author)
    edit(web.sign_in(author), comment, "A kind remark.", note="It was unkind")
    page = Web(web.app).get(f"/comments/{comment.id}/history")
    assert ("Why: It was unkind" in page.words(), "/members/anna" in page.links()) == (True, True)


def test_long_note_is_refused_and_comes_back(web: Web) -> None:
    author = factories.member()
    page = edit(web.sign_in(author), comment := written(author), "Better.", note="x" * 201)
    assert (page.status, page.form(f"/comments/{comment.id}/edit")["note"]) == (422, ["x" * 201])


def test_older_words_are_brought_back_from_the_history(web: Web) -> None:
    author = factories.member()
    comment = written(author)
    edit(web.sign_in(author), comment, "Worse.")
    history = f"/comments/{comment.id}/history"
    sent = web.submit(f"{history}?revision=1", f"{history}/1/restore")
    assert (sent.status, only().source, only().revision) == (303, "A remark.", 3)
    other = web.sign_in(factories.member()).get(f"{history}?revision=1")
    assert "Bring these words back" not in other.words()
