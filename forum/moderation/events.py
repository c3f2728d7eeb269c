"""What happened in the queue."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event


@dataclass(frozen=True)
class ItemOpened(Event):
    """It waits, for the first time or again."""

    item_id: int
    lane: str


@dataclass(frozen=True)
class ItemDecided(Event):
    """Can still be undone for a minute. `author_id` is whose text or account it's about."""

    decision_id: int
    item_id: int
    lane: str
    action: str
    subject_type: str
    subject_id: int
    author_id: int | None


@dataclass(frozen=True)
class DecisionUndone(Event):
    decision_id: int
    item_id: int
    lane: str
    action: str


@dataclass(frozen=True)
class DecisionSettled(Event):
    """The minute has passed and it stands: whoever is to be told by letter or notification is told now."""

    decision_id: int
    item_id: int
    lane: str
    action: str
    subject_type: str
    subject_id: int
    author_id: int | None


@dataclass(frozen=True)
class InformationAsked(Event):
    """The clock stands still until there is an answer."""

    item_id: int
    lane: str
    words: str


@dataclass(frozen=True)
class ItemEscalated(Event):
    """`by` is empty where nobody did: its time had passed."""

    item_id: int
    lane: str
    level: int
    by: int | None


@dataclass(frozen=True)
class ItemHandedOver(Event):
    item_id: int
    to: int
    by: int
