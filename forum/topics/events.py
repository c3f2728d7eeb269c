"""What happened to topics."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event
from forum.kernel.ids import TopicId


@dataclass(frozen=True)
class TopicCreated(Event):
    topic_id: TopicId


@dataclass(frozen=True)
class TopicChanged(Event):
    """Its words, its address, its place or its rules."""

    topic_id: TopicId


@dataclass(frozen=True)
class TopicArchived(Event):
    topic_id: TopicId


@dataclass(frozen=True)
class TopicReopened(Event):
    topic_id: TopicId


@dataclass(frozen=True)
class TopicMerged(Event):
    """Its posts are under another one, and its addresses lead there."""

    topic_id: TopicId
    into_id: TopicId


@dataclass(frozen=True)
class TopicParted(Event):
    """A merge was taken back."""

    topic_id: TopicId
    from_id: TopicId
