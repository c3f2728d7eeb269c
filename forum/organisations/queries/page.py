"""What an organisation's own page shows of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.errors import Words
from forum.kernel.ids import OrganisationId
from forum.organisations.bylines import Plate, plate_of
from forum.organisations.models import Organisation
from forum.organisations.queries.addresses import get_organisation
from forum.organisations.queries.people import Person, some_people_of
from forum.organisations.words import KINDS, STATES, country_name

PEOPLE_SHOWN = 8


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
    people: tuple[Person, ...]
    people_count: int


def get_organisation_page(slug: str, viewer: Actor = ANONYMOUS) -> OrganisationPage:
    """In two statements. Raises NotFound; ask find_moved then."""
    organisation = get_organisation(slug, viewer)
    people, people_count = some_people_of(organisation.id, PEOPLE_SHOWN)
    return _page(organisation, people, people_count)


def _page(organisation: Organisation, people: tuple[Person, ...], people_count: int) -> OrganisationPage:
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
        people=people,
        people_count=people_count,
    )
