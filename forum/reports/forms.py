"""The report form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from forum.kernel import text
from forum.kernel.errors import Invalid, Words
from forum.reports import policy
from forum.reports.complaint import Complaint
from forum.reports.models import Reason


@dataclass(frozen=True)
class ReportForm:
    """The fields as typed."""

    reason: str = ""
    details: str = ""


def read(sent: Mapping[str, str]) -> ReportForm:
    return ReportForm(sent.get("reason", ""), sent.get("details", ""))


def complaint_of(form: ReportForm) -> Complaint:
    """Raises Invalid."""
    problems: dict[str, Words] = {}
    details = form.details if len(form.details) > text.MAX_SOURCE else text.clean_source(form.details).strip()
    if form.reason not in set(Reason):
        problems["reason"] = _("Choose what is wrong.")
    if form.reason in {Reason.ILLEGAL, Reason.OTHER} and not details:
        problems["details"] = _("Say what is wrong, so that a moderator can see it.")
    if len(details) > policy.MAX_DETAILS:
        problems["details"] = _("Shorten this to %(limit)s characters.", limit=f"{policy.MAX_DETAILS:,}")
    if problems:
        raise Invalid(_("This report isn’t complete yet."), problems)
    return Complaint(Reason(form.reason), details)
