"""What media hold about a member: the files that they added. What nothing shows any more goes, bytes first."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, exists, select

from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.kernel.personal import Choices, Fate, Part, Rows
from forum.media import storage
from forum.media.commands import release
from forum.media.models import File, FileUse, Holder

BATCH = 20


def _erase(member_id: MemberId, _choices: Choices) -> bool:
    """After texts, which hold files. Bytes before rows: stopped in between, it is found again."""
    release(Holder.MEMBER, member_id)
    held = exists().where(FileUse.file_id == File.id)
    loose = select(File.id, File.key).where(File.owner_id == member_id, ~held).order_by(File.id).limit(BATCH)
    files = db.session.execute(loose).all()
    for file in files:
        storage.current().delete(file.key)
    db.session.execute(delete(File).where(File.id.in_([file.id for file in files])))
    return bool(files)


PART = Part((Rows(File.owner_id, Fate.CHANGED, title=_("Pictures and files")),), _erase)
