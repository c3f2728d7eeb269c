"""Link cards: which links want one, when the worker fetches it again, and who hears of it.

A card of a page elsewhere is fetched once and then every REFRESH; a card of a post here is never fetched: a trigger
marks it as due when the post changes, and it is drawn again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, exists, select

from forum import config
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.kernel.events import record
from forum.kernel.outbound import AddressRefused, OutboundError
from forum.kernel.text import CardWords
from forum.media import previews
from forum.media.events import LinkCardChanged
from forum.media.models import CardUse, Holder, LinkCard
from forum.media.previews import Preview

REFRESH = timedelta(days=30)
FIRST_PAUSE = timedelta(hours=1)
MAX_FAILURES = 5  # then it waits for REFRESH
# Three pages of five seconds each are within what a job of the worker may take.
AT_ONCE = 3
LEASE = timedelta(minutes=5)
AGAIN = 50  # texts drawn again in one transaction


# A post of this site, by the path of its address.
_OWN_POST = re.compile(r"/posts/(\d{1,18})(?:/[^?#]*)?(?:[?#].*)?")


def own_post(url: str) -> int | None:
    """The id of the post of this site that a link leads to."""
    base = config.current().base_url
    found = _OWN_POST.fullmatch(url.removeprefix(base)) if url.startswith(f"{base}/") else None
    return int(found[1]) if found else None


def words_for(urls: Iterable[str]) -> dict[str, CardWords]:
    """What is known of pages elsewhere. One statement, none without addresses."""
    wanted = list(urls)
    if not wanted:
        return {}
    cards = db.session.scalars(select(LinkCard).where(LinkCard.url.in_(wanted), LinkCard.title != ""))
    return {card.url: CardWords(card.title, card.description, card.site) for card in cards}


def hold_cards(holder: Holder, holder_id: int, urls: Iterable[str]) -> None:
    """From now on this text shows cards of these links and no others."""
    wanted = set(urls)
    known = {row.url: row.id for row in db.session.execute(_ids_of(wanted))}
    for url in sorted(wanted - known.keys()):
        known[url] = _add(url)
    here = (CardUse.holder == holder, CardUse.holder_id == holder_id)
    had = set(db.session.scalars(select(CardUse.card_id).where(*here)))
    now = {known[url] for url in wanted}
    if had - now:
        db.session.execute(delete(CardUse).where(*here, CardUse.card_id.in_(had - now)))
    db.session.add_all(CardUse(card_id=card_id, holder=holder, holder_id=holder_id) for card_id in sorted(now - had))
    db.session.flush()


def _ids_of(urls: set[str]) -> Select[str, int]:
    return select(LinkCard.url, LinkCard.id).where(LinkCard.url.in_(urls))


def _add(url: str) -> int:
    now, post_id = clock.now(), own_post(url)
    card = LinkCard(url=url, post_id=post_id, created_at=now, next_at=now if post_id is None else None)
    db.session.add(card)
    db.session.flush()
    return card.id


def refresh_due() -> None:
    """For a job of the worker that holds no transaction: pages elsewhere take their time."""
    for card_id, url, post_id in _claimed():
        if post_id is not None:
            _draw_again(card_id)
            continue
        try:
            found: Preview | str = previews.fetch(url)
        except OutboundError as refusal:
            found = refusal.code
            lasting = isinstance(refusal, AddressRefused)
        else:
            lasting = False
        _keep(card_id, found, lasting=lasting)


def _claimed() -> list[tuple[int, str, int | None]]:
    """Some cards that are due and still held by a text, taken for as long as LEASE."""
    now = clock.now()
    is_held = exists().where(CardUse.card_id == LinkCard.id)
    due = select(LinkCard).where(LinkCard.next_at <= now, is_held).order_by(LinkCard.next_at).limit(AT_ONCE)
    if db.session.scalar(due.with_only_columns(LinkCard.id)) is None:
        db.session.rollback()  # most rounds find none, and open no write transaction
        return []
    with transaction() as session:
        cards = session.scalars(due.with_for_update(skip_locked=True)).all()
        for card in cards:
            card.next_at = now + LEASE
        return [(card.id, card.url, card.post_id) for card in cards]


def _keep(card_id: int, found: Preview | str, *, lasting: bool) -> None:
    with transaction() as session:
        card = session.get_one(LinkCard, card_id, populate_existing=True)
        if isinstance(found, str):
            card.failures, card.error = card.failures + 1, found
            card.next_at = _next_try(card.failures, lasting=lasting)
            return
        card.failures, card.error, card.fetched_at = 0, "", clock.now()
        card.next_at = clock.now() + REFRESH
        before = (card.title, card.description, card.site)
        card.title, card.description, card.site = found.title, found.description, found.site
        if before != (found.title, found.description, found.site):
            _announce(card_id)


def _next_try(failures: int, *, lasting: bool) -> datetime:
    """1, 4, 16 and 64 hours, then a month; at once a month where it can't work."""
    pause = REFRESH if lasting or failures >= MAX_FAILURES else FIRST_PAUSE * 4 ** (failures - 1)
    return clock.now() + pause


def _draw_again(card_id: int) -> None:
    with transaction() as session:
        session.get_one(LinkCard, card_id, populate_existing=True).next_at = None
        _announce(card_id)


def _announce(card_id: int) -> None:
    for holder in (Holder.POST, Holder.COMMENT):
        record(LinkCardChanged(card_id=card_id, holder=holder, after=0))


def texts_with(event: LinkCardChanged, holder: Holder) -> list[int]:
    """The next AGAIN texts of this kind that show the card; the rest come with an event of their own."""
    if event.holder != holder:
        return []
    ids = list(
        db.session.scalars(
            select(CardUse.holder_id)
            .where(CardUse.card_id == event.card_id, CardUse.holder == holder, CardUse.holder_id > event.after)
            .order_by(CardUse.holder_id)
            .limit(AGAIN)
        )
    )
    if len(ids) == AGAIN:
        record(LinkCardChanged(card_id=event.card_id, holder=holder, after=ids[-1]))
    return ids


def sweep_cards() -> None:
    """Cards that no text shows any more and that aren't new."""
    is_held = exists().where(CardUse.card_id == LinkCard.id)
    old: ColumnElement[bool] = LinkCard.created_at < clock.now() - REFRESH
    db.session.execute(delete(LinkCard).where(old, ~is_held))
