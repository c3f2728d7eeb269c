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
