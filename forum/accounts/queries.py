"""Reads of accounts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import func, or_, select

from forum.accounts import devices, emails, languages, names, passkeys, policy, sealing, sessions
from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import (
    Block,
    FactorAttempt,
    FactorKind,
    Member,
    MemberBeginning,
    MemberSession,
    RecoveryCode,
    SecondFactor,
)
from forum.accounts.records import Account, Attempt, Candidate, FactorRow, Passkey, Profile, SessionRow, Ways
from forum.kernel import clock
from forum.kernel.access import ANONYMOUS, Actor, MemberState
from forum.kernel.beginnings import matching
from forum.kernel.db import db, snapshot
from forum.kernel.errors import NotFound
from forum.kernel.ids import AttemptId, FactorId, MemberId
from forum.kernel.lines import one_line


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


def get_own(actor: Actor) -> Member:
    """The actor's own row."""
    return db.session.get_one(Member, actor.id)


def sees_any(actor: Actor, member_ids: Sequence[int]) -> bool:
    """Whether the actor may see some of these members, and so their faces."""
    seen = select(Member.id).where(Member.id.in_(list(member_ids)), policy.visible_to(actor)).limit(1)
    return db.session.scalar(seen) is not None


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
        represents=member.represents,
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
    with snapshot() as session:
        yield from session.scalars(select(Member).order_by(Member.id).execution_options(yield_per=500))


def suggested_members(beginning: str, limit: int) -> tuple[MemberCard, ...]:
    """Whose username or name, or a further name of it, begins so: the busiest first. Those whom everybody may see."""
    found = matching(beginning, MemberBeginning, Member.id)
    starts = or_(
        Member.username.istartswith(beginning, autoescape=True),
        Member.name.istartswith(beginning, autoescape=True),
        Member.name.icontains(f" {beginning}", autoescape=True),
    )
    busiest = (Member.comment_count + Member.post_count).desc()
    query = select(Member).where(policy.visible_to(ANONYMOUS), *found, starts)
    return tuple(card_of(member) for member in db.session.scalars(query.order_by(busiest, Member.id).limit(limit)))


def has_factor(member_id: MemberId) -> bool:
    return db.session.scalar(select(SecondFactor.id).where(SecondFactor.member_id == member_id).limit(1)) is not None


def own_factors(actor: Actor) -> tuple[FactorRow, ...]:
    """The oldest first."""
    rows = db.session.scalars(select(SecondFactor).where(SecondFactor.member_id == actor.id).order_by(SecondFactor.id))
    return tuple(FactorRow(row.id, row.kind, row.name, row.created_at, row.last_used_at) for row in rows)


def get_own_factor(actor: Actor, factor_id: FactorId) -> FactorRow:
    """Raises NotFound, for anybody else's, too."""
    found = next((row for row in own_factors(actor) if row.id == factor_id), None)
    if found is None:
        raise NotFound(_("This was removed already, or isn’t one of yours."))
    return found


def count_codes(member_id: MemberId) -> int:
    """How many recovery codes still work."""
    unused = select(func.count()).where(RecoveryCode.member_id == member_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(unused) or 0


def get_attempt(actor: Actor, attempt_id: AttemptId) -> Attempt:
    """Raises NotFound for one that is too old, done, or somebody else's."""
    row = db.session.scalar(
        select(FactorAttempt).where(
            FactorAttempt.id == attempt_id,
            FactorAttempt.member_id == actor.id,
            FactorAttempt.expires_at > clock.now(),
        )
    )
    secret = None
    if row is not None:
        secret = sealing.unseal(row.secret, actor.id) if row.kind == FactorKind.APP else row.secret
    if row is None or secret is None:
        raise NotFound(_("This took too long, or was done already. Begin again."))
    return Attempt(row.id, row.kind, row.name, secret)


def passkey_ids(member_id: MemberId) -> tuple[str, ...]:
    """As a browser is told which of them to look for, or not to make once more."""
    ids = select(SecondFactor.credential_id).where(SecondFactor.member_id == member_id).order_by(SecondFactor.id)
    return tuple(one for one in db.session.scalars(ids) if one is not None)


def ways_of(member_id: MemberId) -> Ways:
    app = select(SecondFactor.id).where(SecondFactor.member_id == member_id, SecondFactor.kind == FactorKind.APP)
    has_app = db.session.scalar(app.limit(1)) is not None
    return Ways(has_app, passkey_ids(member_id), count_codes(member_id))


def find_passkey(credential_id: str) -> Passkey | None:
    """Anybody's but an erased member's."""
    row = db.session.scalar(
        select(SecondFactor)
        .join(Member, Member.id == SecondFactor.member_id)
        .where(SecondFactor.credential_id == credential_id, Member.state != MemberState.ERASED)
    )
    if row is None:
        return None
    known = passkeys.Known(row.credential_id or "", row.public_key or "", row.sign_count)
    return Passkey(row.id, row.member_id, known)
