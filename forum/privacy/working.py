"""What the worker does about members' data. Killed at any moment, the next round goes on where it was."""

from __future__ import annotations

import structlog
from sqlalchemy import or_, select, update

from forum.accounts.mail import language_of
from forum.accounts.models import Member
from forum.kernel import clock, personal
from forum.kernel.db import db, transaction
from forum.kernel.ids import MemberId
from forum.kernel.personal import Choice, Choices, Part
from forum.privacy import archive, commands, mail, policy
from forum.privacy.models import DataExport, ExportState
from forum.privacy.queries import due_erasures, due_reminders, find_erasure

log = structlog.get_logger()


def make_exports() -> None:
    """One copy a turn: for a job that holds no transaction, since it reads everything and asks the store for files."""
    asked = select(DataExport.id, DataExport.member_id, DataExport.key).where(DataExport.state == ExportState.ASKED)
    due = db.session.execute(asked.order_by(DataExport.failures, DataExport.asked_at).limit(1)).first()
    db.session.rollback()
    if due is None:
        return
    member = db.session.get_one(Member, due.member_id)
    language = language_of(member)
    try:
        size = archive.write(due.member_id, language, archive.path_of(due.key))
    except Exception:
        db.session.rollback()
        _note_failure(due.id)
        raise
    _note_ready(due.id, due.key, size)


def _note_ready(export_id: int, key: str, size: int) -> None:
    now = clock.now()
    with transaction() as session:
        made = (DataExport.id == export_id, DataExport.key == key, DataExport.state == ExportState.ASKED)
        values = {"state": ExportState.READY, "size": size, "ready_at": now, "expires_at": now + policy.EXPORT_KEPT_FOR}
        member_id = session.scalar(update(DataExport).where(*made).values(values).returning(DataExport.member_id))
        if member_id is None:  # erased meanwhile
            archive.path_of(key).unlink(missing_ok=True)
        else:
            mail.ready(session.get_one(Member, member_id), values["expires_at"])  # type: ignore[arg-type]  # a moment


def _note_failure(export_id: int) -> None:
    with transaction() as session:
        found = session.get(DataExport, export_id, populate_existing=True)
        if found is not None:
            found.failures += 1
            found.state = ExportState.FAILED if found.failures >= policy.MAX_FAILURES else ExportState.ASKED


def forget_exports() -> None:
    """Files past their time, and those that no row knows: of who was erased while theirs was made. And rows whose file
    is gone, as after a backup was brought back."""
    ready = db.session.scalars(select(DataExport.key).where(DataExport.state == ExportState.READY)).all()
    lost = [key for key in ready if not archive.path_of(key).exists()]
    with transaction() as session:
        over = or_(DataExport.expires_at <= clock.now(), DataExport.key.in_(lost))
        gone = update(DataExport).where(DataExport.state == ExportState.READY, over)
        session.execute(gone.values(state=ExportState.EXPIRED, expires_at=clock.now(), size=0))
    kept = select(DataExport.key).where(DataExport.state.in_((ExportState.READY, ExportState.ASKED)))
    known = {archive.path_of(key) for key in db.session.scalars(kept)}
    db.session.rollback()
    for path in archive.folder().glob("*"):
        if path.with_suffix(".zip") not in known:
            path.unlink(missing_ok=True)


def remind_leaving() -> None:
    for member_id in due_reminders(clock.now()):
        commands.remind(member_id)


def erase_due() -> None:
    """For a job that holds no transaction: each piece has one of its own."""
    due = due_erasures(clock.now())
    db.session.rollback()
    for member_id in due:
        erase(member_id)


def erase(member_id: MemberId) -> bool:
    """All that is left to erase of somebody whose day has come. False where it isn't, or can't be yet."""
    with transaction():
        if not commands.begin(member_id):
            return False
        choices = _choices(member_id)
    for part in personal.parts():
        while _piece(part, member_id, choices):
            pass
    with transaction():
        commands.finish(member_id)
    log.info("member_erased", member=member_id)
    return True


def _piece(part: Part, member_id: MemberId, choices: Choices) -> bool:
    """Whether there is more of this part."""
    with transaction():
        if part.erase(member_id, choices):
            return True
        personal.erase_rows(part, member_id)
        return False


def _choices(member_id: MemberId) -> Choices:
    found = find_erasure(member_id)
    return Choices(Choice(found.posts), Choice(found.comments)) if found else Choices()
