"""Who is told of what, once each."""

from __future__ import annotations

import pytest

from forum.accounts.models import Block, Member
from forum.comments import commands as comments
from forum.following.models import Level, TargetKind
from forum.kernel import clock
from forum.kernel.db import transaction
from forum.kernel.ids import CommentId, PostId
from forum.notifications.models import NotificationChoice
from forum.recommendations import commands as recommendations
from tests import factories
from tests.notifications.happenings import Happenings


@pytest.fixture
def hanna(happen: Happenings) -> Member:
    member: Member = factories.member("hanna")
    return member


def test_reply_tells_whom_it_answers(happen: Happenings, hanna: Member) -> None:
    post = factories.post()
    first = happen.comment(hanna, post)
    reply = happen.comment(factories.member(), post, to=first)
    happen.deliver()
    assert happen.told(hanna) == [("reply", f"comment:{reply.id}")]


def test_comment_tells_the_author_of_the_post(happen: Happenings, hanna: Member) -> None:
    comment = happen.comment(factories.member(), factories.post(hanna))
    happen.deliver()
    assert happen.told(hanna) == [("reply", f"comment:{comment.id}")]


def test_answer_between_others_tells_the_author_of_the_post_less_urgently(happen: Happenings, hanna: Member) -> None:
    post, writer = factories.post(hanna), factories.member()
    happen.comment(factories.member(), post, to=happen.comment(writer, post))
    happen.deliver()
    assert [kind for kind, _ in happen.told(hanna)] == ["reply", "comment"]


def test_mention_tells_whom_it_calls(happen: Happenings, hanna: Member) -> None:
    comment = happen.comment(factories.member(), factories.post(), "Ask @hanna, or `@nobody`.")
    happen.deliver()
    assert happen.told(hanna) == [("mention", f"comment:{comment.id}")]


def test_member_with_three_reasons_is_told_once(happen: Happenings, hanna: Member) -> None:
    post = factories.post()
    first = happen.comment(hanna, post)
    happen.follow(hanna, TargetKind.POST, post.id)
    reply = happen.comment(factories.member(), post, "Yes, @hanna.", to=first)
    happen.deliver()
    assert happen.told(hanna) == [("reply", f"comment:{reply.id}")]


def test_nobody_is_told_of_their_own_words(happen: Happenings, hanna: Member) -> None:
    post = factories.post(hanna)
    happen.follow(hanna, TargetKind.POST, post.id)
    happen.comment(hanna, post, "I, @hanna, add:")
    happen.deliver()
    assert happen.told(hanna) == []


@pytest.mark.parametrize("kind", [TargetKind.TOPIC, TargetKind.ORGANISATION, TargetKind.MEMBER])
def test_new_post_tells_those_who_follow(happen: Happenings, hanna: Member, kind: TargetKind) -> None:
    topic, organisation, author = factories.topic(), factories.organisation(), factories.member()
    factories.affiliation(author, organisation)
    ids = {TargetKind.TOPIC: topic.id, TargetKind.ORGANISATION: organisation.id, TargetKind.MEMBER: author.id}
    happen.follow(hanna, kind, ids[kind])
    post = factories.post(author, topic, organisation_id=organisation.id)
    happen.publish(post)
    happen.publish(post)
    assert happen.told(hanna) == [("post", f"post:{post.id}")]


def test_muting_any_of_it_keeps_quiet(happen: Happenings, hanna: Member) -> None:
    topic, author = factories.topic(), factories.member()
    happen.follow(hanna, TargetKind.TOPIC, topic.id)
    happen.follow(hanna, TargetKind.MEMBER, author.id, Level.MUTED)
    happen.publish(factories.post(author, topic))
    assert happen.told(hanna) == []


def test_muted_discussion_is_quiet_even_when_one_is_called(happen: Happenings, hanna: Member) -> None:
    post = factories.post(hanna)
    happen.follow(hanna, TargetKind.POST, post.id, Level.MUTED)
    happen.comment(factories.member(), post, "And @hanna?")
    happen.deliver()
    assert happen.told(hanna) == []


def test_blocked_member_tells_nothing(happen: Happenings, hanna: Member) -> None:
    author = factories.member()
    with transaction() as session:
        session.add(Block(member_id=hanna.id, blocked_id=author.id, created_at=clock.now()))
    post = factories.post(hanna)
    comment = happen.comment(author, post, "And @hanna?")
    with transaction():
        recommendations.recommend_post(factories.actor(author), PostId(post.id), on=True)
    happen.deliver()
    assert (comment.state, happen.told(hanna)) == ("visible", [])


@pytest.mark.parametrize("state", ["hidden", "pending", "removed"])
def test_what_was_hidden_before_anybody_was_told_stays_unsaid(happen: Happenings, hanna: Member, state: str) -> None:
    comment = happen.comment(factories.member(), factories.post(hanna))
    with transaction() as session:
        session.get_one(type(comment), comment.id).state = state
    happen.deliver()
    assert happen.told(hanna) == []


def test_highlights_tell_of_official_replies_and_the_answer_only(happen: Happenings, hanna: Member) -> None:
    asker, post = factories.member(), factories.post(kind="question")
    with transaction() as session:
        session.get_one(type(post), post.id).author_id = asker.id
    happen.follow(hanna, TargetKind.POST, post.id, Level.HIGHLIGHTS)
    comment = happen.comment(factories.member(), post)
    with transaction():
        comments.accept(factories.actor(asker), CommentId(comment.id), on=True)
    happen.deliver()
    assert happen.told(hanna) == [("answer", f"answer:{comment.id}")]


def test_accepted_answer_tells_its_author(happen: Happenings, hanna: Member) -> None:
    asker = factories.member()
    comment = happen.comment(hanna, factories.post(asker, kind="question"))
    with transaction():
        comments.accept(factories.actor(asker), CommentId(comment.id), on=True)
    happen.deliver()
    assert happen.told(hanna) == [("answer", f"answer:{comment.id}")]


def test_recommendations_are_one_line_that_counts(happen: Happenings, hanna: Member) -> None:
    post = factories.post(hanna)
    for _ in range(3):
        reader = factories.actor(factories.member())
        with transaction():
            recommendations.recommend_post(reader, PostId(post.id), on=True)
        happen.deliver()
    assert happen.told(hanna) == [("recommendation", f"recommended:post:{post.id}")]


def test_fifth_recommendation_tells_those_who_want_highlights(happen: Happenings, hanna: Member) -> None:
    topic = factories.topic()
    happen.follow(hanna, TargetKind.TOPIC, topic.id, Level.HIGHLIGHTS)
    post = factories.post(under=topic)
    happen.publish(post)
    before = happen.told(hanna)
    for _ in range(5):
        reader = factories.actor(factories.member())
        with transaction():
            recommendations.recommend_post(reader, PostId(post.id), on=True)
    happen.deliver()
    assert (before, happen.told(hanna)) == ([], [("post", f"post:{post.id}")])


def test_who_wants_nothing_of_a_kind_is_told_nothing(happen: Happenings, hanna: Member) -> None:
    with transaction() as session:
        session.add(NotificationChoice(member_id=hanna.id, kind="reply", channel="none"))
    happen.comment(factories.member(), factories.post(hanna))
    happen.deliver()
    assert happen.told(hanna) == []
