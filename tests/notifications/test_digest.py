"""Digests: on their morning, with what is new, and not at all without."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from forum.accounts.models import Member
from forum.following.models import Level, TargetKind
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.notifications import commands, sending
from forum.notifications.commands.choosing import next_digest
from forum.notifications.models import Digest, MailPreference
from forum.reading import commands as reading
from forum.reading.commands import Seen
from tests import factories
from tests.accounts.letters import Letters, plain_of
from tests.notifications.happenings import Happenings

WEDNESDAY = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def hanna(happen: Happenings) -> Member:
    member: Member = factories.member("hanna")
    with transaction():
        commands.choose_digest(member.id, Digest.DAILY)
    return member


def morning_comes(member: Member) -> None:
    with transaction() as session:
        preference = session.get_one(MailPreference, member.id, populate_existing=True)
        preference.digest_at = clock.now() - timedelta(seconds=1)
        preference.digested_at = preference.digested_at or clock.now() - timedelta(days=1)
    with transaction():
        sending.send_digests()


@pytest.mark.parametrize(
    ("digest", "now", "due"),
    [
        (Digest.DAILY, WEDNESDAY, datetime(2026, 3, 5, 6, tzinfo=UTC)),
        (Digest.DAILY, WEDNESDAY.replace(hour=5), datetime(2026, 3, 4, 6, tzinfo=UTC)),
        (Digest.WEEKLY, WEDNESDAY, datetime(2026, 3, 9, 6, tzinfo=UTC)),
        (Digest.WEEKLY, datetime(2026, 3, 9, 6, tzinfo=UTC), datetime(2026, 3, 16, 6, tzinfo=UTC)),
        (Digest.OFF, WEDNESDAY, None),
    ],
)
def test_next_digest_is_a_morning(digest: Digest, now: datetime, due: datetime | None) -> None:
    assert next_digest(digest, now) == due


def test_digest_has_new_posts_by_what_brought_them(happen: Happenings, hanna: Member, letters: Letters) -> None:
    topic = factories.topic("energy")
    happen.follow(hanna, TargetKind.TOPIC, topic.id)
    factories.post(under=topic, title="Heat from the sewer")
    factories.post(title="Not of hers")
    morning_comes(hanna)
    letter = letters.one()
    words = plain_of(letter)
    assert (letter["Subject"], "Energy\n\n* Heat from the sewer" in words, "Not of hers" in words) == (
        "Kade: 1 new post", True, False,
    )  # fmt: skip
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_post_that_was_opened_already_is_left_out(happen: Happenings, hanna: Member, letters: Letters) -> None:
    topic = factories.topic("energy")
    happen.follow(hanna, TargetKind.TOPIC, topic.id)
    opened = factories.post(under=topic, title="Heat from the sewer")
    factories.post(under=topic, title="Cold from the canal")
    with transaction():
        reading.note([Seen(hanna.id, opened.id, (), 0, clock.now())])
    morning_comes(hanna)
    words = plain_of(letters.one())
    assert ("Heat from the sewer" in words, "Cold from the canal" in words) == (False, True)


def test_digest_with_nothing_in_it_is_not_sent(happen: Happenings, hanna: Member, letters: Letters) -> None:
    morning_comes(hanna)
    next_at = db.session.get_one(MailPreference, hanna.id, populate_existing=True).digest_at
    assert (letters.deliver(), next_at is not None and next_at > clock.now()) == ([], True)


def test_same_morning_sends_one(happen: Happenings, hanna: Member, letters: Letters) -> None:
    topic = factories.topic()
    happen.follow(hanna, TargetKind.TOPIC, topic.id)
    factories.post(under=topic)
    for _ in range(2):
        morning_comes(hanna)
    assert len(letters.deliver()) == 1


def test_muted_and_hidden_are_left_out(happen: Happenings, hanna: Member, letters: Letters) -> None:
    topic, author = factories.topic(), factories.member()
    happen.follow(hanna, TargetKind.TOPIC, topic.id)
    happen.follow(hanna, TargetKind.MEMBER, author.id, Level.MUTED)
    factories.post(author, topic)
    factories.post(under=topic, state="hidden")
    morning_comes(hanna)
    assert letters.deliver() == []


def test_stopped_digest_sends_none(happen: Happenings, hanna: Member, letters: Letters) -> None:
    topic = factories.topic()
    happen.follow(hanna, TargetKind.TOPIC, topic.id)
    factories.post(under=topic)
    with transaction():
        commands.unsubscribe(hanna.id, "digest")
        sending.send_digests()
    assert letters.deliver() == []
