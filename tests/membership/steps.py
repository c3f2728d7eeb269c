"""Steps of people who apply, prove, invite and decide, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Actor, Right, Role
from forum.kernel.db import db, transaction
from forum.membership import commands
from forum.membership.commands import Application
from forum.membership.models import MembershipRequest, Method, Proof
from forum.organisations.details import Details
from forum.organisations.models import Organisation
from tests import factories

Given = TypeVar("Given")

GHENT = Details(name="City of Ghent", code="GNT", kind="city", country="BE", city="Ghent", domain="stad.gent")


def now_is(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def later(monkeypatch: pytest.MonkeyPatch, **time: float) -> None:
    now_is(monkeypatch, clock.now() + timedelta(**time))


def done(act: Callable[..., Given], *given: Any, **more: Any) -> Given:
    with transaction():
        return act(*given, **more)


def moderator() -> Actor:
    return factories.actor(factories.member(role=Role.MODERATOR))


def applied(member: Member | None = None, *, proofs: int = 2, send: bool = True, **details: str) -> MembershipRequest:
    """An application that waits for a moderator, with so many proofs."""
    actor = factories.actor(member or factories.member())
    wanted = Details(**(vars(GHENT) | details))
    request = done(commands.start, actor, Application(wanted, title="Adviser"))
    owner = factories.actor(db.session.get_one(Member, actor.id))
    if send:
        done(commands.submit, owner, request.id, "Ask Piet.")
    for method in (Method.DNS, Method.FILE)[:proofs]:
        prove(owner, request, method)
    return request


def prove(owner: Actor, request: MembershipRequest, method: Method) -> Proof:
    """As if the worker had looked and found it."""
    proof = done(commands.start_proof, owner, request.id, method)
    done(commands.note_look, proof.id, proof.challenge, "")
    return proof


def owner_of(organisation: Organisation, **fields: Any) -> Actor:
    member = factories.member(**fields)
    factories.affiliation(member, organisation, Right.OWNER)
    return factories.actor(member)


def asker(request: MembershipRequest) -> Actor:
    return factories.actor(db.session.get_one(Member, request.member_id))


def organisation_of(request: MembershipRequest) -> Organisation:
    here = select(Organisation).where(Organisation.id == request.organisation_id)
    return db.session.scalars(here.execution_options(populate_existing=True)).one()


def again(request: MembershipRequest) -> MembershipRequest:
    here = select(MembershipRequest).where(MembershipRequest.id == request.id)
    return db.session.scalars(here.execution_options(populate_existing=True)).one()
