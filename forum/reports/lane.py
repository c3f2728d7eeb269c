"""The lane of reports: what its decisions do, and what its cases show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import Member
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.moderation import content
from forum.moderation.models import Action, ReviewItem
from forum.moderation.plugs import Panel, Plug
from forum.moderation.policy import Reach, can_see_openers
from forum.reports import words
from forum.reports.models import Report
from forum.restrictions import accounts

# A case shows no more: what a hundred people say, a hundred and one do.
MOST = 100


@dataclass(frozen=True)
class ReportLine:
    """`reporter` is None where whoever decides may not know (DOMAIN, rule 3); so is what would tell."""

    reason: Words
    details: str
    reporter: MemberCard | None
    score: int
    made_at: datetime
    outcome: str


@dataclass(frozen=True)
class ReportsPanel:
    """`weight` is what the open ones weigh together."""

    lines: tuple[ReportLine, ...]
    weight: int
    shows_reporters: bool


def panel(reach: Reach, item: ReviewItem) -> Panel | None:
    """Newest last. `details` are the reporter's own words, and shown: a moderator can't judge without them."""
    known = can_see_openers(reach, item)
    rows = db.session.execute(
        select(Report, Member)
        .join(Member, Member.id == Report.reporter_id)
        .where(Report.item_id == item.id)
        .order_by(Report.id)
        .limit(MOST)
    ).all()
    lines = tuple(
        ReportLine(
            words.REASONS[report.reason][0], report.details, card_of(member) if known else None, report.score,
            report.made_at, report.outcome,
        )
        for report, member in rows
    )  # fmt: skip
    weight = sum(line.score for line in lines if not line.outcome)
    return Panel("reports/_panel.html", ReportsPanel(lines, weight, known)) if lines else None


REPORTS = Plug(
    effects={
        Action.KEEP: content.KEEP,
        Action.COLLAPSE: content.COLLAPSE,
        Action.LOCK: content.LOCK,
        Action.REMOVE: content.REMOVE,
        Action.WARN: accounts.WARN,
        Action.SILENCE: accounts.SILENCE,
        Action.SUSPEND: accounts.SUSPEND,
    },
    take=content.take,
    panels=(panel,),
)
