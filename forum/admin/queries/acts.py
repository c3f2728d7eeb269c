"""What administrators did, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import Member
from forum.admin.models import Act
from forum.admin.records import ActRow
from forum.admin.words import VERBS
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.kernel.keyset import Order, page_in
from forum.kernel.paging import Page

NEWEST = Order((Act.id,), down=True)


def page_of_acts(
    after: str | None = None, before: str | None = None, *, member_id: MemberId | None = None
) -> Page[ActRow]:
    """All of them, or those that were done to one member."""
    query = select(Act)
    if member_id is not None:
        query = query.where(Act.member_id == member_id)
    found: Page[Act] = page_in(NEWEST, query, lambda act: act, after=after, before=before)
    cards = cards_of({one for act in found.rows for one in (act.actor_id, act.member_id) if one is not None})
    return Page(tuple(_row(act, cards) for act in found.rows), found.after, found.before)


def cards_of(ids: Iterable[MemberId]) -> Mapping[MemberId, MemberCard]:
    wanted = set(ids)
    if not wanted:
        return {}
    return {one.id: card_of(one) for one in db.session.scalars(select(Member).where(Member.id.in_(wanted)))}


def _row(act: Act, cards: Mapping[MemberId, MemberCard]) -> ActRow:
    return ActRow(
        id=act.id,
        made_at=act.made_at,
        by=cards.get(act.actor_id) if act.actor_id else None,
        whom=cards.get(act.member_id) if act.member_id else None,
        verb=VERBS.get(act.verb, act.verb),
        thing=act.thing,
        old=act.old,
        new=act.new,
    )
