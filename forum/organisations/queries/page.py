"""What an organisation's own page shows of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.ids import OrganisationId
from forum.organisations import policy
from forum.organisations.bylines import Plate, plate_of
from forum.organisations.models import Organisation
from forum.organisations.queries.addresses import get_organisation
from forum.organisations.queries.people import Person, some_people_of
from forum.organisations.words import KINDS, STATES, country_name

PEOPLE_SHOWN = 8
BY_NAME = (func.lower(Organisation.name), Organisation.id)


@dataclass(frozen=True)
class OrganisationPage:
    """`people` are the first of `people_count` that are shown. Holds nothing that differs by viewer."""

    id: OrganisationId
    plate: Plate
    kind_name: Words
    state: str
    state_name: Words
    city: str
    country_name: Words
    domain: str
    description_html: str
    verified_at: datetime | None
    post_count: int
    comment_count: int
    parent: Plate | None
    departments: tuple[Plate, ...]
    people: tuple[Person, ...]
    people_count: int


def get_organisation_page(slug: str, viewer: Actor = ANONYMOUS) -> OrganisationPage:
    """In three statements. Raises NotFound; ask find_moved then."""
    organisation = get_organisation(slug, viewer)
    return _page(organisation, some_people_of(organisation.id, PEOPLE_SHOWN), _family(organisation, viewer))


def _family(organisation: Organisation, viewer: Actor) -> tuple[Organisation, ...]:
    """The organisation above it and its departments, those that the viewer may see, by name."""
    near = or_(Organisation.id == organisation.parent_id, Organisation.parent_id == organisation.id)
    return tuple(db.session.scalars(select(Organisation).where(near, policy.visible_to(viewer)).order_by(*BY_NAME)))


def _page(
    organisation: Organisation, people: tuple[tuple[Person, ...], int], family: tuple[Organisation, ...]
) -> OrganisationPage:
    parent = next((plate_of(one) for one in family if one.id == organisation.parent_id), None)
    return OrganisationPage(
        id=organisation.id,
        plate=plate_of(organisation),
        kind_name=KINDS[organisation.kind],
        state=organisation.state,
        state_name=STATES[organisation.state],
        city=organisation.city,
        country_name=country_name(organisation.country),
        domain=organisation.domain,
        description_html=organisation.description_html,
        verified_at=organisation.verified_at,
        post_count=organisation.post_count,
        comment_count=organisation.comment_count,
        parent=parent,
        departments=tuple(plate_of(one) for one in family if one.parent_id == organisation.id),
        people=people[0],
        people_count=people[1],
    )
