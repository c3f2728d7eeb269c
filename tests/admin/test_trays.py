"""What the worker can't do: shown with its reason, tried again or let go of, once, and without anybody's secrets."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from forum.accounts.models import Member
from forum.admin.models import Act
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.kernel.mailer import LetterState, StoredLetter
from forum.kernel.outbox import Delivery, OutboxEvent
from tests.web import Web

LETTERS, DELIVERIES = "/admin/outgoing/letters", "/admin/outgoing/deliveries"
TOKEN = "s3cretTokenOfALetter_0123456789abcdefghijkl"


def letter(**fields: Any) -> StoredLetter:
    """One that was given up on."""
    now = clock.now()
    values = {
        "to_address": "noor@example.org",
        "to_name": "Noor",
        "subject": "Your new password",
        "plain": f"http://localhost/reset-password/{TOKEN}",
        "html": "",
        "headers": {},
        "message_id": f"<{now.timestamp()}@localhost>",
        "state": LetterState.PARKED,
        "attempts": 40,
        "created_at": now,
        "next_at": now,
        "error": f"550 no such user at smtp://kade:hunter22@mail.example ({TOKEN})",
    }
    made = StoredLetter(**(values | fields))
    with transaction() as session:
        session.add(made)
    return made


def delivery() -> Delivery:
    now = clock.now()
    with transaction() as session:
        event = OutboxEvent(name="PostPublished", payload={"post_id": 1, "words": TOKEN}, created_at=now)
        session.add(event)
        session.flush()
        made = Delivery(
            event_id=event.id, listener="news.tell", state="parked", attempts=40, next_at=now, error="KeyError: 1"
        )
        session.add(made)
    return made


def state_of(row: StoredLetter | Delivery) -> tuple[str, int]:
    db.session.expire_all()
    kind: Any = type(row)
    found = db.session.get_one(kind, row.id)
    return found.state, found.attempts


def acts() -> list[tuple[str, str]]:
    return [(one.verb, one.thing) for one in db.session.scalars(select(Act).order_by(Act.id))]


def test_letter_given_up_on_is_shown_with_its_reason_and_no_secret(web: Web, admin: Member) -> None:
    letter()
    page = web.get(LETTERS)
    assert ("550 no such user" in page.text, "noor@example.org" in page.text) == (True, True)
    assert [secret in page.text for secret in (TOKEN, "hunter22")] == [False, False]


def test_delivery_given_up_on_is_shown_without_what_it_holds(web: Web, admin: Member) -> None:
    delivery()
    page = web.get(DELIVERIES)
    assert ("PostPublished" in page.text, "KeyError: 1" in page.text, TOKEN in page.text) == (True, True, False)


@pytest.mark.parametrize("kind", ["letters", "deliveries"])
def test_row_is_tried_again_once(web: Web, admin: Member, kind: str) -> None:
    row = letter() if kind == "letters" else delivery()
    action = f"/admin/outgoing/{kind}/{row.id}/retry"
    fields = web.get(f"/admin/outgoing/{kind}").form(action)
    assert [web.post(action, fields).status for _twice in range(2)] == [303, 303]
    assert (state_of(row), acts()) == (("waiting", 0), [("retry", f"{kind} {row.id}")])


@pytest.mark.parametrize("kind", ["letters", "deliveries"])
def test_row_is_let_go_of_once(web: Web, admin: Member, kind: str) -> None:
    row = letter() if kind == "letters" else delivery()
    action = f"/admin/outgoing/{kind}/{row.id}/discard"
    fields = web.get(f"/admin/outgoing/{kind}").form(action)
    assert [web.post(action, fields).status for _twice in range(2)] == [303, 303]
    assert (state_of(row)[0], acts()) == (
        "discarded" if kind == "letters" else "done",
        [("discard", f"{kind} {row.id}")],
    )


def test_letter_let_go_of_loses_its_words(web: Web, admin: Member) -> None:
    row = letter()
    web.submit(LETTERS, f"{LETTERS}/{row.id}/discard")
    db.session.expire_all()
    assert db.session.get_one(StoredLetter, row.id).plain == ""


def test_form_older_than_the_last_attempt_is_refused(web: Web, admin: Member) -> None:
    row = letter(state="waiting", attempts=3, next_at=clock.now() + timedelta(hours=1))
    fields = web.get(f"{LETTERS}?view=waiting").form(f"{LETTERS}/{row.id}/discard")
    with transaction() as session:
        session.get_one(StoredLetter, row.id).attempts = 4
    assert (web.post(f"{LETTERS}/{row.id}/discard", fields).status, state_of(row)) == (409, ("waiting", 4))


def test_letter_that_is_being_sent_is_left_alone(web: Web, admin: Member) -> None:
    soon = clock.now() + timedelta(minutes=1)
    row = letter(state="waiting", attempts=3, next_at=soon, leased_until=soon)
    page = web.submit(f"{LETTERS}?view=waiting", f"{LETTERS}/{row.id}/discard")
    assert (page.status, state_of(row)) == (409, ("waiting", 3))


def test_all_that_were_given_up_on_are_tried_again(web: Web, admin: Member) -> None:
    rows = [letter(), letter(message_id="<2@localhost>"), letter(message_id="<3@localhost>", state="sent")]
    fields = web.get(LETTERS).form(f"{LETTERS}/retry")
    assert [web.post(f"{LETTERS}/retry", fields).status for _twice in range(2)] == [303, 303]
    assert [state_of(row)[0] for row in rows] == ["waiting", "waiting", "sent"]
    assert acts() == [("retry all", "letters")]


def test_what_is_gone_is_not_found(web: Web, admin: Member) -> None:
    row = letter()
    fields = web.get(LETTERS).form(f"{LETTERS}/{row.id}/retry")
    assert [web.post(path, fields).status for path in (f"{LETTERS}/999/retry", "/admin/outgoing/parcels/1/retry")] == [
        404,
        404,
    ]
