"""What goes by itself when its time has come, and not before."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from forum.kernel import clock, mailer, outbox
from forum.kernel.db import db, transaction
from forum.kernel.mailer import LetterState, StoredLetter
from forum.kernel.outbox import OutboxEvent
from forum.membership import commands as membership
from forum.membership import policy as membership_policy
from forum.membership.models import Invitation, InvitationState
from forum.moderation.models import SubjectType
from forum.reports import commands as reports
from forum.reports import policy as reports_policy
from forum.reports.models import Outcome, Report
from tests import factories
from tests.moderation.cases import waiting
from tests.privacy.leavers import later

DAY = timedelta(days=1)


def reported(outcome: Outcome) -> Report:
    report = Report(
        item_id=waiting(), subject_type=SubjectType.COMMENT, subject_id=1, reporter_id=factories.member().id,
        reason="spam", details="It sells lamps.", score=1, made_at=clock.now(), outcome=outcome,
    )  # fmt: skip
    with transaction() as session:
        session.add(report)
    return report


def invited(**fields: object) -> Invitation:
    now = clock.now()
    values = {"email": "a@example.org", "email_key": "a@example.org", "created_at": now, "expires_at": now}
    made = Invitation(
        organisation_id=factories.organisation().id, invited_by_id=factories.member().id, **(values | fields)
    )
    with transaction() as session:
        session.add(made)
    return made


@pytest.mark.parametrize(("outcome", "words"), [(Outcome.UPHELD, ""), (Outcome.OPEN, "It sells lamps.")])
def test_words_of_a_decided_report_go(app: Flask, outcome: Outcome, words: str) -> None:
    reported(outcome)
    with later(reports_policy.WORDS_KEPT_FOR - DAY), transaction():
        reports.forget_words()
    assert db.session.scalar(select(Report.details)) == "It sells lamps."
    with later(reports_policy.WORDS_KEPT_FOR + DAY), transaction():
        reports.forget_words()
    assert db.session.scalar(select(Report.details)) == words


@pytest.mark.parametrize("state", [InvitationState.OPEN, InvitationState.ACCEPTED])
def test_address_of_an_invitation_goes(app: Flask, state: InvitationState) -> None:
    invited(state=state)
    for by, kept in ((-DAY, "a@example.org"), (DAY, "")):
        with later(membership_policy.ADDRESSES_KEPT_FOR + by), transaction():
            membership.forget_addresses()
        assert db.session.scalar(select(Invitation.email)) == kept
    assert db.session.scalar(select(Invitation.state)) != InvitationState.OPEN


def test_letters_go_also_as_files(app: Flask, tmp_path: Path) -> None:
    for number, state in enumerate((LetterState.SENT, LetterState.PARKED, LetterState.WAITING)):
        with transaction():
            mailer.post(mailer.Letter(f"{number}@example.org", "", "", ""), "localhost")
            db.session.scalars(select(StoredLetter).order_by(StoredLetter.id.desc())).first().state = state  # type: ignore[union-attr]  # just posted
    old, new = tmp_path / "00000001.eml", tmp_path / "00000002.eml"
    for path, age in ((old, mailer.KEPT_FOR + DAY), (new, timedelta())):
        path.write_text("words")
        at = (clock.now() - age).timestamp() + mailer.KEPT_FOR.total_seconds() + DAY.total_seconds()
        os.utime(path, (at, at))
    with later(mailer.KEPT_FOR + DAY), transaction():
        mailer.sweep(tmp_path)
    assert (list(db.session.scalars(select(StoredLetter.to_address))), old.exists(), new.exists()) == (
        ["2@example.org"], False, True,
    )  # fmt: skip


def test_events_that_hold_an_address_go_with_it(app: Flask) -> None:
    with transaction():
        for email in ("jürgen@example.org", "not-jürgen@example.org"):
            outbox.put("ResetAsked", {"email": email}, ["accounts.listeners.mail_reset"])
        outbox.forget("jürgen@example.org")
    assert [one["email"] for one in db.session.scalars(select(OutboxEvent.payload))] == ["not-jürgen@example.org"]
