"""Who speaks for whom: the plate of an organisation and the one byline that every text carries."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func

from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import Member
from forum.kernel.ids import OrganisationId
from forum.organisations.models import Organisation, Verification


@dataclass(frozen=True)
class Plate:
    """`logo` is the key of the picture on it, or empty: then it shows the code."""

    id: OrganisationId
    slug: str
    name: str
    code: str
    kind: str
    verified: bool
    logo: str = ""


@dataclass(frozen=True)
class Byline:
    """On behalf: `organisation`, written by `member`. Else `member`, perhaps with `role_title` at it."""

    member: MemberCard
    organisation: Plate | None
    role_title: str
    on_behalf: bool


def plate_of(organisation: Organisation) -> Plate:
    return Plate(
        id=organisation.id,
        slug=organisation.slug,
        name=organisation.name,
        code=organisation.code,
        kind=organisation.kind,
        verified=organisation.state == Verification.VERIFIED,
        logo=organisation.logo,
    )


def byline_of(member: Member, organisation: Organisation | None, role_title: str, *, on_behalf: bool) -> Byline:
    plate = plate_of(organisation) if organisation else None
    return Byline(member=card_of(member), organisation=plate, role_title=role_title, on_behalf=on_behalf)


def shown_organisation(
    organisation_id: ColumnElement[OrganisationId | None],
    role_organisation_id: ColumnElement[OrganisationId | None],
) -> ColumnElement[OrganisationId | None]:
    """The organisation to join for a byline: the one spoken for, else that of the author's role."""
    return func.coalesce(organisation_id, role_organisation_id)
