"""Members as administrators look for them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, literal_column, select

from forum.accounts import emails
from forum.accounts import queries as accounts
from forum.accounts.cards import card_of
from forum.accounts.models import Member, MemberBeginning, MemberSession
from forum.admin.queries.acts import page_of_acts
from forum.admin.records import MemberLine, MemberPage
from forum.admin.words import ROLES, STATES
from forum.kernel import clock
from forum.kernel.access import Actor, MemberState, Role
from forum.kernel.beginnings import matching
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.ids import MemberId
from forum.kernel.keyset import Order, page_in
from forum.kernel.lines import one_line
from forum.kernel.paging import Page
from forum.organisations.bylines import Plate, plate_of
from forum.organisations.models import Affiliation, Organisation
from forum.organisations.words import RIGHTS

NEWEST = Order((Member.id,), down=True)
NOT_ACTIVE: ColumnElement[bool] = literal_column("members.state <> 'active'")
SPECIAL: ColumnElement[bool] = literal_column("members.role <> 'member'")


@dataclass(frozen=True)
class MembersWanted:
    """Beginnings of a name, username or city, or a whole e-mail address; a state; a role. Each may be empty."""

    words: str = ""
    state: str = ""
    role: str = ""
    after: str = ""
    before: str = ""


def page_of_members(wanted: MembersWanted) -> Page[MemberLine]:
    """Newest first, the erased too. One statement, and one to find the place."""
    return page_in(NEWEST, _chosen(wanted), _line, after=wanted.after, before=wanted.before)


def _chosen(wanted: MembersWanted) -> Select[Member]:
    words = one_line(wanted.words)
    query = select(Member)
    if "@" in words:
        query = query.where(Member.email_key == emails.email_key(words))
    else:
        query = query.where(*matching(words, MemberBeginning, Member.id))
    if wanted.state in set(MemberState):
        query = query.where(Member.state == wanted.state)
        query = query.where(NOT_ACTIVE) if wanted.state != MemberState.ACTIVE else query
    if wanted.role in set(Role):
        query = query.where(Member.role == wanted.role)
        query = query.where(SPECIAL) if wanted.role != Role.MEMBER else query
    return query


def _line(member: Member) -> MemberLine:
    return MemberLine(
        card=card_of(member),
        email=member.email or "",
        role=ROLES[member.role],
        state=STATES[member.state],
        is_well=member.state == MemberState.ACTIVE,
        created_at=member.created_at,
    )


def get_member_page(username: str, viewer: Actor, after: str | None = None) -> MemberPage:
    """Raises NotFound, for the erased too."""
    member = accounts.get_member(username, viewer)
    running = (MemberSession.member_id == member.id, MemberSession.expires_at > clock.now())
    return MemberPage(
        card=card_of(member),
        email=member.email or "",
        role_value=member.role,
        role=ROLES[member.role],
        state=STATES[member.state],
        state_until=member.state_until,
        is_well=member.state == MemberState.ACTIVE,
        trust_level=member.trust_level,
        created_at=member.created_at,
        confirmed_at=member.confirmed_at,
        session_count=db.session.scalar(select(func.count()).select_from(MemberSession).where(*running)) or 0,
        organisations=_organisations(member.id),
        acts=page_of_acts(after, member_id=member.id),
    )


def _organisations(member_id: MemberId) -> tuple[tuple[Plate, Words], ...]:
    rows = db.session.execute(
        select(Organisation, Affiliation.right)
        .join(Affiliation, Affiliation.organisation_id == Organisation.id)
        .where(Affiliation.member_id == member_id, Affiliation.ended_at.is_(None))
        .order_by(Organisation.name, Organisation.id)
    )
    return tuple((plate_of(organisation), RIGHTS[right]) for organisation, right in rows)
