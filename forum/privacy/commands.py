"""What members do about their own data. None commits."""

from __future__ import annotations

import secrets

from forum.accounts import commands as accounts
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import MemberId
from forum.kernel.personal import Choices
from forum.privacy import policy
from forum.privacy.errors import TooLate
from forum.privacy.events import ErasureAsked, ErasureBegun, ErasureNear, ErasurePostponed
from forum.privacy.models import DataExport, Erasure, ExportState
from forum.privacy.queries import export_page, find_erasure, find_export, find_obstacle


def ask_export(actor: Actor) -> DataExport:
    """A copy of everything, by the worker. While one is being made or is ready, asking makes no other."""
    accounts.take_member(actor.id)  # twice at once is once
    found = find_export(actor.id, lock=True)
    if found is None:
        found = DataExport(member_id=actor.id, key=secrets.token_urlsafe(24), asked_at=clock.now())
        db.session.add(found)
    elif export_page(actor).state in {ExportState.EXPIRED, ExportState.FAILED}:
        found.state, found.key, found.failures = ExportState.ASKED, secrets.token_urlsafe(24), 0
        found.asked_at, found.ready_at, found.expires_at = clock.now(), None, None
    db.session.flush()
    return found


def ask_erasure(member_id: MemberId, choices: Choices) -> Erasure:
    """Their account ends in THINK_FOR; asked again it stays as it was first. Raises LastOwner or LastAdministrator."""
    accounts.take_member(member_id)
    found = find_erasure(member_id, lock=True)
    if found is not None:
        return found
    obstacle = find_obstacle(member_id)
    if obstacle is not None:
        raise obstacle
    now = clock.now()
    made = Erasure(
        member_id=member_id, posts=choices.posts, comments=choices.comments, asked_at=now,
        erase_at=now + policy.THINK_FOR,
    )  # fmt: skip
    db.session.add(made)
    accounts.leave(member_id, made.erase_at)
    db.session.flush()
    record(ErasureAsked(member_id))
    return made


def stay(member_id: MemberId) -> None:
    """They changed their mind; twice is once. Raises TooLate once it has begun."""
    accounts.take_member(member_id)
    found = find_erasure(member_id, lock=True)
    if found is None:
        return
    if found.started_at is not None:
        raise TooLate
    db.session.delete(found)
    accounts.stay(member_id)
    db.session.flush()


def begin(member_id: MemberId) -> bool:
    """The day has come: nobody is signed in any more, and a last letter goes. Done again it changes nothing.

    False where they took it back, or somebody would miss them by now: then they are told, and it waits.
    """
    accounts.take_member(member_id)
    found = find_erasure(member_id, lock=True)
    if found is None or found.done_at is not None or found.erase_at > clock.now():
        return False
    if found.started_at is not None:
        return True
    obstacle = find_obstacle(member_id)
    if obstacle is not None:
        _postpone(found)
        return False
    found.started_at = clock.now()
    record(ErasureBegun(member_id))
    accounts.close(member_id)
    return True


def _postpone(erasure: Erasure) -> None:
    erasure.erase_at = clock.now() + policy.POSTPONED_BY
    accounts.leave(erasure.member_id, erasure.erase_at)
    record(ErasurePostponed(erasure.member_id))


def finish(member_id: MemberId) -> None:
    found = find_erasure(member_id, lock=True)
    if found is not None:
        found.done_at = clock.now()


def remind(member_id: MemberId) -> None:
    accounts.take_member(member_id)
    found = find_erasure(member_id, lock=True)
    if found is not None and found.reminded_at is None and found.started_at is None:
        found.reminded_at = clock.now()
        record(ErasureNear(member_id))
