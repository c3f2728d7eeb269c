"""What happens to accounts. Addresses travel here; tokens and passwords never do."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event
from forum.kernel.ids import MemberId


@dataclass(frozen=True)
class MemberSignedUp(Event):
    """Unconfirmed as yet."""

    member_id: MemberId


@dataclass(frozen=True)
class KnownAddressUsed(Event):
    """Somebody signed up with, or wanted to change to, the address of this member."""

    member_id: MemberId


@dataclass(frozen=True)
class ConfirmationAsked(Event):
    """Somebody wants the link again that confirms this address; nobody may have it."""

    email: str


@dataclass(frozen=True)
class ResetAsked(Event):
    """Somebody forgot the password that goes with this address; nobody may have it."""

    email: str


@dataclass(frozen=True)
class MemberConfirmed(Event):
    member_id: MemberId


@dataclass(frozen=True)
class EmailChangeAsked(Event):
    """A member wants to have `email` for address, which nobody else has."""

    member_id: MemberId
    email: str


@dataclass(frozen=True)
class EmailChanged(Event):
    member_id: MemberId
    old: str


@dataclass(frozen=True)
class PasswordChanged(Event):
    """Changed or reset by the member. Other sessions have ended."""

    member_id: MemberId


@dataclass(frozen=True)
class FactorAdded(Event):
    """`kind` is a FactorKind."""

    member_id: MemberId
    kind: str


@dataclass(frozen=True)
class FactorRemoved(Event):
    """`is_last`: from now on the password alone signs them in."""

    member_id: MemberId
    kind: str
    is_last: bool


@dataclass(frozen=True)
class RecoveryCodeUsed(Event):
    """`left`: how many still work."""

    member_id: MemberId
    left: int


@dataclass(frozen=True)
class SecondStepFailed(Event):
    """Somebody knew the password, and was wrong as often as one may be."""

    member_id: MemberId


@dataclass(frozen=True)
class FactorsReset(Event):
    """By an operator, for somebody locked out."""

    member_id: MemberId
