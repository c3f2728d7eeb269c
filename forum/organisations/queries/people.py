"""Who belongs to an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from forum.accounts import policy as accounts
from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import Member
from forum.kernel.access import ANONYMOUS, MemberState
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.ids import AffiliationId, MemberId, OrganisationId
from forum.organisations import policy
from forum.organisations.bylines import Plate, plate_of
from forum.organisations.errors import Gone
from forum.organisations.models import Affiliation, Organisation
from forum.organisations.queries.order import BY_RIGHT, RUNNING, VERIFIED_FIRST
from forum.organisations.words import RIGHTS


@dataclass(frozen=True)
class Person:
    """`title` and `right_name` are what is shown; `right` is the right itself."""

    affiliation_id: AffiliationId
    card: MemberCard
    title: str
    right: str
    right_name: Words
    public: bool
    since: datetime


@dataclass(frozen=True)
class Role:
    """A member's place at an organisation, for the member's own page."""

    plate: Plate
    title: str


def people_of(
    organisation_id: OrganisationId, *, private: bool = False, limit: int | None = None
) -> tuple[Person, ...]:
    """The running affiliations, highest right first, then by name; with `private` also those not shown."""
    return _people(_running(organisation_id, private=private).limit(limit))


def some_people_of(organisation_id: OrganisationId, limit: int) -> tuple[tuple[Person, ...], int]:
    """The first of the people that are shown, and how many there are in all."""
    statement = _running(organisation_id, private=False).add_columns(func.count().over().label("total"))
    rows = db.session.execute(statement.limit(limit)).all()
    return tuple(_person(row) for row in rows), rows[0].total if rows else 0


def get_person(organisation_id: OrganisationId, affiliation_id: AffiliationId) -> Person:
    """Somebody who belongs to the organisation. Raises Gone."""
    statement = _running(organisation_id, private=True).where(Affiliation.id == affiliation_id)
    person = next(iter(_people(statement)), None)
    if person is None:
        raise Gone
    return person


def _running(organisation_id: OrganisationId, *, private: bool) -> Select[*tuple[Any, ...]]:
    shown = [Member.state != MemberState.ERASED] if private else [Affiliation.public, accounts.visible_to(ANONYMOUS)]
    return (
        select(Affiliation, Member)
        .join(Member, Member.id == Affiliation.member_id)
        .where(Affiliation.organisation_id == organisation_id, RUNNING, *shown)
        .order_by(BY_RIGHT, func.lower(Member.name), Member.id)
    )


def _people(statement: Select[*tuple[Any, ...]]) -> tuple[Person, ...]:
    return tuple(_person(row) for row in db.session.execute(statement))


def _person(row: Any) -> Person:
    affiliation: Affiliation = row.Affiliation
    return Person(
        affiliation_id=affiliation.id,
        card=card_of(row.Member),
        title=affiliation.title,
        right=affiliation.right,
        right_name=RIGHTS[affiliation.right],
        public=affiliation.public,
        since=affiliation.started_at,
    )


def roles_of(member_id: MemberId) -> tuple[Role, ...]:
    """A member's public places, the one shown beside their name first."""
    rows = db.session.execute(
        select(Organisation, Affiliation.title)
        .join(Affiliation, Affiliation.organisation_id == Organisation.id)
        .where(Affiliation.member_id == member_id, RUNNING, Affiliation.public, policy.visible_to(ANONYMOUS))
        .order_by(VERIFIED_FIRST, BY_RIGHT, Affiliation.started_at, Affiliation.id)
    )
    return tuple(Role(plate=plate_of(row.Organisation), title=row.title) for row in rows)
