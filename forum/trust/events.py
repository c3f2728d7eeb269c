"""What happens to trust."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event


@dataclass(frozen=True)
class TrustChanged(Event):
    member_id: int
    old: int
    new: int
    why: str
