"""Organisations as administrators look for them: all states, and how many people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from forum.admin.records import OrganisationRow
from forum.admin.words import ORGANISATION_STATES
from forum.kernel.beginnings import matching
from forum.kernel.db import db
from forum.kernel.ids import OrganisationId
from forum.kernel.keyset import Order, page_in
from forum.kernel.lines import one_line
from forum.kernel.paging import Page
from forum.organisations.bylines import plate_of
from forum.organisations.models import Affiliation, Organisation, OrganisationBeginning, Verification
from forum.organisations.words import KINDS

NEWEST = Order((Organisation.id,), down=True)


@dataclass(frozen=True)
class OrganisationsWanted:
    """Beginnings of a name, city or code; a state. Each may be empty."""

    words: str = ""
    state: str = ""
    after: str = ""
    before: str = ""


def page_of_organisations(wanted: OrganisationsWanted) -> Page[OrganisationRow]:
    """Newest first. Two statements, and one to find the place."""
    query = select(Organisation).where(*matching(one_line(wanted.words), OrganisationBeginning, Organisation.id))
    if wanted.state in set(Verification):
        query = query.where(Organisation.state == wanted.state)
    found: Page[Organisation] = page_in(NEWEST, query, lambda one: one, after=wanted.after, before=wanted.before)
    people = _people([one.id for one in found.rows])
    return Page(tuple(_row(one, people.get(one.id, 0)) for one in found.rows), found.after, found.before)


def _people(ids: Sequence[OrganisationId]) -> Mapping[OrganisationId, int]:
    running = (Affiliation.organisation_id.in_(ids), Affiliation.ended_at.is_(None))
    counted = select(Affiliation.organisation_id, func.count()).where(*running).group_by(Affiliation.organisation_id)
    return {row[0]: row[1] for row in db.session.execute(counted)} if ids else {}


def _row(one: Organisation, people: int) -> OrganisationRow:
    return OrganisationRow(
        plate=plate_of(one),
        state=ORGANISATION_STATES[one.state],
        is_well=one.state == Verification.VERIFIED,
        kind=KINDS[one.kind],
        people=people,
        created_at=one.created_at,
        until=one.verified_until,
    )
