"""Appeal a decision, and note what came of it."""

from __future__ import annotations

from sqlalchemy import select, update

from forum.appeals import queries
from forum.appeals.models import Appeal
from forum.appeals.queries import Appealed
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import DecisionId, ItemId, MemberId, OrganisationId
from forum.moderation.commands import Opening, open_item
from forum.moderation.models import ItemState, Lane, OpenedBy, ReviewItem, SubjectType
from forum.notices.models import Notice
from forum.posts.models import Post


def appeal(actor: Actor, decision_id: DecisionId, words: str) -> Appeal:
    """By its author, or who reported what it's about; twice is once. Raises what queries.get_appealed does."""
    return _appeal(queries.get_appealed(actor, decision_id), words, appellant_id=actor.id)


def appeal_notice(notice: Notice, words: str) -> Appeal:
    """By who sent the notice, without an account. Raises what queries.get_appealed_by_notice does."""
    return _appeal(queries.get_appealed_by_notice(notice), words, notice=notice)


def _appeal(
    appealed: Appealed, words: str, *, appellant_id: MemberId | None = None, notice: Notice | None = None
) -> Appeal:
    if appealed.earlier is not None:
        return appealed.earlier
    here = (ReviewItem.id == appealed.item.id, ReviewItem.state != ItemState.FINAL)
    db.session.execute(update(ReviewItem).where(*here).values(state=ItemState.APPEALED))
    made = Appeal(
        item_id=open_item(_opening(appealed, words, appellant_id)), decision_id=appealed.decision.id,
        appellant_id=appellant_id, notice_id=notice.id if notice else None, words=words, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def _opening(appealed: Appealed, words: str, appellant_id: MemberId | None) -> Opening:
    """One level above is the site; whoever decided, and every organisation involved, stays out of it."""
    item, decision = appealed.item, appealed.decision
    return Opening(
        lane=Lane.APPEALS, subject_type=SubjectType.DECISION, subject_id=decision.id, post_id=item.post_id,
        organisation_id=_organisation_of(item), author_id=item.author_id,
        about_organisation_id=item.about_organisation_id, earlier_decider_id=decision.decided_by_id,
        opened_by=OpenedBy.MEMBER if appellant_id else OpenedBy.ANONYMOUS, opener_id=appellant_id,
        reason="appeal", title=item.title, excerpt=words,
    )  # fmt: skip


def _organisation_of(item: ReviewItem) -> OrganisationId | None:
    """Whose queue it was in, or under whose post it stands."""
    if item.organisation_id is not None or item.post_id is None:
        return item.organisation_id
    return db.session.scalar(select(Post.organisation_id).where(Post.id == item.post_id))


def settle(item_id: ItemId, answer_id: DecisionId) -> None:
    """What came of the item's appeals that had no answer yet."""
    waiting = (Appeal.item_id == item_id, Appeal.answer_id.is_(None))
    db.session.execute(update(Appeal).where(*waiting).values(answer_id=answer_id))
