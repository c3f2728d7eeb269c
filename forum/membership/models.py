"""Tables of membership."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.access import Right
from forum.kernel.db import Base, BinaryText
from forum.kernel.ids import InvitationId, MemberId, MembershipRequestId, OrganisationId, ProofId


class RequestKind(StrEnum):
    APPLICATION = "application"
    RENAME = "rename"
    RENEWAL = "renewal"
    CLAIM = "claim"


class Stage(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in review"
    INFORMATION_ASKED = "information asked"
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN_STAGES = frozenset({Stage.DRAFT, Stage.SUBMITTED, Stage.IN_REVIEW, Stage.INFORMATION_ASKED})
_OPEN = "stage IN ('draft', 'submitted', 'in review', 'information asked')"
_OPEN_CLAIM = text(f"{_OPEN} AND kind = 'claim'")
_OPEN_OTHER = text(f"{_OPEN} AND kind <> 'claim'")


class MembershipRequest(Base):
    """What an organisation, or somebody who wants to belong to it, asks of the moderators of the site.

    `wanted` holds what is asked for: the frozen details (an application's as they were sent), or a claim's right and
    title. `talk` is what was asked and answered, in turn: {"by": "moderator" or "applicant", "words": …, "at": …}.
    """

    __tablename__ = "membership_requests"
    __table_args__ = (
        Index(
            "uq_membership_requests_open",
            "organisation_id",
            "kind",
            unique=True,
            postgresql_where=_OPEN_OTHER,
            sqlite_where=_OPEN_OTHER,
        ),
        Index(
            "uq_membership_requests_claim",
            "member_id",
            "organisation_id",
            unique=True,
            postgresql_where=_OPEN_CLAIM,
            sqlite_where=_OPEN_CLAIM,
        ),
        Index("ix_membership_requests_organisation_id", "organisation_id"),
        Index("ix_membership_requests_member_id", "member_id"),
    )

    id: Mapped[MembershipRequestId] = mapped_column(primary_key=True)
    kind: Mapped[str]
    organisation_id: Mapped[OrganisationId] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id"))
    stage: Mapped[str] = mapped_column(default=Stage.DRAFT)
    wanted: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    words: Mapped[str] = mapped_column(default="")
    talk: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id"), index=True)


class Method(StrEnum):
    MAIL = "mail"
    DNS = "dns"
    FILE = "file"
    LETTER = "letter"
    PARENT = "parent"


class ProofState(StrEnum):
    WAITING = "waiting"
    PROVEN = "proven"
    FAILED = "failed"


class Proof(Base):
    """One way of showing that a request comes from the organisation. `challenge` is published (DNS, file) or stands in
    a letter as its reference; of a mailed code only the hash is kept. `check_at`: when the worker looks next.

    `problem` is a word of `words.PROBLEMS` about the last look.
    """

    __tablename__ = "membership_proofs"
    __table_args__ = (
        UniqueConstraint("request_id", "method"),
        Index(
            "ix_membership_proofs_due",
            "check_at",
            postgresql_where=text("check_at IS NOT NULL"),
            sqlite_where=text("check_at IS NOT NULL"),
        ),
    )

    id: Mapped[ProofId] = mapped_column(primary_key=True)
    request_id: Mapped[MembershipRequestId] = mapped_column(ForeignKey("membership_requests.id", ondelete="CASCADE"))
    method: Mapped[str]
    state: Mapped[str] = mapped_column(default=ProofState.WAITING)
    domain: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    challenge: Mapped[str] = mapped_column(default="")
    code_hash: Mapped[str] = mapped_column(default="")
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    check_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    proven_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(default="")
    seen_by_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id"), index=True)


class InvitationState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Invitation(Base):
    """Somebody is asked by mail to belong to an organisation. The link's token is kept as a hash; it works once.

    `member_id`: somebody asked by their username, whose address stays between them and this site.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        Index(
            "uq_invitations_open",
            "organisation_id",
            "email_key",
            unique=True,
            postgresql_where=text("state = 'open'"),
            sqlite_where=text("state = 'open'"),
        ),
        Index("ix_invitations_organisation_id", "organisation_id"),
    )

    id: Mapped[InvitationId] = mapped_column(primary_key=True)
    organisation_id: Mapped[OrganisationId] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(index=True)
    member_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    right: Mapped[str] = mapped_column(default=Right.CONTRIBUTOR)
    title: Mapped[str] = mapped_column(default="")
    token_hash: Mapped[str] = mapped_column(BinaryText, default="", index=True)
    state: Mapped[str] = mapped_column(default=InvitationState.OPEN)
    invited_by_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id"), index=True)
    accepted_by_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class RenewalReminder(Base):
    """How many of the reminders about a verification's end were sent; `until` is the end they spoke of."""

    __tablename__ = "renewal_reminders"

    organisation_id: Mapped[OrganisationId] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True
    )
    until: Mapped[datetime]
    sent: Mapped[int] = mapped_column(default=0)
