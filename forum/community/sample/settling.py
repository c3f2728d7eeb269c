"""Makes the members, organisations and topics of a sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from forum.accounts import finding as members
from forum.accounts.emails import email_key
from forum.accounts.models import Member, MemberBeginning
from forum.accounts.names import username_key
from forum.community.sample import vocabulary
from forum.community.sample.bulk import Row, insert, reserve
from forum.community.sample.people import FOUNDERS, People, Place
from forum.community.sample.rhythm import Rhythm
from forum.community.sample.size import Size
from forum.community.signs import sign_for
from forum.kernel.access import MemberState, Right
from forum.kernel.db import db
from forum.kernel.operator import OPERATOR
from forum.kernel.slugs import first_free, slug_of
from forum.organisations import finding as organisations
from forum.organisations.models import (
    Affiliation,
    Organisation,
    OrganisationBeginning,
    OrganisationKind,
    Verification,
)
from forum.topics import commands as topics
from forum.topics.details import Details
from forum.topics.models import Topic
from forum.topics.queries import topics_by_slug

# Of all members, those who belong to an organisation; of all organisations, those that are verified.
AFFILIATED, VERIFIED = 0.45, 0.9
# The lower, the more people the first organisations have.
LARGE = 1.8
TRUST = 2
_RIGHTS = {Right.CONTRIBUTOR: 50, Right.EDITOR: 35, Right.MODERATOR: 8, Right.OWNER: 7}
# How often a kind comes up, and what one is called.
_KINDS = {
    OrganisationKind.CITY: (50, "City of {}"),
    OrganisationKind.UNIVERSITY: (12, "University of {}"),
    OrganisationKind.COMPANY: (10, "{} Works"),
    OrganisationKind.NGO: (8, "Friends of {}"),
    OrganisationKind.REGION: (6, "{} Region"),
    OrganisationKind.AGENCY: (6, "{} Transport Agency"),
    OrganisationKind.NETWORK: (4, "{} Exchange"),
    OrganisationKind.UTILITY: (4, "{} Grid"),
}
_TITLES = ("Adviser", "Programme manager", "Engineer", "Planner", "Policy officer", "Researcher", "Coordinator")
# Many say nothing about themselves.
_HEADLINES = (
    "", "", "", "", "Resident", "Shopkeeper", "Teacher", "Student of public administration", "Cycles to work",
    "Retired engineer", "Parent of two", "Volunteer in the neighbourhood", "Works with data", "Gardener", "Bus driver",
    "Interested in how cities learn",
)  # fmt: skip
_COUNTRIES = ("NL", "BE", "DE", "DK", "FR", "GB", "PT", "ES", "SE", "PL")
# Slug → name; a site that has them keeps its own.
_TOPICS = {
    "energy": "Energy",
    "mobility": "Mobility",
    "circular-city": "Circular City",
    "digital-city": "Digital City",
    "citizens-living": "Citizens & Living",
    "governance-education": "Governance & Education",
}


def find_topics() -> list[Topic]:
    """The house's six, made where they are missing; the one that gets most posts first."""
    here = topics_by_slug(_TOPICS)
    for number, (slug, name) in enumerate(_TOPICS.items()):
        if slug not in here:
            here[slug] = topics.create(OPERATOR, Details(name=name, slug=slug, sign=sign_for(slug, number)))
    db.session.flush()
    return [here[slug] for slug in _TOPICS]


def settle(size: Size, rhythm: Rhythm, password_hash: str) -> People:
    rng = Random(f"people {size.seed}")  # noqa: S311  # nothing secret about it
    founders = max(int(size.members * FOUNDERS), 1)
    people = People(
        first_member=reserve(Member, size.members),
        first_organisation=reserve(Organisation, size.organisations),
        joined=[0.0] * founders + sorted(rng.random() * rhythm.end for _ in range(size.members - founders)),
        places=[[] for _ in range(size.members)],
        verified=[rng.random() < VERIFIED for _ in range(size.organisations)],
    )
    _appoint(rng, people)
    slugs, codes = (set(db.session.scalars(select(column))) for column in (Organisation.slug, Organisation.code))
    insert(Organisation, _ORGANISATION, _organisations(rng, people, rhythm, slugs, codes))
    insert(Member, _MEMBER, _members(rng, people, rhythm, password_hash))
    insert(Affiliation, _AFFILIATION, _affiliations(people, rhythm))
    _make_findable(people)
    return people


def _make_findable(people: People) -> None:
    """Rows of their own, which the rows of people don't bring along."""
    for model, kept, rows_of, first in (
        (Member, MemberBeginning, members.rows_of, people.first_member),
        (Organisation, OrganisationBeginning, organisations.rows_of, people.first_organisation),
    ):
        made: Any = model
        found = db.session.scalars(select(made).where(made.id >= first)).all()
        insert(
            kept,
            "key owner_id whole",
            [(one["key"], one["owner_id"], one["whole"]) for row in found for one in rows_of(row)],
        )


def username_of(number: int) -> str:
    """Nobody else has it: the number is the member's id."""
    return f"{vocabulary.name(Random(number)).lower()}-{number}"  # noqa: S311  # nothing secret about it


def _appoint(rng: Random, people: People) -> None:
    """Everybody's place. Each organisation has an owner, one who was there early."""
    members = len(people.places)
    for organisation in range(len(people.verified)):
        people.places[organisation % members].append(Place(organisation, rng.choice(_TITLES), Right.OWNER))
    for places in people.places[len(people.verified) :]:
        if people.verified and rng.random() < AFFILIATED:
            organisation = int(len(people.verified) * rng.random() ** LARGE)
            right = rng.choices(list(_RIGHTS), list(_RIGHTS.values()))[0]
            places.append(Place(organisation, rng.choice(_TITLES), right))
    for places in people.places:
        places.sort(key=lambda place: not people.verified[place.organisation])


_ORGANISATION = "id slug name code kind country city state verified_at verified_until created_at"


def _organisations(rng: Random, people: People, rhythm: Rhythm, slugs: set[str], codes: set[str]) -> Iterator[Row]:
    """`slugs` and `codes` are taken."""
    for number, verified in enumerate(people.verified):
        kind = rng.choices(list(_KINDS), [weight for weight, _ in _KINDS.values()])[0]
        city = vocabulary.name(rng)
        name = _KINDS[kind][1].format(city)
        slug = first_free(slug_of(name, "organisation"), slugs)
        code = _free_code(rng, city, codes)
        slugs.add(slug)
        codes.add(code)
        state = Verification.VERIFIED if verified else Verification.SUBMITTED
        since = rhythm.at(rhythm.end) - timedelta(days=rng.randrange(1, 300)) if verified else None
        until = since + timedelta(days=365) if since else None
        yield (
            people.first_organisation + number, slug, name, code, kind.value, rng.choice(_COUNTRIES), city, state.value,
            since, until, rhythm.at(0),
        )  # fmt: skip


def _free_code(rng: Random, city: str, taken: set[str]) -> str:
    code = city[:3].upper()
    while code in taken:
        code = "".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=4))
    return code


_MEMBER = (
    "id username username_key email email_key password_hash name headline city state trust_level created_at"
    " confirmed_at"
)


def _members(rng: Random, people: People, rhythm: Rhythm, password_hash: str) -> Iterator[Row]:
    """Only the first has an address and a password: nobody else can sign in, and no letter goes anywhere."""
    for number, joined in enumerate(people.joined):
        member_id = people.first_member + number
        username = username_of(member_id)
        first = username.partition("-")[0].capitalize()
        email = f"{username}@sample.example" if number == 0 else None
        moment = rhythm.at(joined)
        places = people.places[number]
        yield (
            member_id, username, username_key(username), email, email_key(email) if email else None,
            password_hash if number == 0 else None, f"{first} {vocabulary.name(rng)}",
            places[0].title if places else rng.choice(_HEADLINES), vocabulary.name(rng), MemberState.ACTIVE.value,
            TRUST if number == 0 else rng.randrange(4), moment, moment,
        )  # fmt: skip


_AFFILIATION = "member_id organisation_id title right started_at"


def _affiliations(people: People, rhythm: Rhythm) -> Iterator[Row]:
    for number, places in enumerate(people.places):
        for place in places:
            yield (
                people.first_member + number, people.first_organisation + place.organisation, place.title,
                place.right.value, rhythm.at(people.joined[number]),
            )  # fmt: skip
