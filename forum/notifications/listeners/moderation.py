"""Who is told of the queue: an author of what was decided, a moderator of what waits for them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from forum.accounts.models import STAFF, Member
from forum.kernel.access import Right
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.moderation import policy
from forum.moderation.events import DecisionSettled, ItemHandedOver, ItemOpened
from forum.moderation.models import Action, ReviewItem, Scope, SubjectType
from forum.moderation.queries import reach_of
from forum.notifications import commands
from forum.notifications.commands import News
from forum.notifications.listeners.texts import tell_comment, tell_post
from forum.notifications.models import Kind
from forum.organisations.actors import get_actor
from forum.organisations.models import Affiliation
from forum.topics.models import TopicCurator

# Who decides in an organisation's own scope: what is approved and what is looked after.
_DECIDES = (Right.EDITOR, Right.MODERATOR, Right.OWNER)
# The author never knew that anybody asked.
_UNSEEN = frozenset({Action.KEEP, Action.NO_ACTION, Action.ESCALATE})
# A site with more moderators has a queue that somebody looks at.
MOST = 50


def tell_of_decision(event: DecisionSettled) -> None:
    """Its author; and of a text that is readable from now on, those who would have heard of it at once."""
    if event.author_id is not None and event.action not in _UNSEEN:
        commands.tell([MemberId(event.author_id)], _decision_news(event))
    if event.action == Action.PUBLISH and event.subject_type == SubjectType.COMMENT:
        tell_comment(event.subject_id)
    if event.action == Action.PUBLISH and event.subject_type == SubjectType.POST:
        tell_post(event.subject_id)


def tell_of_item(event: ItemOpened) -> None:
    item = db.session.get(ReviewItem, event.item_id, populate_existing=True)
    if item is None or item.decided_at is not None:
        return
    entitled = [member_id for member_id in _near(item) if _may_see(member_id, item)]
    commands.tell(entitled, _item_news(item))


def tell_of_hand_over(event: ItemHandedOver) -> None:
    item = db.session.get(ReviewItem, event.item_id, populate_existing=True)
    if item is not None:
        news = _item_news(item)
        commands.tell([MemberId(event.to)], replace(news, source=f"{news.source}:handed-over"))


def _decision_news(event: DecisionSettled) -> News:
    item = db.session.get(ReviewItem, event.item_id)
    return News(
        Kind.DECISION,
        f"decision:{event.decision_id}",
        f"decision:{event.action}:{event.item_id}",
        title=item.title if item is not None else "",
        address=_text_of(event) if event.action == Action.PUBLISH else f"/decisions/{event.decision_id}",
    )


def _text_of(event: DecisionSettled) -> str:
    return (
        f"/comments/{event.subject_id}" if event.subject_type == SubjectType.COMMENT else f"/posts/{event.subject_id}/"
    )


def _item_news(item: ReviewItem) -> News:
    """Each time that it begins to wait is news."""
    source = f"item:{item.id}:{item.opened_at:%Y%m%d%H%M%S}"
    return News(Kind.REVIEW, source, "review", title=item.title, address=f"/moderation/items/{item.id}")


def _near(item: ReviewItem) -> list[MemberId]:
    """Those in whose scope it lies, before anybody asks whether they may."""
    if item.scope == Scope.TOPIC:
        query = select(TopicCurator.member_id).where(TopicCurator.topic_id == item.topic_id)
    elif item.scope == Scope.ORGANISATION:
        query = select(Affiliation.member_id).where(
            Affiliation.organisation_id == item.organisation_id,
            Affiliation.ended_at.is_(None),
            Affiliation.right.in_(_DECIDES),
        )
    else:
        query = select(Member.id).where(STAFF)
    return list(db.session.scalars(query.limit(MOST)))


def _may_see(member_id: MemberId, item: ReviewItem) -> bool:
    reach = reach_of(get_actor(member_id))
    return (
        db.session.scalar(select(ReviewItem.id).where(ReviewItem.id == item.id, policy.visible_to(reach))) is not None
    )
