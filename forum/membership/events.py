"""What happens around membership. Addresses travel here; codes and tokens never do."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event
from forum.kernel.ids import InvitationId, MemberId, MembershipRequestId, OrganisationId, ProofId


@dataclass(frozen=True)
class RequestSubmitted(Event):
    """It waits for a moderator from now on."""

    request_id: MembershipRequestId
    kind: str
    organisation_id: OrganisationId
    member_id: MemberId


@dataclass(frozen=True)
class QuestionAsked(Event):
    request_id: MembershipRequestId
    words: str


@dataclass(frozen=True)
class QuestionAnswered(Event):
    request_id: MembershipRequestId


@dataclass(frozen=True)
class RequestWithdrawn(Event):
    request_id: MembershipRequestId


@dataclass(frozen=True)
class RequestDecided(Event):
    """`granted` or rejected, for `reason`."""

    request_id: MembershipRequestId
    granted: bool


@dataclass(frozen=True)
class VerificationEnding(Event):
    """`days` until its end; none or fewer: the days of grace run."""

    organisation_id: OrganisationId
    days: int


@dataclass(frozen=True)
class VerificationExpired(Event):
    organisation_id: OrganisationId


@dataclass(frozen=True)
class CodeAsked(Event):
    """A code is to be mailed to the address that the proof names."""

    proof_id: ProofId


@dataclass(frozen=True)
class PersonInvited(Event):
    invitation_id: InvitationId


@dataclass(frozen=True)
class InvitationAnswered(Event):
    """Accepted or declined."""

    invitation_id: InvitationId
    accepted: bool


@dataclass(frozen=True)
class ColleagueJoined(Event):
    """Somebody became a contributor by the domain of their address."""

    organisation_id: OrganisationId
    member_id: MemberId
