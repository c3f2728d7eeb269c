"""Notices of illegal content: sent without an account, followed by a reference, answered by letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.comments.models import Comment, CommentState
from forum.kernel.access import Right, Role
from forum.kernel.db import db
from forum.kernel.mailer import StoredLetter
from forum.moderation.models import Action, Lane, Scope, StatementOfReasons, SubjectType
from forum.notices.addresses import subject_at
from forum.notices.models import Notice
from tests import factories
from tests.justice import decide, deliver, item_about, settle
from tests.web import Page, Web

FIELDS = {
    "explanation": "It calls for violence against a named person. SEKRET",
    "law": "Article 131",
    "name": "Noor Sekretova",
    "email": "noor@example.org",
    "good_faith": "yes",
}


def a_comment(**fields: object) -> Comment:
    made: Comment = factories.comment(factories.member(), factories.post(), "0000", **fields)
    return made


def send(web: Web, comment: Comment, **fields: str) -> Page:
    address = f"http://localhost/comments/{comment.id}"
    return web.submit("/notices/new", "/notices/new", **({"address": address} | FIELDS | fields))


def item_of(comment: Comment):  # type: ignore[no-untyped-def]  # short for the tests below
    return item_about(SubjectType.COMMENT, comment.id, Lane.LEGAL)


def letters() -> list[StoredLetter]:
    return list(db.session.scalars(select(StoredLetter).where(StoredLetter.to_address == "noor@example.org")))


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("http://localhost/comments/7", (SubjectType.COMMENT, 7)),
        ("localhost/posts/3/a-title", (SubjectType.POST, 3)),
        ("/posts/3/a-title?after=2#comment-9", (SubjectType.COMMENT, 9)),
        ("http://LOCALHOST/posts/3", (SubjectType.POST, 3)),
        ("http://elsewhere.org/comments/7", None),
        ("http://localhost/members/joost", None),
        ("http://[::1/comments/7", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_address_says_what_it_is_about(address: str, found: object) -> None:
    assert subject_at(address, "localhost") == found


def test_notice_gets_a_receipt_at_once(web: Web) -> None:
    answer = send(web, a_comment())
    assert answer.status == 303
    page = web.follow(answer)
    assert page.heading().startswith("Your notice ")
    assert "We received it." in page.words()
    deliver()
    assert [letter.subject for letter in letters()] == [f"We received your notice {answer.response.location[9:]}"]


def test_receipt_holds_nothing_that_was_typed(web: Web) -> None:
    send(web, a_comment())
    kept = db.session.scalars(select(StoredLetter)).all()
    deliver()
    assert [one for one in kept if "SEKRET" in one.plain + one.html or "Sekretova" in one.plain + one.html] == []


def test_notice_is_the_sites_and_never_an_organisations(web: Web) -> None:
    city, author, colleague = factories.organisation(), factories.member(), factories.member()
    factories.affiliation(author, city, Right.OWNER)
    factories.affiliation(colleague, city, Right.MODERATOR)
    comment = factories.comment(factories.member(), factories.post(author, organisation_id=city.id), "0000")
    send(web, comment)
    item = item_of(comment)
    assert (item.scope, item.organisation_id, item.opened_by) == (Scope.SITE, None, "anonymous")
    assert web.sign_in(colleague).get(f"/moderation/items/{item.id}").status == 404


def test_notice_sent_twice_is_one(web: Web) -> None:
    comment = a_comment()
    answers = {send(web, comment).response.location for _time in range(2)}
    assert (len(answers), db.session.scalars(select(func.count()).select_from(Notice)).one()) == (1, 1)


@pytest.mark.parametrize("field", ["address", "explanation", "name", "email", "good_faith"])
def test_notice_without_a_field_comes_back(web: Web, field: str) -> None:
    comment = a_comment()
    page = web.get("/notices/new")
    values = {"address": f"/comments/{comment.id}"} | FIELDS | {field: ""}
    answer = web.submit(page, "/notices/new", **values)
    assert (answer.status, f"#f-{field}" in answer.links()) == (422, True)
    assert db.session.scalars(select(func.count()).select_from(Notice)).one() == 0
    if field != "explanation":
        assert answer.form("/notices/new")["explanation"] == [FIELDS["explanation"]]


@pytest.mark.parametrize("state", [CommentState.REMOVED, CommentState.HIDDEN, CommentState.PENDING])
def test_notice_of_what_readers_cannot_read_tells_nothing(web: Web, state: CommentState) -> None:
    hidden, missing = send(web, a_comment(state=state)), send(web, a_comment(), address="/comments/99999")
    assert (hidden.status, missing.status) == (422, 422)
    assert "There is no post or comment at this address." in hidden.words()
    assert "There is no post or comment at this address." in missing.words()


@pytest.mark.parametrize("reference", ["AAAA-AAAA-AAAA-AAAA-AAAA", "1", "x" * 3000, "AAAA-AAAA-AAAA-AAAA-AAA'"])
def test_reference_that_nobody_has_is_missing(web: Web, reference: str) -> None:
    send(web, a_comment())
    assert web.get(f"/notices/{reference}").status == 404


def test_reference_is_read_in_either_case(web: Web) -> None:
    address = send(web, a_comment()).response.location
    assert web.get(address.lower()).status == 200


def test_page_of_a_notice_hides_who_sent_it(web: Web) -> None:
    page = web.follow(send(web, a_comment()))
    assert ("Sekretova" in page.text, "noor@" in page.text) == (False, False)


def test_removal_answers_the_notice_and_gives_reasons(web: Web) -> None:
    comment = a_comment()
    address = send(web, comment).response.location
    law = "Article 131 of the Criminal Code"
    decide(SubjectType.COMMENT, comment.id, Action.REMOVE, lane=Lane.LEGAL, ground="law", law=law)
    settle()
    assert "We removed it." in web.get(address).words()
    assert sorted(letter.subject[:10] for letter in letters()) == ["We decided", "We receive"]
    statement = db.session.scalars(select(StatementOfReasons)).one()
    assert (statement.source_type, statement.illegal_content_legal_ground) == ("SOURCE_ARTICLE_16", law)


def test_no_action_tells_the_sender_why(web: Web) -> None:
    comment = a_comment()
    address = send(web, comment).response.location
    decide(SubjectType.COMMENT, comment.id, Action.NO_ACTION, lane=Lane.LEGAL, facts="It is a quotation.")
    settle()
    words = web.get(address).words()
    assert "We looked at it, and left it as it is. It is a quotation." in words.replace("is.It", "is. It")
    assert db.session.get_one(Comment, comment.id, populate_existing=True).state == CommentState.VISIBLE


def test_answer_waits_for_the_minute_to_pass(web: Web) -> None:
    comment = a_comment()
    address = send(web, comment).response.location
    decide(SubjectType.COMMENT, comment.id, Action.NO_ACTION, lane=Lane.LEGAL)
    deliver()
    assert "We received it." in web.get(address).words()


def test_case_shows_notices_without_addresses_of_senders(web: Web) -> None:
    comment = a_comment()
    send(web, comment)
    page = web.sign_in(factories.member(role=Role.MODERATOR)).get(f"/moderation/items/{item_of(comment).id}")
    assert "It calls for violence" in page.words()
    assert ("Noor Sekretova" in page.text, "noor@example.org" in page.text) == (True, False)


def test_too_many_notices_from_one_address_wait(web: Web, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    comment = a_comment()
    monkeypatch.setitem(app.extensions, "settings", _limited(app))
    statuses = [send(web, comment, explanation=f"Number {number}").status for number in range(6)]
    assert statuses == [303] * 5 + [429]


def _limited(app: Flask) -> object:
    from dataclasses import replace

    return replace(app.extensions["settings"], rate_limits=True)


def test_sender_appeals_without_an_account_and_reads_the_answer_there(web: Web) -> None:
    comment = a_comment()
    notice = send(web, comment).response.location
    decision = decide(SubjectType.COMMENT, comment.id, Action.NO_ACTION, lane=Lane.LEGAL)
    settle()
    path = f"{notice}/appeal"
    assert path in web.get(notice).links()
    assert web.submit(path, path, words="It names the street, too.").status == 303
    assert "It names the street, too." in web.get(path).words()
    more = {"instead": "remove"}
    decide(SubjectType.DECISION, decision.id, Action.VARY, lane=Lane.APPEALS, more=more, facts="It names a person.")
    settle(timedelta(minutes=5))  # the worker looked a moment ago
    assert "replaced the decision by another one." in web.get(path).words()
    assert db.session.get_one(Comment, comment.id, populate_existing=True).state == CommentState.REMOVED
