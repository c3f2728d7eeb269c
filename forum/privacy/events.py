"""What happens to members' data."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event


@dataclass(frozen=True)
class ErasureAsked(Event):
    member_id: int


@dataclass(frozen=True)
class ErasureNear(Event):
    """Some days are left."""

    member_id: int


@dataclass(frozen=True)
class ErasurePostponed(Event):
    """Its day came, but somebody would have missed them."""

    member_id: int


@dataclass(frozen=True)
class ErasureBegun(Event):
    """Their address goes within minutes."""

    member_id: int
