"""What a right in an organisation allows, and who sees an organisation."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, true

from forum.kernel.access import Actor, Right
from forum.kernel.ids import OrganisationId
from forum.organisations.models import Organisation, Verification

SPEAKS = frozenset({Right.EDITOR, Right.MODERATOR, Right.OWNER})
# What others than a verified one say waits for the site's moderators; a rejected or suspended one says nothing.
CAN_BE_SPOKEN_FOR = frozenset(
    {
        Verification.VERIFIED,
        Verification.EXPIRED,
        Verification.SUBMITTED,
        Verification.IN_REVIEW,
        Verification.INFORMATION_ASKED,
    }
)
# How many of a newly verified organisation's posts the site's moderators look at first.
FIRST_POSTS = 3
# Not yet asked to be shown, or shown to be somebody else.
HIDDEN = frozenset({Verification.DRAFT, Verification.REJECTED})

# Verified once: neither a suspension nor a year gone by lets it become somebody else unseen.
FROZEN_STATES = frozenset({Verification.VERIFIED, Verification.SUSPENDED, Verification.EXPIRED})


def can_see(actor: Actor, organisation: Organisation) -> bool:
    """A draft or a rejected application is its own people's and the moderators'."""
    return organisation.state not in HIDDEN or organisation.id in actor.rights or actor.is_moderator


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The SQL twin of can_see."""
    if actor.is_moderator:
        return true()
    return or_(Organisation.state.not_in(HIDDEN), Organisation.id.in_(actor.rights))


def is_verified(organisation: Organisation) -> bool:
    return organisation.state == Verification.VERIFIED


def is_frozen(organisation: Organisation) -> bool:
    """Whether name, code, kind and domain stay as they were verified until a moderator decides on a change."""
    return organisation.state in FROZEN_STATES


def can_speak_for(actor: Actor, organisation: Organisation) -> bool:
    """Publish and comment in its name. What an unverified one says waits for a moderator of the site."""
    speaks = actor.rights.get(organisation.id) in SPEAKS
    return actor.may_write and speaks and organisation.state in CAN_BE_SPOKEN_FOR


def can_send_for(actor: Actor, organisation: Organisation) -> bool:
    """Write in its name. A contributor's words wait for somebody who may speak for it."""
    return actor.may_write and organisation.id in actor.rights and organisation.state in CAN_BE_SPOKEN_FOR


def can_draft_for(actor: Actor, organisation: Organisation) -> bool:
    return organisation.id in actor.rights


def can_manage_people(actor: Actor, organisation: Organisation) -> bool:
    """Add people, change and end their rights. Administrators too: somebody appoints the first owner."""
    return can_manage_people_of(actor, organisation.id)


def can_manage_people_of(actor: Actor, organisation_id: OrganisationId) -> bool:
    """The same, where only the organisation's id is at hand."""
    return actor.is_admin or (actor.may_write and actor.rights.get(organisation_id) is Right.OWNER)


def can_appoint(actor: Actor) -> bool:
    """Add somebody at once, unasked. Owners invite (membership), so that nobody belongs where they don't want to."""
    return actor.is_admin


def can_see_all_people(actor: Actor, organisation: Organisation) -> bool:
    """Those too who don't show their place: colleagues know them."""
    return organisation.id in actor.rights or can_manage_people(actor, organisation)


def can_edit(actor: Actor, organisation: Organisation) -> bool:
    """Change what its page says."""
    return can_manage_people(actor, organisation)


def can_create(actor: Actor) -> bool:
    return actor.is_admin
