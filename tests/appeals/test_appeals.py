"""Appeals: who may, until when, who decides, and that a reversal leaves nothing behind."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.appeals import commands
from forum.appeals.errors import Final, Late, NotAppealable
from forum.appeals.models import Appeal
from forum.comments.models import Comment, CommentState
from forum.kernel import clock
from forum.kernel.access import Actor, MemberState, Role
from forum.kernel.db import db, transaction
from forum.kernel.errors import ForumError, Invalid
from forum.kernel.ids import DecisionId
from forum.kernel.mailer import StoredLetter
from forum.moderation import commands as moderation
from forum.moderation.errors import NoLongerPossible, NoSuchItem, NotYoursToDecide
from forum.moderation.models import Action, Decision, ItemState, Lane, ReviewItem, StatementOfReasons, SubjectType
from forum.posts.models import Post
from forum.reports.models import Outcome, Report
from tests import factories
from tests.justice import Right, decide, item_about, moderator, settle
from tests.reports.test_reports import a_comment, city_post, reported
from tests.web import Web


def judged(action: Action, by: Actor | None = None, **fields: object) -> tuple[Comment, Decision]:
    """A reported comment that was decided on."""
    comment = a_comment()
    reported(comment)
    return comment, decide(SubjectType.COMMENT, comment.id, action, by, **fields)


def author_of(comment: Comment) -> Actor:
    return factories.actor(db.session.get_one(Member, comment.author_id))


def appealed(actor: Actor, decision: Decision, words: str = "It was a joke.") -> Appeal:
    with transaction():
        return commands.appeal(actor, decision.id, words)


def refused(actor: Actor, decision: Decision) -> type[ForumError]:
    with pytest.raises(ForumError) as refusal, transaction():
        commands.appeal(actor, decision.id, "Please.")
    return type(refusal.value)


def answer(decision: Decision, action: Action, by: Actor | None = None, **fields: object) -> Decision:
    return decide(SubjectType.DECISION, decision.id, action, by, lane=Lane.APPEALS, **fields)


def now_of(comment: Comment) -> Comment:
    return db.session.get_one(Comment, comment.id, populate_existing=True)


def counters(comment: Comment) -> tuple[int, int]:
    db.session.expire_all()
    author, post = db.session.get_one(Member, comment.author_id), db.session.get_one(Post, comment.post_id)
    return author.comment_count, post.comment_count


@pytest.mark.parametrize("action", [Action.COLLAPSE, Action.REMOVE])
def test_reversal_restores_text_and_counters(app: Flask, action: Action) -> None:
    comment, decision = judged(action)
    appealed(author_of(comment), decision)
    answer(decision, Action.REVERSE)
    assert (now_of(comment).state, now_of(comment).source, counters(comment)) == (
        CommentState.VISIBLE, "A remark.", (1, 1),
    )  # fmt: skip
    assert db.session.scalars(select(StatementOfReasons.withdrawn_at)).one() is not None
    assert item_about(SubjectType.COMMENT, comment.id).state == ItemState.FINAL


@pytest.mark.parametrize(
    ("action", "state"), [(Action.SILENCE, MemberState.SILENCED), (Action.SUSPEND, MemberState.SUSPENDED)]
)
def test_reversal_restores_the_account(app: Flask, action: Action, state: MemberState) -> None:
    comment, decision = judged(action)
    assert author_of(comment).state == state
    appealed(author_of(comment), decision)
    answer(decision, Action.REVERSE)
    assert author_of(comment).state == MemberState.ACTIVE


def test_reversal_after_reports_hid_it_shows_it_again(app: Flask) -> None:
    comment = a_comment()
    for _number in range(2):
        reported(comment, trust_level=3)
    decision = decide(SubjectType.COMMENT, comment.id, Action.REMOVE)
    appealed(author_of(comment), decision)
    answer(decision, Action.REVERSE)
    assert (now_of(comment).state, counters(comment)) == (CommentState.VISIBLE, (1, 1))


def test_uphold_changes_nothing_and_is_final(app: Flask) -> None:
    comment, decision = judged(Action.REMOVE)
    appealed(author_of(comment), decision)
    answer(decision, Action.UPHOLD)
    assert now_of(comment).state == CommentState.REMOVED
    other = factories.actor(db.session.get_one(Member, db.session.scalars(select(Report.reporter_id)).one()))
    assert refused(other, decision) in {Final, NotAppealable}


def test_vary_replaces_the_decision(app: Flask) -> None:
    comment, decision = judged(Action.REMOVE)
    appealed(author_of(comment), decision)
    answer(decision, Action.VARY, more={"instead": "collapse"})
    assert (now_of(comment).state, counters(comment)) == (CommentState.COLLAPSED, (1, 1))
    in_force = select(Decision.action).where(Decision.in_force, Decision.item_id == decision.item_id)
    assert db.session.scalars(in_force).all() == ["collapse"]


@pytest.mark.parametrize("more", [{}, {"instead": "publish"}, {"instead": "xyzzy"}])
def test_vary_says_what_happens_instead(app: Flask, more: dict[str, str]) -> None:
    comment, decision = judged(Action.REMOVE)
    appealed(author_of(comment), decision)
    with pytest.raises(Invalid) as refusal:
        answer(decision, Action.VARY, more=more)
    assert list(refusal.value.fields) == ["instead"]


@pytest.mark.parametrize(("action", "more"), [(Action.REVERSE, {}), (Action.VARY, {"instead": "collapse"})])
def test_answer_undone_within_the_minute_puts_the_decision_back(
    app: Flask, action: Action, more: dict[str, str]
) -> None:
    comment, decision = judged(Action.REMOVE)
    appealed(author_of(comment), decision)
    judge = moderator()
    made = answer(decision, action, judge, more=more)
    with transaction():
        moderation.undo(judge, DecisionId(made.id))
    assert (now_of(comment).state, counters(comment)) == (CommentState.REMOVED, (0, 0))
    assert db.session.get_one(Decision, decision.id, populate_existing=True).in_force
    assert (
        db.session.scalars(
            select(StatementOfReasons.withdrawn_at).where(StatementOfReasons.decision_id == decision.id)
        ).one()
        is None
    )


def test_appeal_is_decided_by_somebody_else(app: Flask) -> None:
    judge = moderator()
    comment, decision = judged(Action.REMOVE, judge)
    appealed(author_of(comment), decision)
    with pytest.raises(NoSuchItem):
        answer(decision, Action.REVERSE, judge)


def test_appeal_is_decided_by_nobody_who_reported(app: Flask) -> None:
    comment = a_comment()
    reported(comment)
    report = reported(comment, role=Role.MODERATOR)
    decision = decide(SubjectType.COMMENT, comment.id, Action.REMOVE)
    appealed(author_of(comment), decision)
    with pytest.raises((NotYoursToDecide, NoSuchItem)):
        answer(decision, Action.REVERSE, factories.actor(db.session.get_one(Member, report.reporter_id)))


def test_appeal_is_decided_from_no_organisation_involved(app: Flask) -> None:
    post, city = city_post(Right.MODERATOR)
    involved = factories.member(role=Role.MODERATOR)
    factories.affiliation(involved, city)
    comment = a_comment(under=post)
    reported(comment)
    decision = decide(SubjectType.COMMENT, comment.id, Action.REMOVE)
    appealed(author_of(comment), decision)
    with pytest.raises(NoSuchItem):
        answer(decision, Action.REVERSE, factories.actor(involved))


def test_reporter_appeals_inaction_and_gets_another_decision(app: Flask) -> None:
    comment = a_comment()
    report = reported(comment)
    decision = decide(SubjectType.COMMENT, comment.id, Action.KEEP)
    settle()
    reporter = factories.actor(db.session.get_one(Member, report.reporter_id))
    appealed(reporter, decision)
    with pytest.raises(NoLongerPossible):
        answer(decision, Action.REVERSE)
    answer(decision, Action.VARY, more={"instead": "remove"})
    assert now_of(comment).state == CommentState.REMOVED


def test_reversed_decision_turns_the_reporters_outcome(app: Flask) -> None:
    comment, decision = judged(Action.REMOVE)
    settle()
    appealed(author_of(comment), decision)
    answer(decision, Action.REVERSE)
    settle()
    assert db.session.scalars(select(Report.outcome)).one() == Outcome.REJECTED


def test_appeal_sent_twice_is_one(app: Flask) -> None:
    comment, decision = judged(Action.REMOVE)
    first, second = (appealed(author_of(comment), decision).id for _time in range(2))
    assert first == second
    assert (
        db.session.scalars(select(func.count()).select_from(ReviewItem).where(ReviewItem.lane == "appeals")).one() == 1
    )


def test_appeal_is_open_for_183_days(app: Flask) -> None:
    comment, decision = judged(Action.REMOVE)
    author, now = author_of(comment), clock.now
    with patch.object(clock, "now", lambda: now() + timedelta(days=183, minutes=1)):
        assert refused(author, decision) is Late
    with patch.object(clock, "now", lambda: now() + timedelta(days=182)):
        assert appealed(author, decision).decision_id == decision.id


def test_appeal_is_not_for_others(app: Flask) -> None:
    _comment, decision = judged(Action.REMOVE)
    assert refused(factories.actor(factories.member()), decision) is NotAppealable


def test_author_has_nothing_to_appeal_where_nothing_was_done(app: Flask) -> None:
    comment, decision = judged(Action.KEEP)
    assert refused(author_of(comment), decision) is NotAppealable


def test_undone_decision_needs_no_appeal(app: Flask) -> None:
    judge = moderator()
    comment, decision = judged(Action.REMOVE, judge)
    appealed(author_of(comment), decision)
    with transaction():
        moderation.undo(judge, DecisionId(decision.id))
    settle()
    assert item_about(SubjectType.DECISION, decision.id, Lane.APPEALS).state == ItemState.FINAL
    assert refused(factories.actor(factories.member()), decision) is NotAppealable
    assert db.session.scalars(select(func.count()).select_from(Appeal)).one() == 1


def test_appellant_reads_and_is_mailed_the_answer(web: Web) -> None:
    comment, decision = judged(Action.REMOVE)
    author = db.session.get_one(Member, comment.author_id)
    path = f"/decisions/{decision.id}/appeal"
    sent = web.sign_in(author).submit(path, path, words="It was a joke.")
    assert (sent.status, web.get(path).response.location) == (303, sent.response.location)
    answer(decision, Action.UPHOLD, facts="It was not funny.")
    settle()
    words = web.get(sent.response.location).words()
    assert ("The decision stands." in words, "It was not funny." in words) == (True, True)
    mailed = select(StoredLetter.subject).where(StoredLetter.to_address == author.email)
    assert "What came of your appeal" in db.session.scalars(mailed).all()


def test_appeal_without_words_comes_back(web: Web) -> None:
    comment, decision = judged(Action.REMOVE)
    path = f"/decisions/{decision.id}/appeal"
    sent = web.sign_in(db.session.get_one(Member, comment.author_id)).submit(path, path, words=" ")
    assert (sent.status, "#f-words" in sent.links()) == (422, True)


def test_suspended_author_appeals(web: Web) -> None:
    comment, decision = judged(Action.SUSPEND)
    path = f"/decisions/{decision.id}/appeal"
    assert web.sign_in(db.session.get_one(Member, comment.author_id)).submit(path, path, words="No.").status == 303
