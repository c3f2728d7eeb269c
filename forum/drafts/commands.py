"""What is done with unsent words. Each change of a draft takes its next number; a stale one changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from forum.comments import queries as comments
from forum.drafts import policy
from forum.drafts.desks import Desk, find_desk
from forum.drafts.errors import NoSuchPlace, TooManyDrafts, WrittenElsewhere
from forum.drafts.models import KeptDraft
from forum.drafts.queries import find_draft, get_draft
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db, is_sqlite
from forum.kernel.errors import NotFound, TooLarge
from forum.kernel.ids import DraftId, MemberId
from forum.posts import policy as posts_policy
from forum.posts import queries as posts
from forum.posts.errors import may_not_write

Fields = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Saving:
    """`base` is the number of the draft that the writing page knows, 0 for none; `writer` is that page's own name, and
    `turn` counts what it sends, since two of its savings may overtake each other.
    """

    place: str
    fields: Fields
    base: int
    writer: str
    turn: int = 1


def save(actor: Actor, saving: Saving) -> KeptDraft:
    """Keep what was typed, as the draft's next number.

    Raises Forbidden, NoSuchPlace, TooLarge, TooManyDrafts, or WrittenElsewhere when the draft isn't at `base` any more:
    another page wrote it, or what it held was published or discarded.
    """
    if not posts_policy.can_draft(actor):
        raise may_not_write(actor)
    _check_size(saving.fields)
    desk = _reachable(actor, saving.place)
    if saving.base == 0:
        made = _insert(actor, desk, saving)
        if made is not None:
            return made
    draft = find_draft(actor, saving.place, lock=True)
    if draft is None or not _follows(saving, draft):
        raise WrittenElsewhere
    draft.turn = saving.turn
    _write(draft, dict(saving.fields), saving.writer, is_open=_has_words(saving.fields))
    return draft


def _follows(saving: Saving, draft: KeptDraft) -> bool:
    """Whether it comes after what is kept: the page knew of that, or wrote it itself, and it isn't closed since."""
    is_own = draft.is_open and bool(saving.writer) and draft.writer == saving.writer
    return draft.sequence == saving.base or (is_own and saving.turn > draft.turn)


def _has_words(fields: Fields) -> bool:
    """A form that was emptied again is no draft."""
    return any(str(fields.get(name, "")).strip() for name in ("title", "standfirst", "body"))


def discard(actor: Actor, draft_id: DraftId) -> None:
    """Its author throws it away; twice is once."""
    try:
        place = get_draft(actor, draft_id).place
    except NotFound:
        return
    draft = find_draft(actor, place, lock=True)
    if draft is not None and draft.is_open:
        _write(draft, {}, "", is_open=False)


def close(member_id: MemberId, place: str, writer: str, sequence: int) -> None:
    """What was kept has been sent. Words that another page kept since aren't those that were sent: they stay.

    Leaves a closed row where there is none, so that what is saved too late finds its place taken.
    """
    desk = find_desk(place)
    if desk is None or (writer and _put(_row(member_id, desk, Saving(place, {}, 0, writer), is_open=False))):
        return
    here = (KeptDraft.member_id == member_id) & (KeptDraft.place == place)
    draft = db.session.scalar(select(KeptDraft).where(here).with_for_update().execution_options(populate_existing=True))
    if draft is not None and (draft.writer == writer or draft.sequence <= sequence):
        _write(draft, {}, writer, is_open=False)


def sweep() -> None:
    """Forget what nobody came back for, and what only kept late saving out."""
    now = clock.now()
    old = KeptDraft.saved_at < now - policy.OPEN_FOR
    closed = and_(KeptDraft.is_open.is_(False), KeptDraft.saved_at < now - policy.CLOSED_FOR)
    db.session.execute(delete(KeptDraft).where(or_(old, closed)))


def _insert(actor: Actor, desk: Desk, saving: Saving) -> KeptDraft | None:
    """None where the place is taken, also by a page that saves at this moment."""
    mine = select(func.count()).where(policy.visible_to(actor), KeptDraft.is_open)
    if db.session.scalars(mine).one() >= policy.MAX_DRAFTS:
        raise TooManyDrafts
    made = _put(_row(actor.id, desk, saving, is_open=True))
    return db.session.get(KeptDraft, made) if made is not None else None


def _put(row: KeptDraft) -> DraftId | None:
    """The id of the new row, or None where its place is taken."""
    insert = sqlite_insert if is_sqlite() else postgresql_insert
    names = [column.key for column in KeptDraft.__table__.columns if column.key != "id"]
    values = {name: getattr(row, name) for name in names}
    statement = insert(KeptDraft).values(**values).on_conflict_do_nothing().returning(KeptDraft.id)
    return db.session.scalar(statement)


def _row(member_id: MemberId, desk: Desk, saving: Saving, *, is_open: bool) -> KeptDraft:
    return KeptDraft(
        member_id=member_id, place=desk.place, post_id=desk.post_id, comment_id=desk.comment_id,
        fields=dict(saving.fields), sequence=1, writer=saving.writer, turn=saving.turn, is_open=is_open,
        saved_at=clock.now(),
    )  # fmt: skip


def _write(draft: KeptDraft, fields: dict[str, Any], writer: str, *, is_open: bool) -> None:
    draft.fields, draft.writer, draft.is_open = fields, writer, is_open
    draft.sequence += 1
    draft.saved_at = clock.now()
    db.session.flush()


def _check_size(fields: Fields) -> None:
    sizes = (len(value) if isinstance(value, str) else sum(map(len, value)) for value in fields.values())
    if sum(sizes) > policy.MAX_CHARACTERS:
        raise TooLarge(_("This is more than your account keeps of one text. It is kept on this device."))


def _reachable(actor: Actor, place: str) -> Desk:
    """A form that the actor can open, or could: a closed thread still has words written for it. Raises NoSuchPlace."""
    desk = find_desk(place)
    if desk is None:
        raise NoSuchPlace
    try:
        if desk.post_id is not None:
            posts.get_post(desk.post_id, actor)
        if desk.comment_id is not None:
            comments.get_comment(desk.comment_id, actor)
    except NotFound:
        raise NoSuchPlace from None
    return desk
