"""Who sees which items, who decides them, and how. Pure, with a twin in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, and_, false, not_, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from forum.kernel.access import Actor, Right
from forum.kernel.ids import MemberId, OrganisationId, TopicId
from forum.moderation.models import LIVE, Action, ItemState, Lane, ReviewItem, Scope, SubjectType
from forum.rules.models import LAW

CLAIMED_FOR = timedelta(minutes=30)
# A colleague who is asked may be at lunch.
HANDED_FOR = timedelta(hours=24)
# Long enough to see a slip, short enough that an author needn't wait for their letter.
UNDO_WITHIN = timedelta(seconds=60)
# Articles 20 and 17 of the Digital Services Act: at least six months.
APPEAL_WITHIN = timedelta(days=183)
# 0: whose queue it is. 1: the site's moderators. 2: its administrators. There is nobody above them.
MAX_LEVEL = 2
MAX_FACTS = 5_000
MAX_LAW = 500
MAX_NOTE = 5_000
# Whose right in an organisation lets them decide what waits in its queue.
ORGANISATION_RIGHTS: dict[Lane, frozenset[Right]] = {
    Lane.ON_BEHALF: frozenset({Right.EDITOR, Right.OWNER}),
    Lane.REPORTS: frozenset({Right.MODERATOR, Right.OWNER}),
}
CURATED_LANES = frozenset({Lane.INSTITUTIONAL, Lane.NEW_MEMBERS, Lane.REPORTS})
LANE_ACTIONS: dict[Lane, tuple[Action, ...]] = {
    Lane.MEMBERSHIP: (Action.VERIFY, Action.ASK, Action.REJECT, Action.SUSPEND),
    Lane.ON_BEHALF: (Action.PUBLISH, Action.RETURN, Action.REJECT),
    Lane.INSTITUTIONAL: (Action.PUBLISH, Action.RETURN, Action.REJECT),
    Lane.NEW_MEMBERS: (Action.PUBLISH, Action.RETURN, Action.REJECT),
    Lane.REPORTS: (
        Action.KEEP, Action.COLLAPSE, Action.LOCK, Action.REMOVE, Action.WARN, Action.SILENCE, Action.SUSPEND,
        Action.ESCALATE,
    ),
    Lane.LEGAL: (Action.NO_ACTION, Action.COLLAPSE, Action.LOCK, Action.REMOVE, Action.SUSPEND),
    Lane.APPEALS: (Action.UPHOLD, Action.REVERSE, Action.VARY),
}  # fmt: skip
# Accounts are the site's.
SITE_ONLY = frozenset({Action.SILENCE, Action.SUSPEND})
# DOMAIN, rule 4: an organisation's moderators collapse and close, and never remove.
ORGANISATION_REPORTS = (Action.KEEP, Action.COLLAPSE, Action.LOCK, Action.ESCALATE)
# What takes something away from its author: needs a ground and facts, and makes a statement of reasons.
RESTRICTIONS = frozenset({Action.REJECT, Action.COLLAPSE, Action.LOCK, Action.REMOVE, Action.SILENCE, Action.SUSPEND})
# Words that the author reads are needed all the same.
NEEDS_WORDS = RESTRICTIONS | {Action.RETURN, Action.WARN, Action.ASK, Action.UPHOLD, Action.VARY}
# What refusing something as spam is, together with others.
SPAM: dict[str, Action] = {Lane.NEW_MEMBERS: Action.REJECT, Lane.REPORTS: Action.REMOVE}
# Restrictions that may end by themselves.
MAY_END = frozenset({Action.SILENCE, Action.SUSPEND, Action.COLLAPSE, Action.LOCK, Action.REMOVE})


class Judged(Protocol):
    """What the rules ask of an item: the row, or a record of it."""

    @property
    def lane(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def subject_type(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def topic_id(self) -> TopicId | None: ...
    @property
    def organisation_id(self) -> OrganisationId | None: ...
    @property
    def author_id(self) -> MemberId | None: ...
    @property
    def about_organisation_id(self) -> OrganisationId | None: ...
    @property
    def earlier_decider_id(self) -> MemberId | None: ...
    @property
    def opener_id(self) -> MemberId | None: ...


@dataclass(frozen=True)
class Reach:
    """An actor, and the topics they curate: what they may look after (queries.reach_of)."""

    actor: Actor
    topics: frozenset[TopicId] = frozenset()

    def rights_in(self, lane: Lane) -> frozenset[OrganisationId]:
        """The organisations whose items of this lane are theirs to decide."""
        wanted = ORGANISATION_RIGHTS.get(lane, frozenset())
        return frozenset(one for one, right in self.actor.rights.items() if right in wanted)

    def looks_after(self, organisation_id: OrganisationId) -> bool:
        """Whether it has a queue that is theirs."""
        theirs = any(organisation_id in self.rights_in(lane) for lane in ORGANISATION_RIGHTS)
        return self.actor.may_write and (theirs or self.actor.is_moderator)

    @property
    def is_any(self) -> bool:
        """Whether there is a queue for them at all."""
        looks_after = any(self.rights_in(lane) for lane in ORGANISATION_RIGHTS)
        return self.actor.may_write and (self.actor.is_moderator or bool(self.topics) or looks_after)


def can_see(reach: Reach, item: Judged) -> bool:
    """In reach, and neither their own nor of a side that they're on (DOMAIN, rules 2 and 3)."""
    return _reaches(reach, item) and not is_involved(reach.actor, item)


def visible_to(reach: Reach) -> ColumnElement[bool]:
    """The SQL twin of can_see."""
    if not reach.actor.may_write:
        return false()
    return and_(_reaches_sql(reach), not_(_is_involved_sql(reach.actor)))


def is_involved(actor: Actor, item: Judged) -> bool:
    """Their own content or application; their organisation's, but for its own approval; or, on appeal, their decision
    or complaint."""
    if item.author_id == actor.member_id:
        return True
    if item.lane != Lane.ON_BEHALF and item.about_organisation_id in actor.rights:
        return True
    if item.lane != Lane.APPEALS:
        return False
    return actor.member_id in {item.earlier_decider_id, item.opener_id} or item.organisation_id in actor.rights


def _is_involved_sql(actor: Actor) -> ColumnElement[bool]:
    mine = list(actor.rights)
    on_appeal = or_(
        _is(ReviewItem.earlier_decider_id, actor.id),
        _is(ReviewItem.opener_id, actor.id),
        _is_in(ReviewItem.organisation_id, mine),
    )
    return or_(
        _is(ReviewItem.author_id, actor.id),
        and_(ReviewItem.lane != Lane.ON_BEHALF, _is_in(ReviewItem.about_organisation_id, mine)),
        and_(ReviewItem.lane == Lane.APPEALS, on_appeal),
    )


def _is(column: InstrumentedAttribute[MemberId | None], value: MemberId) -> ColumnElement[bool]:
    """Never unknown, so that NOT can be asked of it."""
    return and_(column.is_not(None), column == value)


def _is_in(column: InstrumentedAttribute[OrganisationId | None], values: list[OrganisationId]) -> ColumnElement[bool]:
    return and_(column.is_not(None), column.in_(values)) if values else false()


def _reaches(reach: Reach, item: Judged) -> bool:
    if not reach.actor.may_write:
        return False
    if reach.actor.is_moderator:
        return True
    if item.scope == Scope.TOPIC:
        return item.topic_id in reach.topics and item.lane in CURATED_LANES
    return item.scope == Scope.ORGANISATION and item.organisation_id in reach.rights_in(Lane(item.lane))


def _reaches_sql(reach: Reach) -> ColumnElement[bool]:
    if reach.actor.is_moderator:
        return true()
    ways: list[ColumnElement[bool]] = [false()]
    if reach.topics:
        ways.append(
            and_(
                ReviewItem.scope == Scope.TOPIC,
                ReviewItem.topic_id.in_(reach.topics),
                ReviewItem.lane.in_(CURATED_LANES),
            )
        )
    for lane in ORGANISATION_RIGHTS:
        here = reach.rights_in(lane)
        if here:
            own = (ReviewItem.scope == Scope.ORGANISATION, ReviewItem.lane == lane)
            ways.append(and_(*own, ReviewItem.organisation_id.in_(here)))
    return or_(*ways)


def actions_for(reach: Reach, item: Judged) -> tuple[Action, ...]:
    """The decisions that are theirs to make on an item; none where they may only look."""
    if not can_see(reach, item):
        return ()
    lane = Lane(item.lane)
    as_organisation = item.scope == Scope.ORGANISATION and item.organisation_id in reach.rights_in(lane)
    if lane is Lane.ON_BEHALF:
        # What is said in an organisation's name is its own to say; the site steps in where it doesn't answer.
        return LANE_ACTIONS[lane] if as_organisation or item.level > 0 else ()
    if reach.actor.is_moderator:
        return _about(item, LANE_ACTIONS[lane])
    if as_organisation:
        return _about(item, ORGANISATION_REPORTS)
    return _about(item, tuple(one for one in LANE_ACTIONS[lane] if one not in SITE_ONLY))


def _about(item: Judged, actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """Only comments can be collapsed; an account isn't removed and has no thread; an organisation whose standing is
    looked at asked for nothing that could be rejected."""
    out = {
        SubjectType.POST: {Action.COLLAPSE},
        SubjectType.MEMBER: {Action.COLLAPSE, Action.LOCK, Action.REMOVE},
        SubjectType.ORGANISATION: {Action.ASK, Action.REJECT},
    }
    return tuple(one for one in actions if one not in out.get(SubjectType(item.subject_type), set()))


def can_decide(reach: Reach, item: Judged, action: Action) -> bool:
    return action in actions_for(reach, item)


def can_refuse_as_spam(reach: Reach, item: Judged, state: str) -> bool:
    """An organisation's moderators remove nothing, so they don't do it by the dozen either."""
    action = SPAM.get(item.lane)
    return action is not None and state in LIVE and can_decide(reach, item, action)


def can_be_escalated(item: Judged, state: str) -> bool:
    return item.level < MAX_LEVEL and state in {ItemState.OPEN, ItemState.CLAIMED, ItemState.ESCALATED}


def can_see_openers(reach: Reach, item: Judged) -> bool:
    """Who reported. An organisation's moderators never learn it (DOMAIN, rule 3)."""
    return can_see(reach, item) and (reach.actor.is_moderator or item.scope == Scope.TOPIC)


def is_law(ground: str) -> bool:
    return ground == LAW
