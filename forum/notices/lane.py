"""The lane of legal notices: what its decisions do, and what its cases show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.moderation import content
from forum.moderation.models import Action, ReviewItem
from forum.moderation.plugs import Panel, Plug
from forum.moderation.policy import Reach
from forum.notices.queries import notices_of_item
from forum.restrictions import accounts


@dataclass(frozen=True)
class NoticeLine:
    reference: str
    explanation: str
    law: str
    name: str
    made_at: datetime
    is_answered: bool


@dataclass(frozen=True)
class NoticesPanel:
    lines: tuple[NoticeLine, ...]


def panel(_reach: Reach, item: ReviewItem) -> Panel | None:
    """In the order in which they came. Their e-mail addresses are nobody's business."""
    lines = tuple(
        NoticeLine(one.reference, one.explanation, one.law, one.name, one.made_at, one.answered_at is not None)
        for one in notices_of_item(item.id)
    )
    return Panel("notices/_panel.html", NoticesPanel(lines)) if lines else None


LEGAL = Plug(
    effects={
        Action.NO_ACTION: content.KEEP,
        Action.COLLAPSE: content.COLLAPSE,
        Action.LOCK: content.LOCK,
        Action.REMOVE: content.REMOVE,
        Action.SUSPEND: accounts.SUSPEND,
    },
    take=content.take,
    panels=(panel,),
)
