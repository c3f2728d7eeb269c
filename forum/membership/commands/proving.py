"""Ways of showing that a request comes from the organisation that it names."""

from __future__ import annotations

import hmac
import secrets

from sqlalchemy import select

from forum.accounts.emails import check_email, email_key
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import MembershipRequestId, ProofId
from forum.membership import policy
from forum.membership.codes import hash_of
from forum.membership.commands.rows import locked, looked_after
from forum.membership.errors import (
    CodeDead,
    NoDomain,
    NoSuchRequest,
    NotModerator,
    NotWaiting,
    OwnRequest,
    WrongAddress,
)
from forum.membership.events import CodeAsked
from forum.membership.models import OPEN_STAGES, MembershipRequest, Method, Proof, ProofState, RequestKind
from forum.organisations.models import Organisation

STARTABLE = frozenset({Method.MAIL, Method.DNS, Method.FILE, Method.LETTER})
PUBLISHED = frozenset({Method.DNS, Method.FILE})


def start_proof(actor: Actor, request_id: MembershipRequestId, method: Method, email: str = "") -> Proof:
    """Begin one, or begin it anew; what is proven stays so. `email` is where a code is mailed.

    Raises NoSuchRequest, NotWaiting, NoDomain, Invalid or WrongAddress.
    """
    request = _open(actor, request_id)
    proof = _find(request, method) or Proof(request_id=request.id, method=method)
    if method not in STARTABLE or proof.state == ProofState.PROVEN:
        raise NotWaiting
    domain = _domain_of(request)
    if method is not Method.LETTER and (not domain or domain in policy.PUBLIC_MAIL):
        raise NoDomain
    proof.state, proof.domain, proof.created_at, proof.problem = ProofState.WAITING, domain, clock.now(), ""
    _challenge(proof, method, email)
    db.session.add(proof)
    db.session.flush()
    if method is Method.MAIL:
        record(CodeAsked(proof.id))
    return proof


def enter_code(actor: Actor, proof_id: ProofId, code: str) -> int | None:
    """None: it was right. Else how many tries are left; that is returned and not raised, so that the try is counted.

    Raises NoSuchRequest, NotWaiting, or CodeDead for a code that is too old or was tried too often.
    """
    proof = _own(actor, proof_id, {Method.MAIL})
    if not proof.code_hash or proof.tries >= policy.CODE_TRIES or (proof.expires_at or clock.now()) <= clock.now():
        raise CodeDead
    if not hmac.compare_digest(proof.code_hash, hash_of(code)):
        proof.tries += 1
        return policy.CODE_TRIES - proof.tries
    _prove(proof)
    return None


def ask_check(actor: Actor, proof_id: ProofId) -> Proof:
    """The worker looks soon, and for some days again. Raises NoSuchRequest or NotWaiting."""
    proof = _own(actor, proof_id, PUBLISHED)
    now = clock.now()
    proof.state, proof.problem = ProofState.WAITING, ""
    proof.check_at, proof.expires_at = now, now + policy.CHECKED_FOR
    return proof


def note_look(proof_id: ProofId, challenge: str, problem: str) -> None:
    """What the worker found: nothing wrong (an empty `problem`), or which problem. It may have changed meanwhile."""
    proof = db.session.get(Proof, proof_id, populate_existing=True, with_for_update=True)
    if proof is None or proof.state == ProofState.PROVEN or proof.challenge != challenge:
        return
    now = clock.now()
    proof.checked_at, proof.problem = now, problem
    if not problem:
        _prove(proof)
    elif proof.expires_at is None or proof.expires_at <= now + policy.CHECK_EVERY:
        proof.state, proof.check_at = ProofState.FAILED, None
    else:
        proof.check_at = now + policy.CHECK_EVERY


def see_letter(actor: Actor, proof_id: ProofId) -> Proof:
    """A moderator has the signed letter before them. Raises NotModerator, OwnRequest, NoSuchRequest or NotWaiting."""
    if not actor.is_moderator:
        raise NotModerator
    proof = _locked(proof_id)
    if not policy.can_decide(actor, locked(proof.request_id)):
        raise OwnRequest
    if proof.method != Method.LETTER:
        raise NotWaiting
    if proof.state != ProofState.PROVEN:
        proof.seen_by_id = actor.id
        _prove(proof)
    return proof


def _open(actor: Actor, request_id: MembershipRequestId) -> MembershipRequest:
    request = looked_after(actor, request_id)
    if request.stage not in OPEN_STAGES:
        raise NotWaiting
    return request


def _locked(proof_id: ProofId) -> Proof:
    proof = db.session.get(Proof, proof_id, populate_existing=True, with_for_update=True)
    if proof is None:
        raise NoSuchRequest
    return proof


def _own(actor: Actor, proof_id: ProofId, methods: frozenset[Method] | set[Method]) -> Proof:
    """Locked, and still to be proven. Raises NoSuchRequest or NotWaiting."""
    request_id = db.session.scalar(select(Proof.request_id).where(Proof.id == proof_id))
    if request_id is None:
        raise NoSuchRequest
    _open(actor, request_id)
    proof = _locked(proof_id)
    if proof.method not in methods or proof.state == ProofState.PROVEN:
        raise NotWaiting
    return proof


def _find(request: MembershipRequest, method: Method) -> Proof | None:
    return db.session.scalar(select(Proof).where(Proof.request_id == request.id, Proof.method == method))


def _domain_of(request: MembershipRequest) -> str:
    """The one to be shown: a wanted one of a rename, else the organisation's."""
    if request.kind == RequestKind.RENAME:
        return request.wanted["domain"]
    return db.session.get_one(Organisation, request.organisation_id).domain


def _challenge(proof: Proof, method: Method, email: str) -> None:
    """A new code is made by the worker, with its letter."""
    proof.code_hash, proof.tries, proof.check_at, proof.expires_at = "", 0, None, None
    if method is Method.MAIL:
        address = check_email(email)
        if not policy.is_at(email_key(address).partition("@")[2], proof.domain):
            raise WrongAddress(proof.domain)
        proof.address = address
    elif not proof.challenge:
        proof.challenge = secrets.token_hex(4 if method is Method.LETTER else 16)


def _prove(proof: Proof) -> None:
    proof.state, proof.proven_at, proof.problem = ProofState.PROVEN, clock.now(), ""
    proof.check_at, proof.code_hash = None, ""
