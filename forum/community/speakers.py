"""Who wrote something in a community file, and in whose name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sqlalchemy import select

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.kernel.ids import MemberId, OrganisationId
from forum.organisations.models import Affiliation, Organisation
from forum.organisations.queries import main_role
from forum.organisations.queries.order import RUNNING


@dataclass(frozen=True)
class Speaker:
    """`organisation_id` is the organisation spoken for; the role is the author's, spoken for or not."""

    author_id: MemberId
    organisation_id: OrganisationId | None
    role_organisation_id: OrganisationId | None
    role_title: str


class Speakers:
    """Looked up by the keys of the file, each once; all of them are in the database by now."""

    def __init__(self) -> None:
        self.find = cache(_find)


def _find(author: str, on_behalf_of: str) -> Speaker:
    author_id = db.session.scalars(select(Member.id).where(Member.import_key == author)).one()
    if not on_behalf_of:
        return Speaker(author_id, None, *(main_role(author_id) or (None, "")))
    row = db.session.execute(
        select(Organisation.id, Affiliation.title)
        .outerjoin(
            Affiliation,
            (Affiliation.organisation_id == Organisation.id) & (Affiliation.member_id == author_id) & RUNNING,
        )
        .where(Organisation.import_key == on_behalf_of)
    ).one()
    return Speaker(author_id, row.id, row.id, row.title or "")
