"""Who may ask for what, who decides, and what has to be shown."""

from __future__ import annotations

from datetime import datetime, timedelta

from forum.accounts.models import Member
from forum.kernel.access import Actor, MemberState, Right
from forum.membership.models import MembershipRequest, RequestKind, Stage
from forum.organisations.models import Organisation, OrganisationKind, Verification

# Whoever speaks as a city or a university is believed most, and imitated most.
TWO_PROOFS = frozenset({OrganisationKind.CITY, OrganisationKind.UNIVERSITY})
# What one person can look after; more is somebody trying out names.
MOST_OPEN_APPLICATIONS = 3
# Long enough to ask a colleague whether they sent it, short enough that a forgotten letter opens nothing.
INVITED_FOR = timedelta(days=14)
# Of people who may never have come; owners look whom they asked for a quarter or so.
ADDRESSES_KEPT_FOR = timedelta(days=90)
# A code may have to be handed on by whoever reads the organisation's mail.
CODE_LIFETIME = timedelta(hours=24)
# 60 bits can't be guessed in five tries; a typing error can be mended in one.
CODE_TRIES = 5
# Name servers and web teams take their time; after that somebody presses the button again.
CHECKED_FOR = timedelta(days=7)
CHECK_EVERY = timedelta(hours=1)
# The mark stays this long after a verification's end, so that a holiday costs nobody their name.
GRACE = timedelta(days=30)
# Days before the end at which owners are told; the last is within the days of grace.
REMINDED_AT = (60, 30, 7, -1, -20)
# From the first reminder on.
RENEWABLE = timedelta(days=REMINDED_AT[0])
MAX_WORDS = 4_000
SENDABLE = frozenset({Stage.DRAFT, Stage.REJECTED})
WITH_MODERATORS = frozenset({Stage.SUBMITTED, Stage.IN_REVIEW})
DECIDABLE = frozenset({Stage.SUBMITTED, Stage.IN_REVIEW, Stage.INFORMATION_ASKED})
# Domains at which anybody gets an address: they show nothing about who somebody is.
PUBLIC_MAIL = frozenset(
    {
        "aol.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hetnet.nl",
        "hotmail.com", "hotmail.nl", "icloud.com", "kpnmail.nl", "live.com", "live.nl", "mac.com", "mail.com", "me.com",
        "msn.com", "outlook.com", "planet.nl", "pm.me", "proton.me", "protonmail.com", "telenet.be", "web.de",
        "yahoo.com", "yandex.com", "ziggo.nl",
    }
)  # fmt: skip


def can_apply(actor: Actor) -> bool:
    """Begin one: unconfirmed members too, since nobody else sees a draft."""
    return actor.is_authenticated and actor.state not in {MemberState.SUSPENDED, MemberState.ERASED}


def can_send(actor: Actor) -> bool:
    return actor.may_write


def can_look_after(actor: Actor, request: MembershipRequest) -> bool:
    """See it, prove it, answer and withdraw: whoever claims a place, else the organisation's owners."""
    if request.kind == RequestKind.CLAIM:
        return actor.is_authenticated and actor.member_id == request.member_id
    return actor.rights.get(request.organisation_id) is Right.OWNER


def can_see(actor: Actor, request: MembershipRequest) -> bool:
    return can_look_after(actor, request) or actor.is_moderator


def is_own(actor: Actor, request: MembershipRequest) -> bool:
    """Whoever asked, or belongs to the organisation, has an interest of their own."""
    return actor.member_id == request.member_id or request.organisation_id in actor.rights


def can_decide(actor: Actor, request: MembershipRequest) -> bool:
    return actor.is_moderator and not is_own(actor, request)


def proofs_needed(request: MembershipRequest, kind: str) -> int:
    """A city or a university needs two, others one; a renewal a fresh one. A new name at a proven domain, and a claim,
    are a moderator's to judge. `kind` is the organisation's."""
    if request.kind == RequestKind.APPLICATION:
        return 2 if kind in TWO_PROOFS else 1
    if request.kind == RequestKind.RENEWAL:
        return 1
    if request.kind == RequestKind.RENAME and request.wanted.get("domain") != request.wanted.get("old_domain"):
        return 2 if kind in TWO_PROOFS else 1
    return 0


def is_at(email_domain: str, domain: str) -> bool:
    """Whether an address at `email_domain` belongs to the organisation of `domain`, or a part of it."""
    return domain not in PUBLIC_MAIL and is_within(email_domain, domain)


def is_within(host: str, domain: str) -> bool:
    """The domain itself or a name below it."""
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def matches(member: Member, organisation: Organisation) -> bool:
    """Whether the member's confirmed address is at a verified organisation's domain: never worth more than the right of
    a contributor."""
    if member.confirmed_at is None or not member.email_key or organisation.state != Verification.VERIFIED:
        return False
    return is_at(member.email_key.rpartition("@")[2], organisation.domain)


def is_renewable(organisation: Organisation, now: datetime) -> bool:
    if organisation.state == Verification.EXPIRED:
        return True
    until = organisation.verified_until
    return organisation.state == Verification.VERIFIED and until is not None and until - RENEWABLE <= now
