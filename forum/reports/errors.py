"""Refusals of reports."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.access import Actor
from forum.kernel.errors import Forbidden, NotFound, Refused
from forum.restrictions.subjects import Subject


class NoSuchReport(NotFound):
    """It doesn't exist, or is somebody else's: the two aren't told apart."""

    def __init__(self) -> None:
        super().__init__(_("There is no report of yours at this address."))


class NothingToReport(Refused):
    def __init__(self) -> None:
        super().__init__(_("Readers can’t read this any more, so there is nothing left to report."))


def may_not_report(actor: Actor, subject: Subject) -> Forbidden | Refused:
    """Why this can't be reported by this member."""
    if not actor.may_write:
        return Forbidden(_("Your account can’t report at the moment. Illegal content can be reported without one."))
    if subject.author_id == actor.member_id:
        return Forbidden(_("These are your own words. You can change or withdraw them."))
    return NothingToReport()
