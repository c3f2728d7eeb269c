"""Posts for one member: why each is there, what isn't, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from forum.accounts.models import Block, Member
from forum.following.models import Follow, Level, TargetKind
from forum.following.queries import for_you
from forum.kernel import clock
from forum.kernel.db import transaction
from tests import factories
from tests.statements import counted
from tests.web import Web


@pytest.fixture
def reader(app: Flask) -> Member:
    member: Member = factories.member("hanna")
    return member


def follow(member: Member, kind: TargetKind, target_id: int, level: Level = Level.EVERY) -> None:
    with transaction() as session:
        session.add(Follow(member_id=member.id, kind=kind, target_id=target_id, level=level, created_at=clock.now()))


def ids(member: Member, after: str | None = None) -> list[int]:
    return list(for_you(member.id, after).reasons)


def test_posts_come_from_topics_organisations_and_members(reader: Member) -> None:
    topic, organisation, author = factories.topic("energy"), factories.organisation("ghent"), factories.member()
    follow(reader, TargetKind.TOPIC, topic.id)
    follow(reader, TargetKind.ORGANISATION, organisation.id)
    follow(reader, TargetKind.MEMBER, author.id)
    posts = [factories.post(under=topic), factories.post(organisation_id=organisation.id), factories.post(author)]
    factories.post()
    assert [(post_id, one.kind) for post_id, one in for_you(reader.id).reasons.items()] == [
        (posts[2].id, "member"), (posts[1].id, "organisation"), (posts[0].id, "topic"),
    ]  # fmt: skip


def test_page_says_why(web: Web, reader: Member) -> None:
    topic = factories.topic("energy")
    follow(reader, TargetKind.TOPIC, topic.id)
    factories.post(under=topic, title="Quay")
    words = web.sign_in(reader).get("/?tab=for-you").words()
    assert ("Because you follow Energy" in words, "Quay" in words) == (True, True)


def test_chronological_choice_stands_beside_it(web: Web, reader: Member) -> None:
    page = web.sign_in(reader).get("/?tab=for-you")
    assert ("/" in page.links(), "Nothing in your feed yet" in page.words()) == (True, True)


def test_signed_out_reader_is_sent_to_sign_in(web: Web, app: Flask) -> None:
    answer = web.get("/?tab=for-you")
    assert (answer.status, answer.response.headers["Location"]) == (303, "/sign-in?next=/?tab%3Dfor-you")


@pytest.mark.parametrize("state", ["draft", "hidden", "removed", "withdrawn", "pending"])
def test_what_readers_do_not_see_is_not_there(reader: Member, state: str) -> None:
    topic = factories.topic("energy")
    follow(reader, TargetKind.TOPIC, topic.id)
    factories.post(under=topic, state=state)
    assert ids(reader) == []


def test_own_posts_and_those_of_blocked_members_are_not_there(reader: Member) -> None:
    topic, blocked = factories.topic("energy"), factories.member()
    follow(reader, TargetKind.TOPIC, topic.id)
    with transaction() as session:
        session.add(Block(member_id=reader.id, blocked_id=blocked.id, created_at=clock.now()))
    factories.post(reader, topic)
    factories.post(blocked, topic)
    assert ids(reader) == []


def test_muting_counts_more_than_following(reader: Member) -> None:
    topic, author = factories.topic("energy"), factories.member()
    follow(reader, TargetKind.TOPIC, topic.id)
    follow(reader, TargetKind.MEMBER, author.id, Level.MUTED)
    factories.post(author, topic)
    other = factories.post(under=topic)
    assert ids(reader) == [other.id]


def test_highlights_are_what_was_featured_or_recommended(reader: Member) -> None:
    topic = factories.topic("energy")
    follow(reader, TargetKind.TOPIC, topic.id, Level.HIGHLIGHTS)
    factories.post(under=topic, recommendation_count=4)
    shown = [factories.post(under=topic, featured=True), factories.post(under=topic, recommendation_count=5)]
    assert sorted(ids(reader)) == [post.id for post in shown]


def test_older_ones_are_a_page_further(reader: Member) -> None:
    topic = factories.topic("energy")
    follow(reader, TargetKind.TOPIC, topic.id)
    now = clock.now()
    made = [factories.post(under=topic, published_at=now - timedelta(hours=n)).id for n in range(33)]
    first = for_you(reader.id)
    assert (list(first.reasons), ids(reader, first.after)) == (made[:30], made[30:])


def test_search_goes_on_beyond_a_window_without_hits(reader: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forum.following.queries.selection.WINDOW", 3)
    topic, now = factories.topic("energy"), clock.now()
    follow(reader, TargetKind.TOPIC, topic.id)
    wanted = factories.post(under=topic, published_at=now - timedelta(days=9))
    for n in range(4):
        factories.post(published_at=now - timedelta(hours=n))
    first = for_you(reader.id)
    second = for_you(reader.id, first.after)
    assert (list(first.reasons), list(second.reasons), second.after) == ([], [wanted.id], None)


def test_statements_stay_the_same_however_much_is_followed(web: Web, reader: Member) -> None:
    def cost() -> int:
        with counted(web.app) as made:
            assert web.get("/?tab=for-you").status == 200
        return len(made)

    topic = factories.topic("energy")
    follow(reader, TargetKind.TOPIC, topic.id)
    factories.post(under=topic)
    few = (web.sign_in(reader), cost())[1]
    with transaction() as session:
        same = {"member_id": reader.id, "kind": "member", "level": "every", "created_at": clock.now()}
        session.execute(insert(Follow), [{**same, "target_id": 10_000 + n} for n in range(2000)])
    for _ in range(40):
        factories.post(under=topic)
    assert (cost(), few <= 10) == (few, True)
