"""Who belongs to an organisation, and with which right. Changes in one organisation happen one after another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from forum.accounts import queries as accounts
from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Actor, MemberState, Right
from forum.kernel.db import db
from forum.kernel.errors import Forbidden, Invalid
from forum.kernel.events import record
from forum.kernel.ids import AffiliationId, MemberId, OrganisationId
from forum.kernel.lines import one_line
from forum.organisations import policy
from forum.organisations.commands.registry import get_locked
from forum.organisations.errors import Gone, HereAlready, LastOwner, NoSuchMember, NotAsked, NotOwner, NotReady
from forum.organisations.events import AffiliationChanged, AffiliationEnded, AffiliationStarted
from forum.organisations.models import Affiliation, Organisation
from forum.organisations.queries.order import RUNNING

MAX_TITLE = 80


@dataclass(frozen=True)
class Place:
    """What somebody is and may do in an organisation; `public` ones are shown."""

    right: str
    title: str = ""
    public: bool = True


def add_member(actor: Actor, organisation_id: OrganisationId, username: str, place: Place) -> Affiliation:
    """At once and unasked, by an administrator. Raises NotAsked, Invalid, NoSuchMember, NotReady or HereAlready."""
    if not policy.can_appoint(actor):
        raise NotAsked
    organisation = get_locked(organisation_id)
    kept = checked_place(place)
    return start_affiliation(_found(username), organisation.id, kept)


def start_affiliation(member: Member, organisation_id: OrganisationId, place: Place) -> Affiliation:
    """On the word of whoever the caller asked: an owner, a moderator, the member themselves. The organisation is locked
    and the place checked. Raises HereAlready."""
    if _find_running(member.id, organisation_id) is not None:
        raise HereAlready(member.name)
    affiliation = Affiliation(
        member_id=member.id, organisation_id=organisation_id, started_at=clock.now(), **vars(place)
    )
    db.session.add(affiliation)
    db.session.flush()
    record(AffiliationStarted(affiliation.id, organisation_id, member.id, place.right))
    return affiliation


def change_affiliation(actor: Actor, affiliation_id: AffiliationId, place: Place) -> None:
    """Raises Gone, NotOwner, Invalid or LastOwner."""
    affiliation = _locked_running(affiliation_id)
    if not policy.can_manage_people(actor, _organisation_of(affiliation)):
        raise NotOwner
    kept = checked_place(place)
    if kept.right != Right.OWNER:
        _keep_an_owner(affiliation)
    affiliation.right, affiliation.title, affiliation.public = kept.right, kept.title, kept.public
    record(_changed(affiliation))


def show_affiliation(actor: Actor, affiliation_id: AffiliationId, *, public: bool) -> None:
    """Everybody decides for themselves whether it's shown. Raises Gone or Forbidden."""
    affiliation = _locked_running(affiliation_id)
    if affiliation.member_id != actor.id:
        raise Forbidden(_("Only they can decide whether this is shown."))
    affiliation.public = public
    record(_changed(affiliation))


def end_affiliation(actor: Actor, affiliation_id: AffiliationId) -> None:
    """Ends the right at once; bylines written until now keep what they say. Anyone may leave by themselves.

    Raises Gone, NotOwner or LastOwner.
    """
    affiliation = _locked_running(affiliation_id)
    if affiliation.member_id != actor.id and not policy.can_manage_people(actor, _organisation_of(affiliation)):
        raise NotOwner
    _keep_an_owner(affiliation)
    affiliation.ended_at = clock.now()
    record(AffiliationEnded(affiliation.id, affiliation.organisation_id, affiliation.member_id))


def checked_place(place: Place) -> Place:
    """Cleaned. Raises Invalid."""
    cleaned = replace(place, title=one_line(place.title))
    problems = {}
    if cleaned.right not in set(Right):
        problems["right"] = _("Choose one of the rights.")
    if len(cleaned.title) > MAX_TITLE:
        problems["title"] = _("Shorten the title to %(most)s characters.", most=MAX_TITLE)
    if problems:
        raise Invalid(_("Some of this can’t be kept as it is."), fields=problems)
    return cleaned


def _found(username: str) -> Member:
    username = username.strip().removeprefix("@")
    member = accounts.find_member(username)
    if member is None or member.state == MemberState.ERASED:
        raise NoSuchMember(username)
    if member.state in {MemberState.UNCONFIRMED, MemberState.SUSPENDED}:
        raise NotReady(username)
    return member


def _find_running(member_id: MemberId, organisation_id: OrganisationId) -> Affiliation | None:
    return db.session.scalar(
        select(Affiliation).where(
            Affiliation.member_id == member_id, Affiliation.organisation_id == organisation_id, RUNNING
        )
    )


def _locked_running(affiliation_id: AffiliationId) -> Affiliation:
    """The affiliation as it is once its organisation is locked. Raises Gone when it ended."""
    organisation_id = db.session.scalar(select(Affiliation.organisation_id).where(Affiliation.id == affiliation_id))
    if organisation_id is None:
        raise Gone
    get_locked(organisation_id)
    affiliation = db.session.scalar(
        select(Affiliation).where(Affiliation.id == affiliation_id, RUNNING).execution_options(populate_existing=True)
    )
    if affiliation is None:
        raise Gone
    return affiliation


def _organisation_of(affiliation: Affiliation) -> Organisation:
    return db.session.get_one(Organisation, affiliation.organisation_id)


def _keep_an_owner(affiliation: Affiliation) -> None:
    """Raises LastOwner when nobody else could look after the organisation."""
    if affiliation.right != Right.OWNER:
        return
    others = db.session.scalar(
        select(func.count())
        .select_from(Affiliation)
        .join(Member, Member.id == Affiliation.member_id)
        .where(
            Member.state != MemberState.ERASED,
            Affiliation.organisation_id == affiliation.organisation_id,
            Affiliation.id != affiliation.id,
            Affiliation.right == Right.OWNER,
            RUNNING,
        )
    )
    if not others:
        raise LastOwner


def _changed(affiliation: Affiliation) -> AffiliationChanged:
    return AffiliationChanged(affiliation.id, affiliation.organisation_id, affiliation.member_id, affiliation.right)
