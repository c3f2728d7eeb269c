"""What happens to notices."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event


@dataclass(frozen=True)
class NoticeSent(Event):
    notice_id: int
