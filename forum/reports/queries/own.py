"""A member's own reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import NotFound, Words
from forum.kernel.ids import DecisionId, ReportId
from forum.moderation.models import Decision, SubjectType
from forum.moderation.policy import APPEAL_WITHIN
from forum.reports import words
from forum.reports.errors import NoSuchReport
from forum.reports.models import Outcome, Report
from forum.restrictions.subjects import get_subject

MAX_ID = 2**63 - 1


@dataclass(frozen=True)
class ReportPage:
    """`address` is empty where the reporter can't see it any more. `appeal`: the decision that they may appeal."""

    id: ReportId
    address: str
    title: str
    language: str
    reason: Words
    details: str
    made_at: datetime
    outcome: Words
    is_open: bool
    appeal: DecisionId | None


def find_own(actor: Actor, subject_type: SubjectType, subject_id: int) -> Report | None:
    here = (Report.subject_type == subject_type, Report.subject_id == subject_id)
    return db.session.scalar(select(Report).where(Report.reporter_id == actor.id, *here))


def get_own(actor: Actor, report_id: ReportId) -> Report:
    """Raises NoSuchReport."""
    wanted = select(Report).where(Report.id == report_id, Report.reporter_id == actor.id)
    report = db.session.scalar(wanted) if report_id <= MAX_ID else None
    if report is None:
        raise NoSuchReport
    return report


def get_report_page(actor: Actor, report_id: ReportId) -> ReportPage:
    """Raises NoSuchReport."""
    report = get_own(actor, report_id)
    address, title, language = _subject(actor, report)
    return ReportPage(
        id=report.id,
        address=address,
        title=title,
        language=language,
        reason=words.REASONS[report.reason][0],
        details=report.details,
        made_at=report.made_at,
        outcome=words.OUTCOMES[report.outcome],
        is_open=report.outcome == Outcome.OPEN,
        appeal=_appeal(report),
    )


def _subject(actor: Actor, report: Report) -> tuple[str, str, str]:
    """Address, post's title and its language, as far as the reporter may still see them."""
    try:
        subject = get_subject(SubjectType(report.subject_type), report.subject_id, actor)
    except NotFound:
        return "", "", ""
    return subject.address, subject.post.title, subject.post.language


def _appeal(report: Report) -> DecisionId | None:
    decision = db.session.get(Decision, report.decision_id) if report.decision_id else None
    if decision is None or clock.now() > decision.decided_at + APPEAL_WITHIN:
        return None
    return decision.id
