"""Reports: the form, whose queue they go to, what they weigh, and what reporters are told."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.comments.models import Comment, CommentState
from forum.kernel.access import Role
from forum.kernel.db import db, transaction
from forum.kernel.mailer import StoredLetter
from forum.moderation.models import Action, Decision, Lane, ReviewItem, Scope, StatementOfReasons, SubjectType
from forum.organisations.models import Organisation
from forum.posts.models import Post, PostState
from forum.reports import commands, policy, queries
from forum.reports.complaint import Complaint
from forum.reports.models import Outcome, Reason, Report
from forum.topics.models import TopicCurator
from tests import factories
from tests.justice import Right, decide, deliver, item_about, settle
from tests.web import Web

SPAM = Complaint(Reason.SPAM, "")


def reported(comment: Comment, complaint: Complaint = SPAM, **fields: Any) -> Report:
    actor = factories.actor(factories.member(**fields))
    with transaction():
        return commands.report(actor, SubjectType.COMMENT, comment.id, complaint)


def reported_post(post: Post, **fields: Any) -> Report:
    actor = factories.actor(factories.member(**fields))
    with transaction():
        return commands.report(actor, SubjectType.POST, post.id, SPAM)


def a_comment(author: Member | None = None, under: Post | None = None, **fields: Any) -> Comment:
    under = under or factories.post()
    made: Comment = factories.comment(author or factories.member(), under, "0000", **fields)
    with transaction() as session:
        session.get_one(Post, under.id).comment_count += 1
        session.get_one(Member, made.author_id).comment_count += 1
    return made


def city_post(*rights: Right) -> tuple[Post, Organisation]:
    """A post in the name of a city that has such people beside its author."""
    city, author = factories.organisation(), factories.member()
    factories.affiliation(author, city, Right.EDITOR)
    for right in rights:
        factories.affiliation(factories.member(), city, right)
    return factories.post(author, organisation_id=city.id), city


def route(comment: Comment) -> tuple[str, int | None, int | None]:
    item = item_about(SubjectType.COMMENT, comment.id, Lane.REPORTS)
    return item.scope, item.topic_id, item.organisation_id


def test_report_of_a_comment_reaches_the_queue(web: Web) -> None:
    comment = a_comment()
    path = f"/comments/{comment.id}/report"
    answer = web.sign_in(factories.member()).submit(path, path, reason="rude", details="It calls names.")
    assert answer.status == 303
    item = item_about(SubjectType.COMMENT, comment.id, Lane.REPORTS)
    assert (item.reason, item.author_id, item.priority) == ("rude", comment.author_id, 1)
    assert "A moderator looks at it, usually within 48 hours." in web.follow(answer).words()


def test_report_of_a_post_reaches_the_queue(web: Web) -> None:
    post = factories.post()
    path = f"/posts/{post.id}/report"
    assert web.sign_in(factories.member()).submit(path, path, reason="spam").status == 303
    assert item_about(SubjectType.POST, post.id, Lane.REPORTS).subject_id == post.id


def test_report_sent_twice_is_one(web: Web) -> None:
    comment = a_comment()
    path = f"/comments/{comment.id}/report"
    page = web.sign_in(factories.member()).get(path)
    answers = [web.submit(page, path, reason="spam").response.location for _time in range(2)]
    assert answers[0] == answers[1]
    assert web.get(path).response.location == answers[0]
    assert db.session.scalars(select(func.count()).select_from(Report)).one() == 1


def test_report_without_reason_comes_back_with_its_words(web: Web) -> None:
    path = f"/comments/{a_comment().id}/report"
    answer = web.sign_in(factories.member()).submit(path, path, details="Words & more")
    assert (answer.status, answer.form(path)["details"]) == (422, ["Words & more"])
    assert "#f-reason" in answer.links()


@pytest.mark.parametrize("reason", ["illegal", "other"])
def test_report_of_something_special_says_what(web: Web, reason: str) -> None:
    path = f"/comments/{a_comment().id}/report"
    answer = web.sign_in(factories.member()).submit(path, path, reason=reason)
    assert (answer.status, "#f-details" in answer.links()) == (422, True)


def test_report_form_is_for_members_and_for_others_words(web: Web) -> None:
    comment = a_comment()
    path = f"/comments/{comment.id}/report"
    assert web.get(path).response.location == f"/sign-in?next={path}"
    web.sign_in(db.session.get_one(Member, comment.author_id))
    assert web.get(path).status == 403


@pytest.mark.parametrize("state", [CommentState.REMOVED, CommentState.WITHDRAWN])
def test_report_of_what_is_gone_is_refused(web: Web, state: CommentState) -> None:
    path = f"/comments/{a_comment(state=state).id}/report"
    assert web.sign_in(factories.member()).get(path).status == 409


@pytest.mark.parametrize("state", [CommentState.PENDING, CommentState.HIDDEN])
def test_report_of_what_nobody_sees_is_missing(web: Web, state: CommentState) -> None:
    path = f"/comments/{a_comment(state=state).id}/report"
    assert web.sign_in(factories.member()).get(path).status == 404


def test_report_under_an_organisations_post_is_its_own_to_judge(app: Flask) -> None:
    post, city = city_post(Right.MODERATOR)
    comment = a_comment(under=post)
    reported(comment)
    assert route(comment) == (Scope.ORGANISATION, None, city.id)


def test_report_about_an_organisations_own_words_never_goes_there(app: Flask) -> None:
    post, city = city_post(Right.MODERATOR, Right.OWNER)
    official = a_comment(under=post, organisation_id=city.id)
    reported(official)
    assert route(official) == (Scope.SITE, None, None)
    reported_post(post)
    assert item_about(SubjectType.POST, post.id, Lane.REPORTS).scope == Scope.SITE


def test_report_about_one_of_its_people_never_goes_there(app: Flask) -> None:
    post, city = city_post(Right.MODERATOR)
    colleague = factories.member()
    factories.affiliation(colleague, city, Right.CONTRIBUTOR)
    comment = a_comment(colleague, post)
    reported(comment)
    assert route(comment) == (Scope.SITE, None, None)


def test_report_goes_past_an_organisation_without_moderators(app: Flask) -> None:
    post, _city = city_post(Right.CONTRIBUTOR)
    comment = a_comment(under=post)
    reported(comment)
    assert route(comment) == (Scope.SITE, None, None)


def test_report_goes_to_the_curators_of_the_main_topic(app: Flask) -> None:
    topic, curator = factories.topic(), factories.member()
    with transaction() as session:
        session.add(TopicCurator(topic_id=topic.id, member_id=curator.id))
    comment = a_comment(under=factories.post(under=topic))
    reported(comment)
    assert route(comment) == (Scope.TOPIC, topic.id, None)


def test_report_about_the_only_curator_goes_to_the_site(app: Flask) -> None:
    topic, curator = factories.topic(), factories.member()
    with transaction() as session:
        session.add(TopicCurator(topic_id=topic.id, member_id=curator.id))
    comment = a_comment(curator, factories.post(under=topic))
    reported(comment)
    assert route(comment) == (Scope.SITE, None, None)


def test_report_of_something_illegal_is_the_sites_to_judge(app: Flask) -> None:
    post, _city = city_post(Right.MODERATOR)
    comment = a_comment(under=post)
    reported(comment, Complaint(Reason.ILLEGAL, "Article 137c."))
    assert route(comment) == (Scope.SITE, None, None)


@pytest.mark.parametrize(
    ("level", "upheld", "rejected", "score"),
    [(0, 0, 0, 1), (4, 0, 0, 5), (1, 5, 0, 2), (1, 6, 0, 7), (2, 3, 3, 3), (1, 0, 6, 0), (3, 5, 1, 7)],
)
def test_score_is_level_and_accuracy(level: int, upheld: int, rejected: int, score: int) -> None:
    assert policy.score_of(level, upheld, rejected) == score


def test_reports_that_weigh_enough_hide_until_somebody_looks(app: Flask) -> None:
    comment = a_comment()
    reported(comment, trust_level=3)
    assert db.session.get_one(Comment, comment.id, populate_existing=True).state == CommentState.VISIBLE
    reported(comment, trust_level=3)
    assert db.session.get_one(Comment, comment.id, populate_existing=True).state == CommentState.HIDDEN
    hidden = db.session.scalars(select(Decision)).one()
    assert (hidden.action, hidden.decided_by_id) == (Action.HIDE, None)
    assert db.session.scalars(select(StatementOfReasons.automated_decision)).one() == "AUTOMATED_DECISION_FULLY"


def test_hidden_comment_that_is_kept_comes_back_with_its_counters(app: Flask) -> None:
    post = factories.post()
    comment = a_comment(under=post)
    for _number in range(2):
        reported(comment, trust_level=3)
    assert db.session.get_one(Post, post.id, populate_existing=True).comment_count == 0
    decide(SubjectType.COMMENT, comment.id, Action.KEEP)
    assert db.session.get_one(Comment, comment.id, populate_existing=True).state == CommentState.VISIBLE
    assert db.session.get_one(Post, post.id, populate_existing=True).comment_count == 1


def test_post_is_hidden_by_reports_too(app: Flask) -> None:
    post = factories.post()
    for _number in range(2):
        reported_post(post, trust_level=3)
    assert db.session.get_one(Post, post.id, populate_existing=True).state == PostState.HIDDEN
    decide(SubjectType.POST, post.id, Action.KEEP)
    assert db.session.get_one(Post, post.id, populate_existing=True).state == PostState.PUBLISHED


@pytest.mark.parametrize(
    ("action", "outcome"),
    [(Action.KEEP, Outcome.REJECTED), (Action.COLLAPSE, Outcome.UPHELD), (Action.WARN, Outcome.UPHELD)],
)
def test_reporter_is_told_once_the_minute_has_passed(app: Flask, action: Action, outcome: Outcome) -> None:
    comment = a_comment()
    report = reported(comment, username="ada")
    decide(SubjectType.COMMENT, comment.id, action)
    deliver()
    assert db.session.get_one(Report, report.id, populate_existing=True).outcome == Outcome.OPEN
    settle()
    assert db.session.get_one(Report, report.id, populate_existing=True).outcome == outcome
    told = select(func.count()).where(StoredLetter.to_address == "ada@example.org")
    assert db.session.scalars(told).one() == 1


def test_organisations_moderators_never_learn_who_reported(web: Web) -> None:
    post, city = city_post(Right.CONTRIBUTOR)
    looks_after = factories.member()
    factories.affiliation(looks_after, city, Right.MODERATOR)
    comment = a_comment(under=post)
    reported(comment, Complaint(Reason.RUDE, "It calls names."), username="sekretar", name="Sekret Ar")
    item = item_about(SubjectType.COMMENT, comment.id, Lane.REPORTS)
    page = web.sign_in(looks_after).get(f"/moderation/items/{item.id}")
    assert page.status == 200
    assert "It calls names." in page.words()
    assert "ekret" not in page.text
    site = web.sign_in(factories.member(role=Role.MODERATOR)).get(f"/moderation/items/{item.id}")
    assert "Sekret Ar" in site.words()


def test_report_is_its_reporters_own(web: Web) -> None:
    report = reported(a_comment())
    assert web.sign_in(factories.member()).get(f"/reports/{report.id}").status == 404


def test_accuracy_is_counted_from_decided_reports(app: Flask) -> None:
    member = factories.member(trust_level=1)
    actor = factories.actor(member)
    for number in range(6):
        comment = factories.comment(factories.member(), factories.post(), "0000")
        with transaction() as session:
            made = commands.report(actor, SubjectType.COMMENT, comment.id, SPAM)
            session.get_one(Report, made.id).outcome = Outcome.UPHELD if number else Outcome.REJECTED
    assert queries.score_of(actor) == 1 + 1 + round(5 * 4 / 6)


def test_links_to_report_are_on_the_page_for_members(web: Web) -> None:
    comment = a_comment()
    address = f"/posts/{comment.post_id}/{db.session.get_one(Post, comment.post_id).slug}"
    assert f"/comments/{comment.id}/report" not in web.get(address).links()
    assert f"/posts/{comment.post_id}/report" in web.get(address).links()
    assert f"/comments/{comment.id}/report" in web.sign_in(factories.member()).get(address).links()


def test_item_waits_once_however_many_report(app: Flask) -> None:
    comment = a_comment()
    for _number in range(3):
        reported(comment)
    items = db.session.scalars(select(ReviewItem)).all()
    assert [(one.priority, one.subject_id) for one in items] == [(3, comment.id)]
