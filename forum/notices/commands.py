"""Send a notice, and note what came of it."""

from __future__ import annotations

import secrets

from flask_babel import lazy_gettext as _
from sqlalchemy import select, update

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.errors import Invalid, NotFound
from forum.kernel.events import record
from forum.kernel.ids import DecisionId, ItemId
from forum.moderation.commands import Opening, open_item
from forum.moderation.models import Lane, OpenedBy
from forum.notices import policy
from forum.notices.addresses import subject_at
from forum.notices.complaint import Complaint
from forum.notices.events import NoticeSent
from forum.notices.models import Notice
from forum.restrictions.subjects import Subject, get_subject

# Letters and digits that nobody mistakes for one another when a reference is read out.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS = 5
PRIORITY = 100  # before any report


def send(complaint: Complaint, host: str) -> Notice:
    """For anybody. Sent again with the same words by the same person it's the same notice. `host` is this site's.

    Raises Invalid for an address that isn't of something that readers can read here.
    """
    subject = _subject_of(complaint.address, host)
    earlier = _find_same(complaint, subject)
    if earlier is not None:
        return earlier
    notice = Notice(
        reference=_reference(), item_id=open_item(_opening(subject)), subject_type=subject.type, subject_id=subject.id,
        made_at=clock.now(), **vars(complaint),
    )  # fmt: skip
    db.session.add(notice)
    db.session.flush()
    record(NoticeSent(notice.id))
    return notice


def settle(item_id: ItemId, decision_id: DecisionId) -> None:
    """What came of the item's notices that weren't answered yet."""
    waiting = (Notice.item_id == item_id, Notice.answered_at.is_(None))
    db.session.execute(update(Notice).where(*waiting).values(decision_id=decision_id, answered_at=clock.now()))


def forget_names() -> None:
    """For the worker: who sent a notice long ago is nobody's business any more."""
    old = (Notice.made_at < clock.now() - policy.NAMES_KEPT_FOR, Notice.email != "")
    db.session.execute(update(Notice).where(*old).values(name="", email=""))


def _subject_of(address: str, host: str) -> Subject:
    found = subject_at(address, host)
    try:
        subject = get_subject(*found) if found else None
    except NotFound:
        subject = None
    if subject is None or not subject.is_readable:
        words = _("There is no post or comment at this address. Copy the address of the page, or the comment’s link.")
        raise Invalid(words, {"address": words})
    return subject


def _find_same(complaint: Complaint, subject: Subject) -> Notice | None:
    return db.session.scalar(
        select(Notice).where(
            Notice.subject_type == subject.type,
            Notice.subject_id == subject.id,
            Notice.email == complaint.email,
            Notice.explanation == complaint.explanation,
            Notice.answered_at.is_(None),
        )
    )


def _opening(subject: Subject) -> Opening:
    """Always the site's (DOMAIN, the lanes)."""
    return Opening(
        lane=Lane.LEGAL, subject_type=subject.type, subject_id=subject.id, subject_revision=subject.revision,
        post_id=subject.post.id, author_id=subject.author_id, about_organisation_id=subject.organisation_id,
        opened_by=OpenedBy.ANONYMOUS, reason="illegal", title=subject.post.title, excerpt=subject.excerpt,
        priority=PRIORITY,
    )  # fmt: skip


def _reference() -> str:
    """A hundred bits, in groups of four."""
    return "-".join("".join(secrets.choice(ALPHABET) for _letter in range(4)) for _group in range(GROUPS))
