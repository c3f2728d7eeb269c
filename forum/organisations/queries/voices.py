"""For whom somebody speaks, and the role shown beside their name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select

from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.db import db, run
from forum.kernel.errors import Forbidden, NotFound
from forum.kernel.ids import MemberId, OrganisationId
from forum.kernel.slugs import is_slug
from forum.organisations import policy
from forum.organisations.bylines import Plate, plate_of
from forum.organisations.models import Affiliation, Organisation, OrganisationAddress
from forum.organisations.queries.order import BY_RIGHT, RUNNING, VERIFIED_FIRST


@dataclass(frozen=True)
class Voice:
    """An organisation that somebody may speak for, with their role there."""

    plate: Plate
    role_title: str


May = Callable[[Actor, Organisation], bool]


def voices_of(actor: Actor, may: May = policy.can_speak_for) -> tuple[Voice, ...]:
    """The organisations in whose name the actor may publish (or, with can_send_for, write), by name."""
    if not actor.rights:
        return ()
    rows = db.session.execute(_with_role(actor.id).where(Organisation.id.in_(actor.rights)).order_by(Organisation.name))
    return tuple(_voice(row) for row in rows if may(actor, row.Organisation))


def get_voice(actor: Actor, slug: str, may: May = policy.can_speak_for) -> Voice:
    """By its slug, or an earlier one. Raises NotFound, or Forbidden if the actor can't speak for it."""
    row = _find_at(slug, actor) if is_slug(slug) else None
    if row is None:
        raise NotFound(_("There is no organisation “%(name)s”. Write as yourself, or choose another.", name=slug))
    if not may(actor, row.Organisation):
        raise Forbidden(_("You can’t write in the name of %(name)s. Write as yourself.", name=row.Organisation.name))
    return _voice(row)


def _find_at(slug: str, actor: Actor) -> Any:
    statement = _with_role(actor.id).where(_is_at(slug), policy.visible_to(actor))
    return db.session.execute(statement.order_by(Organisation.slug != slug)).first()


def _with_role(member_id: MemberId) -> Select[Organisation, str]:
    mine = and_(Affiliation.organisation_id == Organisation.id, Affiliation.member_id == member_id, RUNNING)
    return select(Organisation, func.coalesce(Affiliation.title, "").label("title")).outerjoin(Affiliation, mine)


def _is_at(slug: str) -> ColumnElement[bool]:
    moved = select(OrganisationAddress.organisation_id).where(OrganisationAddress.slug == slug)
    return (Organisation.slug == slug) | Organisation.id.in_(moved)


def _voice(row: Any) -> Voice:
    return Voice(plate=plate_of(row.Organisation), role_title=row.title)


def main_role(member_id: MemberId) -> tuple[OrganisationId, str] | None:
    """The organisation and the title shown beside a member who speaks for themselves.

    Of their public, running affiliations: verified organisations first, then the highest right, then the oldest.
    """
    row = run(_main(), {"whose": member_id}).first()
    return (row.organisation_id, row.title) if row else None


@cache
def _main() -> Select[OrganisationId, str]:
    """Every comment asks: put together once."""
    return (
        select(Affiliation.organisation_id, Affiliation.title)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.member_id == bindparam("whose"), RUNNING, Affiliation.public, policy.visible_to(ANONYMOUS))
        .order_by(VERIFIED_FIRST, BY_RIGHT, Affiliation.started_at, Affiliation.id)
        .limit(1)
    )
