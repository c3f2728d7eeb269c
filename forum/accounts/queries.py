"""Reads of accounts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, or_, select

from forum.accounts import devices, emails, languages, names, policy, sessions
from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import Block, Member, MemberSession
from forum.accounts.records import Account, Candidate, DirectoryRow, Profile, SessionRow
from forum.kernel import clock, paging
from forum.kernel.access import ANONYMOUS, Actor, MemberState
from forum.kernel.db import db
from forum.kernel.errors import NotFound
from forum.kernel.ids import MemberId
from forum.kernel.lines import one_line

LONGEST_QUERY = 100


def find_member(username: str) -> Member | None:
    """By username, capitals aside. A look-alike isn't found: nobody else can take it, but it isn't a member's name."""
    member = db.session.scalar(select(Member).where(Member.username_key == names.username_key(one_line(username))))
    return member if member is not None and names.is_same(username, member.username) else None


def get_member(username: str, viewer: Actor = ANONYMOUS) -> Member:
    """Raises NotFound for nobody, and for a member whom the viewer may not see."""
    member = find_member(username)
    if member is None or not policy.can_see(viewer, member):
        raise NotFound(_("There is no member with this name."))
    return member


def find_members_by_username(usernames: Iterable[str]) -> dict[str, Member]:
    """Members by the name asked for; a name that only looks like a member's finds that member, too."""
    keys = {username: names.username_key(one_line(username)) for username in usernames}
    if not keys:
        return {}
    found = db.session.scalars(select(Member).where(Member.username_key.in_(set(keys.values()))))
    by_key = {member.username_key: member for member in found}
    return {username: by_key[key] for username, key in keys.items() if key in by_key}


def find_member_by_email(email: str) -> Member | None:
    return db.session.scalar(select(Member).where(Member.email_key == emails.email_key(email)))


def find_candidate(login: str) -> Candidate:
    """By username or e-mail address. Nobody, an erased member and one without a password look the same."""
    member = find_member_by_email(one_line(login)) if "@" in login else find_member(login)
    if member is None or member.state == MemberState.ERASED or member.password_hash is None:
        return Candidate()
    return Candidate(member.id, member.password_hash)


def get_candidate(member_id: MemberId) -> Candidate:
    """Somebody signed in, whose password is asked once more."""
    return Candidate(member_id, db.session.get_one(Member, member_id).password_hash)


def find_same_sign_up(username: str, email: str) -> Candidate:
    """Somebody who signed up with both of these and hasn't confirmed: perhaps the same form, sent twice."""
    member = find_member_by_email(email)
    if member is None or member.state != MemberState.UNCONFIRMED or not names.is_same(username, member.username):
        return Candidate()
    return Candidate(member.id, member.password_hash)


def get_account(member_id: MemberId) -> Account:
    member = db.session.get_one(Member, member_id)
    return Account(
        username=member.username,
        email=member.email or "",
        confirmed=member.confirmed_at is not None,
        name=member.name,
        headline=member.headline,
        city=member.city,
        bio=member.bio,
        languages=tuple(member.languages),
        interface_language=member.interface_language or "",
    )


def get_profile(username: str, viewer: Actor = ANONYMOUS) -> Profile:
    """Raises NotFound."""
    member = get_member(username, viewer)
    return Profile(
        card=card_of(member),
        role=member.role,
        bio_html=member.bio_html,
        languages=tuple(languages.own_name(code) for code in member.languages),
        joined=member.created_at,
        post_count=member.post_count,
        comment_count=member.comment_count,
    )


def own_sessions(actor: Actor) -> tuple[SessionRow, ...]:
    """This one first, then the newest."""
    rows = db.session.scalars(
        select(MemberSession)
        .where(MemberSession.member_id == actor.id, MemberSession.expires_at > clock.now())
        .order_by(MemberSession.id.desc())
    )
    here = sessions.hash_of(actor.session)
    return tuple(sorted((_session_row(row, here) for row in rows), key=lambda row: not row.is_this))


def _session_row(row: MemberSession, here: str) -> SessionRow:
    browser, system = devices.name_and_system(row.user_agent)
    return SessionRow(
        id=row.id,
        browser=browser,
        system=system,
        network=row.address,
        started_at=row.created_at,
        remembered=row.remembered,
        is_this=row.token_hash == here,
    )


def blocked_ids(member_id: MemberId) -> frozenset[MemberId]:
    """Whom a member doesn't want to read."""
    return frozenset(db.session.scalars(select(Block.blocked_id).where(Block.member_id == member_id)))


def blocked_members(member_id: MemberId) -> tuple[MemberCard, ...]:
    members = db.session.scalars(
        select(Member)
        .join(Block, Block.blocked_id == Member.id)
        .where(Block.member_id == member_id)
        .order_by(Member.name, Member.id)
    )
    return tuple(card_of(member) for member in members)


def unblocked(readers: Collection[MemberId], author_id: MemberId) -> frozenset[MemberId]:
    """Those of `readers` who haven't blocked the author."""
    blocking = select(Block.member_id).where(Block.blocked_id == author_id, Block.member_id.in_(readers))
    return frozenset(readers) - frozenset(db.session.scalars(blocking))


def all_members() -> Iterator[Member]:
    """For the operator: everybody, in the order in which they came, without holding them all in memory."""
    yield from db.session.scalars(select(Member).order_by(Member.id).execution_options(yield_per=500))


def page_of_members(
    after: str | None = None, before: str | None = None, q: str = "", viewer: Actor = ANONYMOUS
) -> paging.Page[DirectoryRow]:
    """Members whom the viewer may see, newest first; `q` is a part of a name or a username."""
    start, end = paging.cursor_id(after), paging.cursor_id(before)
    older = end is None
    chosen = select(Member).where(policy.visible_to(viewer), *_matching(q))
    if start is not None and older:
        chosen = chosen.where(Member.id < start)
    if end is not None:
        chosen = chosen.where(Member.id > end)
    order = Member.id.desc() if older else Member.id.asc()
    found = list(db.session.scalars(chosen.order_by(order).limit(paging.PAGE + 1)))
    more, rows = len(found) > paging.PAGE, found[: paging.PAGE]
    if not older:
        rows.reverse()
    return paging.Page(
        rows=tuple(_directory_row(member) for member in rows),
        after=str(rows[-1].id) if rows and (more or not older) else None,
        before=str(rows[0].id) if rows and (start is not None if older else more) else None,
    )


def _matching(q: str) -> tuple[ColumnElement[bool], ...]:
    words = one_line(q)[:LONGEST_QUERY]
    if not words:
        return ()
    return (
        or_(
            Member.name.icontains(words, autoescape=True),
            Member.username.icontains(words, autoescape=True),
            Member.city.icontains(words, autoescape=True),
        ),
    )


def _directory_row(member: Member) -> DirectoryRow:
    return DirectoryRow(card_of(member), member.created_at, member.post_count, member.comment_count)
