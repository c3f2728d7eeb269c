"""What the views of membership share."""

from __future__ import annotations

from flask import Blueprint

from forum.accounts import throttles
from forum.accounts.throttles import Limit
from forum.kernel.access import Actor, current_actor
from forum.kernel.answers import keep_nowhere
from forum.kernel.db import transaction
from forum.organisations import queries
from forum.organisations.errors import NotOwner
from forum.organisations.models import Organisation
from forum.organisations.policy import can_manage_people_of

blueprint = Blueprint("membership", __name__)
blueprint.after_request(keep_nowhere)


def organisation_at(slug: str, actor: Actor | None = None) -> Organisation:
    """By its slug, or one that it had until a moment ago. Raises NotFound."""
    viewer = actor or current_actor()
    return queries.find_organisation(slug, viewer) or queries.get_organisation(
        queries.find_moved(slug, viewer) or slug, viewer
    )


def own_organisation(slug: str) -> Organisation:
    """One that this request's actor looks after. Raises NotFound or NotOwner."""
    organisation = organisation_at(slug)
    if not can_manage_people_of(current_actor(), organisation.id):
        raise NotOwner
    return organisation


def count_letter(limit: Limit, whom: str) -> None:
    """Before the work is done, and kept whatever comes of it. Raises TooOften."""
    with transaction():
        throttles.hit((limit, whom))
