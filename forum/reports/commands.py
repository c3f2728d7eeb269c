"""Report something, and note what came of it."""

from __future__ import annotations

from sqlalchemy import update

from forum.kernel import clock, settings
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import DecisionId, ItemId
from forum.moderation.commands import Opening, open_item
from forum.moderation.models import Lane, OpenedBy, Scope, SubjectType
from forum.reports import policy, queries
from forum.reports.complaint import Complaint
from forum.reports.errors import may_not_report
from forum.reports.models import Outcome, Reason, Report
from forum.restrictions import hiding
from forum.restrictions.routes import Route, route_of
from forum.restrictions.subjects import Subject, get_subject


def report(actor: Actor, subject_type: SubjectType, subject_id: int, complaint: Complaint) -> Report:
    """Ask a moderator to look. Somebody's second report of a thing is their first.

    Together with others it may weigh enough to hide the thing until a moderator has looked. Raises NoSuchPost,
    NoSuchComment, Forbidden or NothingToReport.
    """
    subject = get_subject(subject_type, subject_id, actor)
    hiding.take(subject)
    subject = get_subject(subject_type, subject_id, actor)
    earlier = queries.find_own(actor, subject_type, subject_id)
    if earlier is not None:
        return earlier
    if not policy.can_report(actor, subject):
        raise may_not_report(actor, subject)
    score = queries.score_of(actor)
    total = queries.open_score(subject_type, subject_id) + score
    item_id = open_item(_opening(actor, subject, complaint.reason, total))
    made = Report(
        item_id=item_id, subject_type=subject_type, subject_id=subject_id, reporter_id=actor.id,
        reason=complaint.reason, details=complaint.details, score=score, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    if total >= int(settings.get(settings.REPORT_THRESHOLD)):
        hiding.hide(subject, item_id)
    return made


def _opening(actor: Actor, subject: Subject, reason: Reason, total: int) -> Opening:
    """What may be against the law is the site's to judge."""
    route = Route(Scope.SITE) if reason is Reason.ILLEGAL else route_of(subject)
    return Opening(
        lane=Lane.REPORTS, subject_type=subject.type, subject_id=subject.id, scope=route.scope,
        topic_id=route.topic_id, organisation_id=route.organisation_id, subject_revision=subject.revision,
        post_id=subject.post.id, author_id=subject.author_id, about_organisation_id=subject.organisation_id,
        opened_by=OpenedBy.MEMBER, opener_id=actor.id, reason=reason, title=subject.post.title,
        excerpt=subject.excerpt, priority=total,
    )  # fmt: skip


def settle(item_id: ItemId, decision_id: DecisionId, outcome: Outcome) -> None:
    """What came of the item's open reports."""
    open_ones = (Report.item_id == item_id, Report.outcome == Outcome.OPEN)
    db.session.execute(update(Report).where(*open_ones).values(outcome=outcome, decision_id=decision_id))


def turn(decision_id: DecisionId) -> None:
    """The decision was reversed: who was right before, was wrong."""
    turned = {Outcome.UPHELD: Outcome.REJECTED, Outcome.REJECTED: Outcome.UPHELD}
    for report in db.session.query(Report).filter(Report.decision_id == decision_id):
        report.outcome = turned.get(Outcome(report.outcome), report.outcome)


def forget_words() -> None:
    """For the worker: what somebody wrote in a report that was decided long ago. That there was one stays."""
    old = (Report.made_at < clock.now() - policy.WORDS_KEPT_FOR, Report.outcome != Outcome.OPEN, Report.details != "")
    db.session.execute(update(Report).where(*old).values(details=""))
