"""Proofs as pages show them, and those that the worker has to look for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.ids import MembershipRequestId, ProofId
from forum.membership import published
from forum.membership.models import Method, Proof, ProofState
from forum.membership.words import METHODS, PROBLEMS, PROOF_STATES


@dataclass(frozen=True)
class ProofLine:
    """`record` is what to publish: the name of a DNS record, or the address of a file, and `line` what it holds.

    `is_code_sent`: a code may be typed in. `checks`: the worker looks for it now and then.
    """

    id: ProofId
    method: str
    method_name: Words
    state: str
    state_name: Words
    address: str
    challenge: str
    record: str
    line: str
    problem: Words
    checked_at: datetime | None
    proven_at: datetime | None
    is_code_sent: bool
    checks: bool


@dataclass(frozen=True)
class DueProof:
    id: ProofId
    method: str
    domain: str
    challenge: str


def proofs_of(request_id: MembershipRequestId) -> tuple[ProofLine, ...]:
    """In the order in which they were begun."""
    rows = db.session.scalars(select(Proof).where(Proof.request_id == request_id).order_by(Proof.id))
    return tuple(_line(row) for row in rows)


def due_proofs(limit: int) -> tuple[DueProof, ...]:
    """Those to be looked for now, the longest due first."""
    due = select(Proof).where(Proof.check_at.is_not(None), Proof.check_at <= clock.now())
    rows = db.session.scalars(due.order_by(Proof.check_at, Proof.id).limit(limit))
    return tuple(DueProof(row.id, row.method, row.domain, row.challenge) for row in rows)


def _line(proof: Proof) -> ProofLine:
    is_published = proof.method in {Method.DNS, Method.FILE}
    return ProofLine(
        id=proof.id,
        method=proof.method,
        method_name=METHODS[proof.method],
        state=proof.state,
        state_name=PROOF_STATES[proof.state],
        address=proof.address,
        challenge=proof.challenge,
        record=published.place_of(proof.method, proof.domain) if is_published else "",
        line=published.line_of(proof.challenge) if is_published else "",
        problem=PROBLEMS.get(proof.problem, ""),
        checked_at=proof.checked_at,
        proven_at=proof.proven_at,
        is_code_sent=proof.method == Method.MAIL and proof.state == ProofState.WAITING,
        checks=proof.check_at is not None,
    )
