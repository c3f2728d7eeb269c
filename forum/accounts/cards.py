"""What a page shows of a member: the card behind every avatar and byline."""

from __future__ import annotations

from dataclasses import dataclass

from forum.accounts.models import Member
from forum.kernel.access import MemberState
from forum.kernel.ids import MemberId

TONES = 12  # colours of avatars in the design


@dataclass(frozen=True)
class MemberCard:
    """`tone` picks the avatar's colour; `initials` are one or two letters, none for an erased member. `face` is the
    key of their picture, or empty."""

    id: MemberId
    username: str
    name: str
    headline: str
    city: str
    initials: str
    tone: int
    erased: bool
    face: str = ""


def card_of(member: Member) -> MemberCard:
    erased = member.state == MemberState.ERASED
    return MemberCard(
        id=member.id,
        username=member.username,
        name=member.name,
        headline=member.headline,
        city=member.city,
        initials="" if erased else initials_of(member.name),
        tone=member.id % TONES,
        erased=erased,
        face="" if erased else member.face,
    )


def initials_of(name: str) -> str:
    """First letters of the first and the last word that begin with one."""
    letters = [word[0] for word in name.split() if word[0].isalnum()]
    return (letters[0] + letters[-1] if len(letters) > 1 else "".join(letters)).upper()
