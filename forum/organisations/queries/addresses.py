"""An organisation by its address, or by one that it had before."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.db import db
from forum.kernel.errors import NotFound
from forum.kernel.slugs import is_slug
from forum.organisations import policy
from forum.organisations.models import Organisation, OrganisationAddress


def find_organisation(slug: str, viewer: Actor = ANONYMOUS) -> Organisation | None:
    """By its present slug, if the viewer may see it."""
    if not is_slug(slug):
        return None
    return db.session.scalar(select(Organisation).where(Organisation.slug == slug, policy.visible_to(viewer)))


def get_organisation(slug: str, viewer: Actor = ANONYMOUS) -> Organisation:
    """By its present slug. Raises NotFound; ask find_moved then."""
    organisation = find_organisation(slug, viewer)
    if organisation is None:
        raise NotFound(_("There is no organisation at this address."))
    return organisation


def sees_any(actor: Actor, organisation_ids: Sequence[int]) -> bool:
    """Whether the actor may see some of these organisations, and so their logos."""
    here = Organisation.id.in_(list(organisation_ids))
    return db.session.scalar(select(Organisation.id).where(here, policy.visible_to(actor)).limit(1)) is not None


def all_organisations() -> Sequence[Organisation]:
    """For the operator, by slug."""
    return db.session.scalars(select(Organisation).order_by(Organisation.slug)).all()


def find_moved(slug: str, viewer: Actor = ANONYMOUS) -> str | None:
    """The present slug of an organisation that had this one before."""
    if not is_slug(slug):
        return None
    moved = select(OrganisationAddress.organisation_id).where(OrganisationAddress.slug == slug)
    return db.session.scalar(select(Organisation.slug).where(Organisation.id.in_(moved), policy.visible_to(viewer)))
