"""Something begins to wait, or waits again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from forum.kernel import clock
from forum.kernel.db import db, is_sqlite
from forum.kernel.events import record
from forum.kernel.ids import ItemId, MemberId, OrganisationId, PostId, TopicId
from forum.moderation.due import due_from
from forum.moderation.events import ItemOpened
from forum.moderation.models import (
    WAITING,
    Decision,
    HoldReason,
    ItemState,
    Lane,
    OpenedBy,
    Outcome,
    ReviewItem,
    Scope,
    SubjectType,
)

MAX_TITLE = 200
MAX_EXCERPT = 400
KEPT_WHILE_WAITING = ("scope", "topic_id", "organisation_id", "opener_id", "opened_by")


@dataclass(frozen=True)
class Hit:
    """What a named check found in a text."""

    check: str
    outcome: Outcome
    words: str = ""


@dataclass(frozen=True)
class Opening:
    """An item to be. The fields are those of ReviewItem; `hits` are why the system holds it."""

    lane: Lane
    subject_type: SubjectType
    subject_id: int
    scope: Scope = Scope.SITE
    topic_id: TopicId | None = None
    organisation_id: OrganisationId | None = None
    subject_revision: int = 1
    post_id: PostId | None = None
    author_id: MemberId | None = None
    about_organisation_id: OrganisationId | None = None
    earlier_decider_id: MemberId | None = None
    opened_by: OpenedBy = OpenedBy.SYSTEM
    opener_id: MemberId | None = None
    reason: str = ""
    title: str = ""
    excerpt: str = ""
    priority: int = 0
    hits: tuple[Hit, ...] = ()


def open_item(opening: Opening) -> ItemId:
    """Make the lane's item about this subject, or open the one there is again. Returns its id.

    One that still waits stays where it is: its words are brought up to date, and its version grows when they changed.
    A decided one starts anew, with its whole time; the decision it had is no longer in force but stays in its history.
    """
    now = clock.now()
    item_id = _insert(opening, now)
    if item_id is None:
        item_id = _again(opening, now)
    db.session.add_all(
        HoldReason(
            item_id=item_id, check_name=hit.check, outcome=hit.outcome, words=hit.words,
            revision=opening.subject_revision, created_at=now,
        )
        for hit in opening.hits
    )  # fmt: skip
    db.session.flush()
    record(ItemOpened(item_id, opening.lane))
    return item_id


def close_unneeded(item: ReviewItem) -> None:
    """There is nothing left to decide: its author took it back. No decision, and no letter."""
    db.session.execute(
        update(ReviewItem)
        .where(ReviewItem.id == item.id)
        .values(state=ItemState.FINAL, decided_at=clock.now(), version=ReviewItem.version + 1, claimed_by_id=None)
    )


def _insert(opening: Opening, now: datetime) -> ItemId | None:
    insert = sqlite_insert if is_sqlite() else postgresql_insert
    made = insert(ReviewItem).values(
        **_fields(opening),
        state=ItemState.OPEN,
        due_at=due_from(opening.lane, now),
        level=0,
        version=1,
        created_at=now,
        opened_at=now,
    )
    return db.session.scalar(made.on_conflict_do_nothing().returning(ReviewItem.id))


def _again(opening: Opening, now: datetime) -> ItemId:
    item = db.session.scalars(
        select(ReviewItem)
        .where(
            ReviewItem.lane == opening.lane,
            ReviewItem.subject_type == opening.subject_type,
            ReviewItem.subject_id == opening.subject_id,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    waits = item.state in WAITING
    stale = not waits or item.subject_revision != opening.subject_revision
    kept = {"priority": max(item.priority, opening.priority)} if waits else {}
    if waits:  # where it has got to, and who was first to ask
        kept |= {
            name: getattr(item, name) for name in ("scope", "topic_id", "organisation_id", "opener_id", "opened_by")
        }
    for name, value in (_fields(opening) | kept).items():
        setattr(item, name, value)
    item.version += 1 if stale else 0
    if not waits:
        _start_anew(item, now)
    return item.id


def _start_anew(item: ReviewItem, now: datetime) -> None:
    item.state, item.level, item.decided_at, item.remaining_s = ItemState.OPEN, 0, None, None
    item.claimed_by_id, item.claimed_until = None, None
    item.opened_at, item.due_at = now, due_from(Lane(item.lane), now)
    in_force = (Decision.item_id == item.id) & Decision.in_force
    db.session.execute(update(Decision).where(in_force).values(in_force=False))


def _fields(opening: Opening) -> dict[str, object]:
    fields = {name: value for name, value in vars(opening).items() if name != "hits"}
    return fields | {"title": opening.title[:MAX_TITLE], "excerpt": opening.excerpt[:MAX_EXCERPT]}
