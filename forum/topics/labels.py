"""What a list or a post shows of a topic: a coloured square and a name, as a link."""

from __future__ import annotations

from dataclasses import dataclass

from forum.topics.models import Topic


@dataclass(frozen=True)
class TopicLabel:
    slug: str
    name: str
    sign: str


def label_of(topic: Topic) -> TopicLabel:
    return TopicLabel(slug=topic.slug, name=topic.name, sign=topic.sign)
