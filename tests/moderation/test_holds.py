"""What waits, why and in whose queue: each check by its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.kernel import clock
from forum.kernel.access import Right, Role
from forum.kernel.db import db, transaction
from forum.kernel.errors import Invalid
from forum.moderation.holds.checks import BURST
from forum.moderation.models import Action, Decision, HoldReason, Lane, Scope, StatementOfReasons, WatchedWord
from forum.organisations.models import ApprovalPolicy, Organisation, Verification
from forum.posts.models import CommentMode
from forum.topics.models import PostingPolicy, TopicCurator
from tests import factories
from tests.moderation.cases import later
from tests.moderation.holding import (
    comment_by,
    held,
    item_about,
    judge,
    post_by,
    post_row,
    turn_on,
    watch,
    wrong_counters,
)
from tests.posts.drafting import edit

NEW = ("pending", Lane.NEW_MEMBERS)
LONG = "We sent every household in the street a plain letter."


def reasons() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(HoldReason.check_name).order_by(HoldReason.id)))


def spoken_for(right: Right = Right.EDITOR, **fields: Any) -> tuple[Any, Any]:
    author, city = factories.member(), factories.organisation("ghent", **fields)
    factories.affiliation(author, city, right)
    return author, city


def test_nothing_waits_where_no_check_says_so(app: Flask) -> None:
    post = post_by(factories.member())
    assert (post.state, comment_by(factories.member(), post).state, reasons()) == ("published", "visible", [])


def test_first_two_contributions_wait_where_the_site_says_so(app: Flask) -> None:
    turn_on("first-contributions-wait")
    author = factories.member()
    post = factories.post()
    assert held(comment_by(author, post)) == NEW
    with transaction() as session:
        session.execute(update(type(author)).values(comment_count=2))
    assert (comment_by(author, post).state, reasons()) == ("visible", ["first contribution"])


def test_moderators_first_contribution_does_not_wait(app: Flask) -> None:
    turn_on("first-contributions-wait")
    assert comment_by(factories.member(role=Role.MODERATOR), factories.post()).state == "visible"


def test_newcomers_link_waits_where_the_site_says_so(app: Flask) -> None:
    turn_on("newcomers-links-wait")
    author, post = factories.member(), factories.post()
    assert held(comment_by(author, post, "See https://lamps.example/buy now.")) == NEW
    assert comment_by(author, post, "See http://localhost/posts/1 instead.").state == "visible"


@pytest.mark.parametrize("words", ["Cheap LAMPS here", "cheap lamps", "“cheap lamps!”", "goedkoop\ncheap lamps"])
def test_watched_word_is_found_whole_and_in_any_case(app: Flask, words: str) -> None:
    watch("cheap lamps")
    assert held(comment_by(factories.member(), factories.post(), words)) == NEW
    assert db.session.scalars(select(WatchedWord.hits)).all() == [1]


@pytest.mark.parametrize("words", ["cheap lampshades", "ever so cheap lamp", "échecheap lamps"])
def test_watched_word_is_not_found_inside_another(app: Flask, words: str) -> None:
    watch("cheap lamps")
    assert comment_by(factories.member(), factories.post(), words).state == "visible"


def test_watched_pattern_is_found(app: Flask) -> None:
    watch(r"casino\d+", is_pattern=True)
    assert held(comment_by(factories.member(), factories.post(), "Play at Casino77 tonight")) == NEW


def test_pattern_that_would_run_away_is_quick(app: Flask) -> None:
    watch(r"(a+)+$", is_pattern=True)
    begun = clock.now()
    comment_by(factories.member(), factories.post(), f"{'a' * 20_000}b")
    assert clock.now() - begun < timedelta(seconds=2)


@pytest.mark.parametrize("words", ["(a", "a*", "", r"(?=a)", "x" * 201, "(((a{1000}){1000}){1000})"])
def test_pattern_that_cannot_be_used_is_refused(app: Flask, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        watch(words, is_pattern=True)
    assert list(refused.value.fields) == ["words"]


def test_hiding_word_makes_a_statement_of_reasons_at_once(app: Flask) -> None:
    watch("cheap lamps", outcome="hide")
    author = factories.member()
    assert held(comment_by(author, factories.post(), "Cheap lamps")) == ("hidden", Lane.NEW_MEMBERS)
    statement = db.session.scalars(select(StatementOfReasons)).one()
    assert (statement.author_id, statement.automated_decision) == (author.id, "AUTOMATED_DECISION_FULLY")
    assert statement.automated_detection == "Yes"


def test_edit_that_brings_a_watched_word_is_hidden_with_reasons(app: Flask) -> None:
    from tests.moderation.test_authors import edit

    watch("cheap lamps")
    author = factories.member()
    comment = comment_by(author, post_by(factories.member()))
    assert edit(author, comment, "Cheap lamps").state == "hidden"
    assert db.session.scalars(select(Decision.action)).all() == ["hide"]
    assert wrong_counters() == []


@contextmanager
def habits_watched(app: Flask) -> Iterator[None]:
    app.extensions["settings"].__dict__["rate_limits"] = True
    yield
    app.extensions["settings"].__dict__["rate_limits"] = False


def test_third_time_the_same_words_wait(app: Flask) -> None:
    author, post = factories.member(), factories.post()
    with habits_watched(app):
        states = [comment_by(author, post, LONG if n else f"{LONG} ").state for n in range(3)]
    assert (states, reasons()) == (["visible", "visible", "pending"], ["repeat"])


def test_burst_of_a_newcomer_waits_and_a_slow_hand_does_not(app: Flask) -> None:
    author, regular, post = factories.member(), factories.member(trust_level=1), factories.post()
    with habits_watched(app):
        states = [comment_by(author, post, f"Remark {n}.").state for n in range(BURST + 1)]
        assert {comment_by(regular, post, f"Word {n}.").state for n in range(BURST + 1)} == {"visible"}
        with later(timedelta(minutes=2)):
            states.append(comment_by(author, post, "After a while.").state)
    assert (states, reasons()) == ([*["visible"] * BURST, "pending", "visible"], ["speed"])


def test_drills_are_not_held_for_their_habits(app: Flask) -> None:
    author, post = factories.member(), factories.post()
    assert {comment_by(author, post, LONG).state for _ in range(12)} == {"visible"}


def test_premoderated_thread_takes_comments_and_lets_them_wait(app: Flask) -> None:
    author = factories.member()
    post = factories.post(author, comment_mode=CommentMode.PREMODERATED)
    assert held(comment_by(factories.member(), post)) == NEW
    assert comment_by(author, post).state == "visible"


def test_premoderated_topic_takes_posts_and_lets_them_wait_for_its_curators(app: Flask) -> None:
    topic, curator = factories.topic("heat", posting_policy=PostingPolicy.PREMODERATED), factories.member()
    with transaction() as session:
        session.add(TopicCurator(topic_id=topic.id, member_id=curator.id))
    post = post_by(factories.member(), topics=["heat"])
    item = item_about(post)
    assert (held(post), item.scope, item.topic_id) == (NEW, Scope.TOPIC, topic.id)
    assert (post.published_at, post_by(curator, topics=["heat"]).state) == (None, "published")


@pytest.mark.parametrize(
    ("policy", "right", "state"),
    [
        (ApprovalPolicy.NOBODY, Right.EDITOR, "published"),
        (ApprovalPolicy.NOBODY, Right.CONTRIBUTOR, "pending"),
        (ApprovalPolicy.FIRST_THREE, Right.EDITOR, "pending"),
        (ApprovalPolicy.FIRST_THREE, Right.OWNER, "published"),
        (ApprovalPolicy.BELOW_OWNER, Right.MODERATOR, "pending"),
        (ApprovalPolicy.BELOW_OWNER, Right.OWNER, "published"),
    ],
)
def test_approval_policy(app: Flask, policy: ApprovalPolicy, right: Right, state: str) -> None:
    author, city = spoken_for(right, approval_policy=policy)
    post = post_by(author, on_behalf_of="ghent")
    assert post.state == state
    if state == "pending":
        item = item_about(post)
        assert (item.lane, item.scope, item.organisation_id) == (Lane.ON_BEHALF, Scope.ORGANISATION, city.id)


def test_edit_after_approval_goes_back_to_who_approves(app: Flask) -> None:
    author, owner = factories.member(), factories.member()
    city = factories.organisation("ghent", approval_policy=ApprovalPolicy.BELOW_OWNER)
    factories.affiliation(author, city, Right.EDITOR)
    factories.affiliation(owner, city, Right.OWNER)
    post = post_by(author, on_behalf_of="ghent")
    judge(factories.actor(owner), post, Action.PUBLISH)
    same: dict[str, Any] = {"title": post.title, "source": post.source, "on_behalf_of": "ghent"}
    edit(factories.actor(author), post.id, **same)
    assert post_row(post.id).state == "published"
    edit(factories.actor(author), post.id, **same | {"source": "We tried it, and it failed."})
    assert held(post_row(post.id)) == ("hidden", Lane.ON_BEHALF)
    judge(factories.actor(owner), post, Action.PUBLISH)
    assert (post_row(post.id).state, wrong_counters()) == ("published", [])


def test_first_three_are_those_that_readers_saw(app: Flask) -> None:
    author, city = spoken_for(approval_policy=ApprovalPolicy.FIRST_THREE)
    for _ in range(3):
        factories.post(author, organisation_id=city.id)
    assert post_by(author, on_behalf_of="ghent").state == "published"


def test_speaking_for_oneself_needs_no_approval(app: Flask) -> None:
    author, _city = spoken_for(approval_policy=ApprovalPolicy.BELOW_OWNER)
    assert post_by(author).state == "published"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"state": Verification.SUBMITTED}, "unverified"),
        ({"state": Verification.EXPIRED}, "unverified"),
        ({"first_posts_left": 2}, "first posts"),
        ({"struck_at": clock.now() - timedelta(days=1)}, "strike"),
    ],
)
def test_institutional_lane(app: Flask, fields: dict[str, Any], reason: str) -> None:
    author, _city = spoken_for(Right.OWNER, **fields)
    assert held(post_by(author, on_behalf_of="ghent")) == ("pending", Lane.INSTITUTIONAL)
    assert reasons() == [reason]


def test_strike_of_long_ago_is_forgotten(app: Flask) -> None:
    author, _city = spoken_for(Right.OWNER, struck_at=clock.now() - timedelta(days=91))
    assert post_by(author, on_behalf_of="ghent").state == "published"


def test_held_text_counts_nowhere(app: Flask) -> None:
    watch("cheap lamps")
    author, _city = spoken_for(Right.OWNER)
    post = post_by(factories.member())
    before = post.last_activity_at
    parent = comment_by(author, post)
    comment_by(author, post, "Cheap lamps", parent_id=parent.id, on_behalf_of="ghent")
    post_by(author, "Cheap lamps", on_behalf_of="ghent")
    assert wrong_counters() == []
    counts = db.session.execute(select(Organisation.post_count, Organisation.comment_count)).one()
    assert (tuple(counts), parent.reply_count, before <= parent.created_at) == ((0, 0), 0, True)
