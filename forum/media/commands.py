"""What members do with files. Bytes are stored before the transaction opens; a row makes them a file."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, delete, exists, select, update

from forum.accounts import commands as accounts
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import TooOften
from forum.kernel.ids import FileId, OrganisationId, PostId
from forum.kernel.text import Rendered
from forum.media import policy, queries
from forum.media.cards import hold_cards
from forum.media.errors import BadFile, may_not_add
from forum.media.models import CardUse, File, FileKind, FileUse, Holder, LinkCard
from forum.media.policy import Quota
from forum.media.studio import Drawn
from forum.organisations import commands as organisations

HOUR_S = 3600


@dataclass(frozen=True)
class Upload:
    """A file that is stored under `key` already. `name` and `alt` are clean."""

    key: str
    name: str
    alt: str
    drawn: Drawn


def fresh_key() -> str:
    """96 bits: nobody finds a file by trying."""
    return secrets.token_urlsafe(12)


def check_may_add(actor: Actor, quota: Quota | None, *, is_document: bool) -> None:
    """Raises Forbidden, BadFile for a newcomer's document, or TooOften with what is spent."""
    if not policy.can_add(actor):
        raise may_not_add(actor)
    if quota is None:
        return
    if is_document and not quota.documents:
        raise BadFile(_("New members can’t add PDFs yet. Add a picture, or link to the document."))
    spent = queries.spent(actor.id)
    if spent.files >= quota.files or spent.size >= quota.size:
        raise TooOften(
            _("You have added as many files as you can in one day. Add this one tomorrow."), retry_after=HOUR_S
        )


def check_may_cut(actor: Actor) -> None:
    """Raises Forbidden or TooOften. Squares aren't among what `check_may_add` counts."""
    if not policy.can_add(actor):
        raise may_not_add(actor)
    if queries.count_squares(actor.id) >= policy.MAX_SQUARES:
        raise TooOften(_("You have chosen as many parts as you can in one day. Go on tomorrow."), retry_after=HOUR_S)


def keep(actor: Actor, upload: Upload, quota: Quota | None) -> File:
    """A stored file gets its row: only its owner sees it until something holds it. Raises what check_may_add does."""
    drawn = upload.drawn
    check_may_add(actor, quota, is_document=not drawn.is_picture)
    return _add(actor, upload, FileKind.PICTURE if drawn.is_picture else FileKind.DOCUMENT)


def wear(actor: Actor, square: File | None) -> None:
    """The actor's face from now on; None takes it away."""
    accounts.set_face(actor, square.key if square else "")
    hold_files(actor, Holder.MEMBER, actor.id, [square.key] if square else [])


def put_on(actor: Actor, organisation_id: OrganisationId, square: File | None) -> None:
    """On the organisation's plate from now on; None takes it away. Raises NotOwner."""
    organisations.set_logo(actor, organisation_id, square.key if square else "")
    hold_files(actor, Holder.ORGANISATION, organisation_id, [square.key] if square else [])


def keep_square(actor: Actor, upload: Upload, source: File) -> File:
    """A face or a sign, cut from a picture of the actor's."""
    file = _add(actor, upload, FileKind.SQUARE)
    file.source_id = source.id
    db.session.flush()
    return file


def _add(actor: Actor, upload: Upload, kind: FileKind) -> File:
    now, drawn = clock.now(), upload.drawn
    file = File(
        key=upload.key, owner_id=actor.id, kind=kind, name=upload.name, alt=upload.alt, width=drawn.width,
        height=drawn.height, size=drawn.size, created_at=now, unused_since=now,
    )  # fmt: skip
    db.session.add(file)
    db.session.flush()
    return file


def hold(actor: Actor, holder: Holder, holder_id: int, body: Rendered, image: str = "") -> None:
    """From now on this text holds the files and the cards in `body`, the picture above it, and no others. What the
    actor may not see isn't among them."""
    hold_files(actor, holder, holder_id, [*body.files, image] if image else body.files)
    hold_cards(holder, holder_id, body.cards)


def hold_files(actor: Actor, holder: Holder, holder_id: int, keys: Iterable[str]) -> None:
    """Raises nothing: a file that isn't there is left out."""
    wanted = queries.may_use(actor, keys)
    here = (FileUse.holder == holder, FileUse.holder_id == holder_id)
    had = set(db.session.scalars(select(FileUse.file_id).where(*here)))
    if dropped := had - wanted:
        db.session.execute(delete(FileUse).where(*here, FileUse.file_id.in_(dropped)))
        _note_unused(dropped)
    added = [FileUse(file_id=file_id, holder=holder, holder_id=holder_id) for file_id in sorted(wanted - had)]
    if added:
        db.session.add_all(added)
        db.session.flush()
        db.session.execute(update(File).where(File.id.in_(wanted - had)).values(unused_since=None))


def release(holder: Holder, holder_id: int) -> None:
    """What is emptied holds nothing any more, neither files nor cards."""
    dropped = db.session.scalars(
        delete(FileUse).where(FileUse.holder == holder, FileUse.holder_id == holder_id).returning(FileUse.file_id)
    ).all()
    if dropped:
        _note_unused(set(dropped))
    db.session.execute(delete(CardUse).where(CardUse.holder == holder, CardUse.holder_id == holder_id))


def mark_cards_of(posts: Select[PostId]) -> None:
    """Who wrote these posts is called something else: cards of links to them are drawn again."""
    due = update(LinkCard).where(LinkCard.post_id.in_(posts)).values(next_at=LinkCard.created_at)
    db.session.execute(due, execution_options={"synchronize_session": False})


def _note_unused(dropped: set[FileId]) -> None:
    is_held = exists().where(FileUse.file_id == File.id)
    db.session.execute(update(File).where(File.id.in_(dropped), ~is_held).values(unused_since=clock.now()))
