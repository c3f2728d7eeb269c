"""What notices hold about a member: those that were sent from their address, by whoever had it."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, func, select, update

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.kernel.personal import Choices, Part, Section, plain
from forum.notices.models import Notice

_GIVEN = ("reference", "address", "explanation", "law", "name", "email", "language", "made_at", "answered_at")


def _sent_by(member_id: MemberId) -> ColumnElement[bool]:
    address = select(func.lower(Member.email)).where(Member.id == member_id).scalar_subquery()
    return (Notice.email != "") & (func.lower(Notice.email) == address)


def _erase(member_id: MemberId, _choices: Choices) -> bool:
    """The notice itself stays: something was decided because of it."""
    db.session.execute(
        update(Notice).where(_sent_by(member_id)).values(name="", email=""),
        execution_options={"synchronize_session": False},
    )
    return False


def _sections(member_id: MemberId) -> Iterable[Section]:
    found = db.session.scalars(select(Notice).where(_sent_by(member_id)).order_by(Notice.id))
    rows = [{name: plain(getattr(one, name)) for name in _GIVEN} for one in found]
    yield Section("notices", _("Notices from your address"), rows)


PART = Part((), _erase, _sections)
