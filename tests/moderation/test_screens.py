"""The queue's pages, without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, event, func, insert, select

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel import clock
from forum.kernel.access import Right, Role
from forum.kernel.db import db, transaction
from forum.moderation.models import Decision, InternalNote, Lane, ReviewItem, Scope, WatchedWord
from forum.organisations.models import ApprovalPolicy, Organisation
from forum.reports.complaint import Complaint
from forum.reports.models import Reason
from tests import factories
from tests.drills.sizes import LONG
from tests.moderation.holding import comment_by, comment_row, item_about, post_by, watch
from tests.moderation.test_authors import edit
from tests.reports.test_reports import city_post, reported
from tests.statements import counted
from tests.web import Page, Web

WORDS = "Cheap lamps"


@pytest.fixture
def rosa(web: Web) -> Web:
    """A moderator, signed in."""
    return web.sign_in(factories.member("rosa", role=Role.MODERATOR))


def waiting_comment(author: Member | None = None) -> Comment:
    watch(WORDS)
    return comment_by(author or factories.member("amira"), factories.post(), WORDS)


def case(comment: Comment) -> str:
    return f"/moderation/items/{item_about(comment).id}"


def decide(web: Web, comment: Comment, **fields: str) -> Page:
    form = web.get(case(comment)).form(f"{case(comment)}/decide")
    return web.post(f"{case(comment)}/decide", form | {name: [value] for name, value in fields.items()})


def location(page: Page) -> str:
    return page.response.headers["Location"]


def test_queue_lists_what_waits(rosa: Web) -> None:
    comment = waiting_comment()
    page = rosa.get("/moderation")
    assert ("1 open case." in page.words(), WORDS in page.words(), "Watched words" in page.words()) == (True,) * 3
    assert case(comment) in page.links()


@pytest.mark.parametrize("path", ["/moderation", "/moderation/spam"])
def test_queue_is_not_for_members(web: Web, path: str) -> None:
    assert web.sign_in(factories.member()).get(path).status == 403


def test_case_of_somebody_else_is_not_found(web: Web) -> None:
    comment, city, owner = waiting_comment(), factories.organisation(), factories.member()
    factories.affiliation(owner, city, Right.OWNER)
    assert web.sign_in(owner).get(case(comment)).status == 404


def test_case_shows_text_check_thread_and_author(rosa: Web) -> None:
    words = rosa.get(case(waiting_comment())).words()
    shown = [
        WORDS,
        "Why it waits",
        "Watched words Cheap lamps",
        "About the author",
        "0 restrictions",
        "Nobody sees it yet",
    ]
    assert [one for one in shown if one not in words] == []


def test_publishing_is_one_button_and_leads_on(rosa: Web) -> None:
    comment = waiting_comment()
    sent = decide(rosa, comment)
    assert (sent.status, comment_row(comment.id).state) == (303, "visible")
    assert location(sent).startswith("/moderation?decided=")
    assert "You can undo this for 60 seconds" in rosa.follow(sent).words()


def test_undo_from_the_page(rosa: Web) -> None:
    comment = waiting_comment()
    after = rosa.follow(decide(rosa, comment))
    decision = db.session.scalars(select(Decision.id)).one()
    sent = rosa.submit(after, f"/moderation/decisions/{decision}/undo")
    assert (location(sent), comment_row(comment.id).state) == (case(comment), "pending")


def test_form_sent_twice_with_one_key_decides_once(rosa: Web) -> None:
    comment = waiting_comment()
    path = case(comment)
    form = rosa.get(path).form(f"{path}/decide")
    first, second = (rosa.post(f"{path}/decide", form) for _ in range(2))
    assert (first.status, second.status, location(first)) == (303, 303, location(second))


def test_form_without_a_key_is_held_by_the_version(rosa: Web) -> None:
    comment = waiting_comment()
    path = case(comment)
    form = rosa.get(path).form(f"{path}/decide")
    del form["idempotency_key"]
    assert [rosa.post(f"{path}/decide", form).status for _ in range(2)] == [303, 409]


def test_stale_decision_says_who_and_keeps_the_words(rosa: Web) -> None:
    comment = waiting_comment()
    path = case(comment)
    form = rosa.get(path).form(f"{path}/decide")
    decide(Web(rosa.app).sign_in(factories.member("jens", role=Role.MODERATOR)), comment)
    page = rosa.post(f"{path}/decide", form | {"action": ["reject"], "ground": ["on-topic"], "facts": ["Not this."]})
    assert (page.status, "Jens decided this on" in page.words(), "Not this." in page.words()) == (409, True, True)


def test_preview_is_what_the_author_reads(rosa: Web) -> None:
    author = factories.member("amira")
    comment = waiting_comment(author)
    reasons = {"action": "reject", "ground": "on-topic", "facts": "Lamps have nothing to do with it.", "until": ""}
    shown = decide(rosa, comment, preview="yes", **reasons)
    decide(rosa, comment, **reasons)
    decision = db.session.scalars(select(Decision.id)).one()
    read = Web(rosa.app).sign_in(author).get(f"/decisions/{decision}")
    assert (shown.status, comment_row(comment.id).state, read.status) == (200, "rejected", 200)
    assert _facts(shown, "preview") == _facts(read, "")


def _facts(page: Page, within: str) -> list[str]:
    """The words of a statement of reasons."""
    root = page.tree.find(f".//*[@id='{within}']") if within else page.tree.find(".//main")
    assert root is not None
    terms = [("".join(one.itertext())).strip() for one in root.iter() if one.tag in {"dt", "dd", "blockquote"}]
    return [" ".join(one.split()) for one in terms]


def test_words_to_begin_with_are_put_in_their_place(rosa: Web) -> None:
    comment = waiting_comment()
    shown = decide(rosa, comment, action="reject", canned="on-topic", facts="")
    form = shown.form(f"{case(comment)}/decide")
    fields = {field.get("name"): "".join(field.itertext()) for field in shown.tree.iter("textarea")}
    ground = next(one.get("value") for one in shown.tree.iter("option") if one.get("selected") is not None)
    assert (shown.status, comment_row(comment.id).state, bool(form)) == (200, "pending", True)
    assert (fields["facts"], ground) == ("This breaks the house rule “Stay with the subject”.", "on-topic")


def test_report_suggests_its_ground(rosa: Web) -> None:
    comment = factories.comment(factories.member(), factories.post(), "0000")
    reported(comment, Complaint(Reason.RUDE, ""))
    shown = rosa.get(case(comment))
    assert [one.get("value") for one in shown.tree.iter("option") if one.get("selected") is not None] == [
        "argue-the-case"
    ]


def test_case_shows_what_the_last_edit_changed(rosa: Web) -> None:
    author, post = factories.member(), factories.post()
    comment = comment_by(author, post, "We sell shoes.")
    watch(WORDS)
    edit(author, comment, "We sell cheap lamps.")
    page = rosa.get(case(comment))
    assert [("".join(one.itertext())) for one in page.tree.iter("ins")] == ["cheap lamps"]
    assert [("".join(one.itertext())) for one in page.tree.iter("del")] == ["shoes"]


def test_incomplete_reasons_come_back_with_the_words(rosa: Web) -> None:
    comment = waiting_comment()
    page = decide(rosa, comment, action="reject", ground="", facts="It sells lamps.")
    assert (page.status, "It sells lamps." in page.text, comment_row(comment.id).state) == (422, True, "pending")
    assert "Choose the house rule or the law that this rests on." in page.words()


def test_decision_is_shown_to_its_author_and_nobody_else(rosa: Web) -> None:
    author = factories.member("amira")
    decide(rosa, waiting_comment(author), action="reject", ground="on-topic", facts="Lamps.")
    path = f"/decisions/{db.session.scalars(select(Decision.id)).one()}"
    own = Web(rosa.app).sign_in(author).get(path)
    listed = Web(rosa.app).sign_in(author).get("/decisions").links()
    assert (own.status, f"{path}/appeal" in own.links(), rosa.get(path).status) == (200, True, 200)
    assert (path in listed, path in rosa.get("/decisions").links()) == (True, False)
    assert Web(rosa.app).sign_in(factories.member()).get(path).status == 404
    assert Web(rosa.app).get(path).status == 303


def test_notes_claims_and_handing_over(rosa: Web) -> None:
    comment, jens = waiting_comment(), factories.member("jens", role=Role.MODERATOR)
    rosa.submit(case(comment), f"{case(comment)}/claim")
    assert "Let it go" in rosa.get(case(comment)).words()
    rosa.submit(case(comment), f"{case(comment)}/hand-over", to=str(jens.id), note="You know this street.")
    assert (item_about(comment).claimed_by_id, "With Jens" in rosa.get("/moderation").words()) == (jens.id, True)
    assert "You know this street." in rosa.get(case(comment)).words()


def test_escalating_from_the_page(rosa: Web) -> None:
    comment = waiting_comment()
    form = rosa.get(case(comment)).form(f"{case(comment)}/hand-over")
    sent = rosa.post(f"{case(comment)}/escalate", form | {"note": ["Too close to home."]})
    assert (sent.status, item_about(comment).level) == (303, 1)
    assert db.session.scalars(select(InternalNote.words)).all() == ["Too close to home."]


def test_spam_is_refused_in_bulk_after_one_look(rosa: Web) -> None:
    watch(WORDS)
    found = [comment_by(factories.member(), factories.post(), WORDS) for _ in range(3)]
    wanted = [f"{item_about(one).id}:{item_about(one).version}" for one in found[:2]]
    page = rosa.get("/moderation/spam?" + "&".join(f"item={one}" for one in wanted))
    assert page.heading() == "Refuse 2 cases as spam?"
    assert rosa.submit(page, "/moderation/spam").status == 303
    assert [comment_row(one.id).state for one in found] == ["rejected", "rejected", "pending"]


def test_spam_that_a_colleague_decided_is_left(rosa: Web) -> None:
    comment = waiting_comment()
    page = rosa.get(f"/moderation/spam?item={item_about(comment).id}:{item_about(comment).version}")
    decide(Web(rosa.app).sign_in(factories.member(role=Role.MODERATOR)), comment)
    rosa.submit(page, "/moderation/spam")
    assert comment_row(comment.id).state == "visible"


def test_organisations_queue_is_its_own(web: Web) -> None:
    author, owner, city = factories.member(), factories.member(), factories.organisation("ghent")
    factories.affiliation(author, city, Right.CONTRIBUTOR)
    factories.affiliation(owner, city, Right.OWNER)
    web.sign_in(owner).submit(
        "/organisations/ghent/edit", "/organisations/ghent/approval", approval_policy="first three"
    )
    post = post_by(author, on_behalf_of="ghent")
    page = web.get("/organisations/ghent/queue")
    assert (page.heading(), f"/moderation/items/{item_about(post).id}" in page.links()) == ("Queue of Ghent", True)
    assert Web(web.app).sign_in(author).get("/organisations/ghent/queue").status == 403


def test_organisation_refuses_nothing_as_spam(web: Web) -> None:
    post, city = city_post(Right.OWNER)
    owner, rosa = factories.member(), factories.member(role=Role.MODERATOR)
    factories.affiliation(owner, city, Right.OWNER)
    comment = factories.comment(factories.member(), post, "0000")
    reported(comment)
    offered = [Web(web.app).sign_in(who).get("/moderation") for who in (owner, rosa)]
    assert [case(comment) in page.links() for page in offered] == [True, True]
    assert ["Refuse what is ticked as spam" in page.words() for page in offered] == [False, True]


def test_approval_policy_is_the_owners_to_choose(web: Web) -> None:
    editor, city = factories.member(), factories.organisation("ghent")
    factories.affiliation(editor, city)
    token = web.sign_in(editor).get("/posts/new").form("/posts/new")["csrf_token"]
    sent = web.post("/organisations/ghent/approval", {"csrf_token": token[0], "approval_policy": "nobody"})
    assert sent.status == 403
    assert db.session.scalars(select(Organisation.approval_policy)).one() == ApprovalPolicy.NOBODY


def test_watched_words_are_added_and_removed(rosa: Web) -> None:
    page = "/moderation/watched-words"
    assert rosa.submit(page, page, words="Cheap  lamps").status == 303
    word = db.session.scalars(select(WatchedWord)).one()
    assert (word.words, word.is_pattern, rosa.submit(page, page, words="Cheap lamps").status) == (WORDS, False, 409)
    rosa.submit(page, f"{page}/{word.id}/remove")
    assert db.session.scalars(select(WatchedWord)).all() == []


def test_badge_counts_what_waits(rosa: Web) -> None:
    waiting_comment()
    page = rosa.get("/")
    badge = next(one for one in page.tree.iter("a") if one.get("href") == "/moderation")
    assert " ".join("".join(badge.itertext()).split()) == "Moderation: 1 case waits"
    assert "/moderation" not in Web(rosa.app).sign_in(factories.member()).get("/").links()


def test_shield_is_not_for_an_organisation_that_has_no_queue_yet(web: Web) -> None:
    owner, city = factories.member(), factories.organisation(state="draft")
    factories.affiliation(owner, city, Right.OWNER)
    assert "/moderation" not in web.sign_in(owner).get("/").links()
    with transaction() as session:
        session.get_one(Organisation, city.id).state = "verified"
    assert "/moderation" in web.get("/").links()


def fill_queue(many: int) -> None:
    now, author = clock.now(), factories.member()
    with transaction() as session:
        session.execute(
            insert(ReviewItem),
            [
                {
                    "lane": list(Lane)[number % 7], "scope": Scope.SITE, "subject_type": "comment",
                    "subject_id": number, "author_id": author.id, "due_at": now + timedelta(minutes=number),
                    "created_at": now, "opened_at": now, "excerpt": "A remark.",
                }
                for number in range(many)
            ],
        )  # fmt: skip


def statements_of(app: Flask, web: Web, path: str) -> list[str]:
    web.get(path)
    with counted(app) as statements:
        assert web.get(path).status == 200
    return list(statements)


def opened(web: Web, case_id: int) -> list[int]:
    """How many statements the list and a case take."""
    return [len(statements_of(web.app, web, path)) for path in ("/moderation", f"/moderation/items/{case_id}")]


def first_of(lane: Lane) -> int:
    return db.session.scalars(select(func.min(ReviewItem.id)).where(ReviewItem.lane == lane)).one()


@pytest.mark.drill
def test_long_queue_opens_as_one_of_fifty(rosa: Web) -> None:
    """Of 50,000 in `make drills`; any number above the hundred that is counted tests the statements as well."""
    fill_queue(50)
    few = opened(rosa, first_of(Lane.NEW_MEMBERS))
    with transaction() as session:
        session.execute(delete(ReviewItem))
    fill_queue(50_000 if LONG else 3_000)
    many = opened(rosa, first_of(Lane.NEW_MEMBERS))
    assert many == few


@contextmanager
def listening(target: Any, name: str, hear: Callable[..., None]) -> Iterator[None]:
    event.listen(target, name, hear)
    yield
    event.remove(target, name, hear)


def sorted_for(web: Web, path: str) -> list[str]:
    """The plans of a page's statements about items in which SQLite sorts what it found."""
    asked: list[tuple[str, Any]] = []
    with listening(db.engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3]))):
        assert web.get(path).status == 200
    with db.engine.connect() as connection:
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", given).fetchall() for one, given in asked
                 if "FROM review_items" in one]  # fmt: skip
    return [str(plan) for plan in plans if "TEMP B-TREE" in str(plan)]


@pytest.mark.parametrize("installed", ["sqlite"], indirect=True, scope="session")
def test_queue_is_read_in_its_order_and_never_sorted(rosa: Web) -> None:
    fill_queue(50)
    views = ("", "?view=asked", "?view=decided", "?lane=reports")  # what one holds oneself is a handful
    paths = [*(f"/moderation{view}" for view in views), f"/moderation/items/{first_of(Lane.NEW_MEMBERS)}"]
    assert [sorted_for(rosa, path) for path in paths] == [[]] * len(paths)
