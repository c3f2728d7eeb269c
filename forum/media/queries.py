"""Reads of files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from forum.kernel import clock
from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.db import db
from forum.kernel.ids import FileId, MemberId
from forum.kernel.pictures import Document, Picture, is_key, widths_of
from forum.media import policy, readers
from forum.media.errors import NoSuchFile
from forum.media.models import File, FileKind, FileUse


@dataclass(frozen=True)
class Served:
    """A file for somebody who may have it. `is_public` where everyone may."""

    key: str
    name: str
    kind: str
    width: int
    is_public: bool


@dataclass(frozen=True)
class Spent:
    """What a member added in the last 24 hours."""

    files: int
    size: int


def get_served(key: str, actor: Actor) -> Served:
    """Raises NoSuchFile where there is none, or not for this actor."""
    rows = db.session.execute(
        select(File.key, File.name, File.kind, File.width, File.owner_id, FileUse.holder, FileUse.holder_id)
        .outerjoin(FileUse, FileUse.file_id == File.id)
        .where(File.key == key)
    ).all()
    if not rows:
        raise NoSuchFile
    holders: dict[str, list[int]] = {}
    for row in rows:
        if row.holder is not None:
            holders.setdefault(row.holder, []).append(row.holder_id)
    first = rows[0]
    is_public = readers.may_see(ANONYMOUS, holders)
    is_seen = is_public or policy.is_owner(actor, first.owner_id) or readers.may_see(actor, holders)
    if not is_seen:
        raise NoSuchFile
    return Served(first.key, first.name, first.kind, first.width, is_public)


def may_use(actor: Actor, keys: Iterable[str]) -> set[FileId]:
    """Those of these files that the actor's texts may hold: their own, and what they can see anyway."""
    files = db.session.execute(select(File.id, File.key, File.owner_id).where(File.key.in_(list(keys)))).all()
    return {file.id for file in files if policy.is_owner(actor, file.owner_id) or _is_seen(file.key, actor)}


def _is_seen(key: str, actor: Actor) -> bool:
    try:
        get_served(key, actor)
    except NoSuchFile:
        return False
    return True


def files_by_key(keys: Iterable[str]) -> dict[str, Picture | Document]:
    """What text.render needs to show files. One statement, none without keys."""
    wanted = list(keys)
    if not wanted:
        return {}
    found = db.session.scalars(select(File).where(File.key.in_(wanted), File.kind != FileKind.SQUARE))
    return {file.key: shown(file) for file in found}


def shown(file: File) -> Picture | Document:
    if file.kind == FileKind.DOCUMENT:
        return Document(file.key, file.name, file.size)
    return Picture(file.key, file.width, file.height, file.alt)


def largest_part(file: File) -> str:
    """The name of what is stored of a file at its largest: a document itself."""
    if file.kind == FileKind.DOCUMENT:
        return "document.pdf"
    return f"{file.width if file.kind == FileKind.SQUARE else widths_of(file.width)[-1]}.webp"


def get_own(actor: Actor, key: str) -> File:
    """Raises NoSuchFile where the actor added no such file."""
    file = db.session.scalar(select(File).where(File.key == key, File.owner_id == actor.id))
    if file is None:
        raise NoSuchFile
    return file


def find_picture(actor: Actor, key: str) -> Picture | None:
    """One that the actor's things may show: their own, or one that they can see anyway. No statement without a key."""
    if not is_key(key) or (file := db.session.scalar(select(File).where(File.key == key))) is None:
        return None
    if file.kind != FileKind.PICTURE or not (policy.is_owner(actor, file.owner_id) or _is_seen(key, actor)):
        return None
    return Picture(file.key, file.width, file.height, file.alt)


def find_source(actor: Actor, square: str) -> File | None:
    """The picture that a square was cut from, if the actor added it."""
    if not square:
        return None
    source, cut = aliased(File), aliased(File)
    mine = select(source).join(cut, cut.source_id == source.id).where(cut.key == square, source.owner_id == actor.id)
    return db.session.scalar(mine)


def get_source(actor: Actor, square: str) -> File:
    """Raises NoSuchFile."""
    source = find_source(actor, square)
    if source is None:
        raise NoSuchFile
    return source


def count_squares(member_id: MemberId) -> int:
    """Those that a member cut in the last 24 hours."""
    mine = (File.owner_id == member_id, File.created_at > clock.now() - policy.DAY, File.kind == FileKind.SQUARE)
    return db.session.scalars(select(func.count()).where(*mine)).one()


def spent(member_id: MemberId) -> Spent:
    """Squares aside: they are cut from what was counted."""
    since = clock.now() - policy.DAY
    row = db.session.execute(
        select(func.count(), func.coalesce(func.sum(File.size), 0)).where(
            File.owner_id == member_id, File.created_at > since, File.kind != FileKind.SQUARE
        )
    ).one()
    return Spent(row[0], int(row[1]))
