"""Lists of items: one range of an index each, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, literal_column, select, true, tuple_, union_all

from forum.accounts.cards import card_of
from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.db import db, shared_alias
from forum.kernel.ids import ItemId, OrganisationId, TopicId
from forum.kernel.paging import PAGE
from forum.moderation import policy, words
from forum.moderation.models import LIVE, HoldReason, ItemState, Lane, ReviewItem
from forum.moderation.policy import Reach
from forum.moderation.records import MOST, LaneCount, Line, QueuePage
from forum.organisations.bylines import plate_of
from forum.organisations.models import Organisation

DECIDED = (ItemState.DECIDED, ItemState.APPEALED, ItemState.FINAL)
_claimer = shared_alias(Member)


@dataclass(frozen=True)
class Wanted:
    """Which items: of a lane, or all; `view` is open, asked, decided or mine; under a topic or an organisation."""

    lane: Lane | None = None
    view: str = "open"
    topic_id: TopicId | None = None
    organisation_id: OrganisationId | None = None
    after: str = ""


def is_live() -> ColumnElement[bool]:
    """The condition of the partial indexes, in literals."""
    return ReviewItem.state.in_([literal_column(f"'{one.value}'") for one in LIVE])


def page_of_queue(reach: Reach, wanted: Wanted) -> QueuePage:
    """In three statements: the lines, why they wait, and the counts."""
    rows = db.session.execute(_lines(reach, wanted).limit(PAGE + 1)).all()
    reasons = reasons_of([row.ReviewItem.id for row in rows])
    lines = tuple(line_of(row, reasons, reach) for row in rows[:PAGE])
    counts = _counts(reach, wanted.organisation_id)
    total = min(MOST, sum(one.count for one in counts))
    return QueuePage(lines, counts, total, _cursor(lines[-1], wanted) if len(rows) > PAGE else None)


def select_lines() -> Select[*tuple[Any, ...]]:
    """Rows for `line_of`."""
    return (
        select(ReviewItem, Member, Organisation, _claimer.name.label("claimer"))
        .outerjoin(Member, Member.id == ReviewItem.author_id)
        .outerjoin(Organisation, Organisation.id == ReviewItem.about_organisation_id)
        .outerjoin(_claimer, and_(_claimer.id == ReviewItem.claimed_by_id, ReviewItem.claimed_until > clock.now()))
    )


def _lines(reach: Reach, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    query = select_lines().where(policy.visible_to(reach), *_wanted(reach, wanted))
    if wanted.view == "decided":
        query = query.order_by(ReviewItem.decided_at.desc(), ReviewItem.id.desc())
    else:
        query = query.order_by(ReviewItem.due_at, ReviewItem.id)
    return query.where(_beyond(wanted)) if wanted.after else query


def _wanted(reach: Reach, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.view == "decided":
        conditions += [ReviewItem.state.in_(DECIDED), ReviewItem.decided_at.is_not(None)]
    elif wanted.view == "asked":
        conditions.append(ReviewItem.state == literal_column(f"'{ItemState.INFORMATION_ASKED.value}'"))
    else:
        conditions.append(is_live())
    if wanted.view == "mine":
        conditions.append((ReviewItem.claimed_by_id == reach.actor.id) & (ReviewItem.claimed_until > clock.now()))
    if wanted.lane is not None:
        conditions.append(ReviewItem.lane == wanted.lane)
    if wanted.topic_id is not None:
        conditions.append(ReviewItem.topic_id == wanted.topic_id)
    if wanted.organisation_id is not None:
        conditions.append(ReviewItem.organisation_id == wanted.organisation_id)
    return conditions


def _cursor(line: Line, wanted: Wanted) -> str:
    moment = line.decided_at if wanted.view == "decided" else line.due_at
    return f"{moment.isoformat()}_{line.id}" if moment else ""


def _beyond(wanted: Wanted) -> ColumnElement[bool]:
    """After a cursor out of an address; one that can't be read shows the first page."""
    try:
        moment, _, number = wanted.after.partition("_")
        at, last = datetime.fromisoformat(moment), ItemId(int(number))
        key = ReviewItem.decided_at if wanted.view == "decided" else ReviewItem.due_at
        pair = tuple_(key, ReviewItem.id)
        place = tuple_(func.coalesce(at, type_=key.type), last)
    except (ValueError, OverflowError):
        return true()
    return pair < place if wanted.view == "decided" else pair > place


def _counts(reach: Reach, organisation_id: OrganisationId | None) -> tuple[LaneCount, ...]:
    """What waits in each lane, up to MOST. All lanes in one statement; each looks at no more rows than it counts."""
    here = [policy.visible_to(reach), is_live()]
    if organisation_id is not None:
        here.append(ReviewItem.organisation_id == organisation_id)
    parts: list[Any] = []
    for lane in Lane:
        some = select(ReviewItem.id).where(ReviewItem.lane == lane, *here).limit(MOST).subquery()
        parts.append(select(literal_column(f"'{lane.value}'").label("lane"), func.count().label("n")).select_from(some))
    rows = {row.lane: row.n for row in db.session.execute(union_all(*parts))}
    return tuple(LaneCount(lane, words.LANES[lane], rows[lane]) for lane in Lane)


def reasons_of(item_ids: Sequence[ItemId]) -> Mapping[ItemId, list[tuple[str, str]]]:
    """The checks' names and their words, by item, each once."""
    found: dict[ItemId, list[tuple[str, str]]] = defaultdict(list)
    if item_ids:
        here = select(HoldReason).where(HoldReason.item_id.in_(item_ids)).order_by(HoldReason.id)
        for reason in db.session.scalars(here):
            pair = (reason.check_name, reason.words)
            if pair not in found[reason.item_id]:
                found[reason.item_id].append(pair)
    return found


def line_of(row: Any, reasons: Mapping[ItemId, Iterable[tuple[str, str]]], reach: Reach) -> Line:
    item: ReviewItem = row.ReviewItem
    held = tuple(str(words.CHECKS.get(name, name)) for name, _words in reasons.get(item.id, ()))
    return Line(
        id=item.id, lane=item.lane, lane_name=words.LANES[item.lane], state=item.state,
        state_name=words.STATES[item.state], title=item.title, excerpt=item.excerpt,
        author=card_of(row.Member) if row.Member else None,
        plate=plate_of(row.Organisation) if row.Organisation else None,
        opened_at=item.opened_at, due_at=item.due_at, decided_at=item.decided_at,
        is_overdue=item.state in LIVE and item.due_at < clock.now(), level=item.level,
        why=tuple(dict.fromkeys(held)) or ((str(words.REASONS.get(item.reason, item.reason)),) if item.reason else ()),
        claimed_by=row.claimer or "", version=item.version,
        can_be_spam=policy.can_refuse_as_spam(reach, item, item.state),
    )  # fmt: skip


def neighbours_of(reach: Reach, item: ReviewItem) -> tuple[ItemId | None, ItemId | None]:
    """The items due just before and just after, among those that wait. Compared as pairs, which both databases find at
    one place of the index; spelled out with OR, SQLite sorts all that is later."""
    here = [policy.visible_to(reach), is_live(), ReviewItem.id != item.id]
    place = (ReviewItem.due_at, ReviewItem.id)
    mine = tuple_(literal(item.due_at, ReviewItem.due_at.type), literal(item.id, ReviewItem.id.type))
    earlier = select(ReviewItem.id).where(*here, tuple_(*place) < mine).order_by(*(one.desc() for one in place))
    later = select(ReviewItem.id).where(*here, tuple_(*place) > mine).order_by(*place)
    before, after = earlier.limit(1), later.limit(1)
    row = db.session.execute(select(before.scalar_subquery(), after.scalar_subquery())).one()
    return row[0], row[1]


def first_waiting(reach: Reach, but: ItemId) -> ItemId | None:
    """The one to look at next: the first that is due, but the one just decided."""
    here = (policy.visible_to(reach), is_live(), ReviewItem.id != but)
    return db.session.scalar(select(ReviewItem.id).where(*here).order_by(ReviewItem.due_at, ReviewItem.id).limit(1))


def lines_with(reach: Reach, item_ids: Sequence[ItemId]) -> tuple[Line, ...]:
    """Those of the items that are theirs and still wait, by when they are due."""
    here = (ReviewItem.id.in_(item_ids), policy.visible_to(reach), is_live())
    rows = db.session.execute(select_lines().where(*here).order_by(ReviewItem.due_at, ReviewItem.id)).all()
    reasons = reasons_of([row.ReviewItem.id for row in rows])
    return tuple(line_of(row, reasons, reach) for row in rows)
