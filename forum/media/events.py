"""What happens to media."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event


@dataclass(frozen=True)
class LinkCardChanged(Event):
    """Texts of the kind `holder`, those with an id past `after`, show old words on this card."""

    card_id: int
    holder: str
    after: int
