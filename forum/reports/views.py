"""Report a post or a comment, and see what came of it."""

from __future__ import annotations

from flask import Blueprint, request

from forum.kernel import keys
from forum.kernel.access import Actor, acting, current_actor, signed_in
from forum.kernel.answers import Answer, keep_nowhere, page, see
from forum.kernel.errors import ForumError
from forum.kernel.ids import ReportId
from forum.kernel.refusals import again
from forum.moderation.models import SubjectType
from forum.reports import commands, forms, policy, queries
from forum.reports.errors import may_not_report
from forum.reports.words import REASONS
from forum.restrictions.subjects import get_subject

blueprint = Blueprint("reports", __name__)
blueprint.after_request(keep_nowhere)


def show_post_form(error: ForumError | None = None, post_id: int = 0) -> str:
    return _form(SubjectType.POST, post_id, error)


def show_comment_form(error: ForumError | None = None, comment_id: int = 0) -> str:
    return _form(SubjectType.COMMENT, comment_id, error)


@blueprint.get("/posts/<int:post_id>/report")
@signed_in
def ask_post(post_id: int) -> Answer:
    return _ask(SubjectType.POST, post_id)


@blueprint.post("/posts/<int:post_id>/report")
@signed_in
@again(show_post_form)
def report_post(post_id: int) -> Answer:
    return _report(SubjectType.POST, post_id)


@blueprint.get("/comments/<int:comment_id>/report")
@signed_in
def ask_comment(comment_id: int) -> Answer:
    return _ask(SubjectType.COMMENT, comment_id)


@blueprint.post("/comments/<int:comment_id>/report")
@signed_in
@again(show_comment_form)
def report_comment(comment_id: int) -> Answer:
    return _report(SubjectType.COMMENT, comment_id)


@blueprint.get("/reports/<int:report_id>")
@signed_in
def show(report_id: int) -> str:
    return page("reports/show.html", report=queries.get_report_page(current_actor(), ReportId(report_id)))


def _ask(kind: SubjectType, number: int) -> Answer:
    """Who reported it already is shown what became of that."""
    earlier = queries.find_own(current_actor(), kind, number)
    return see(f"/reports/{earlier.id}") if earlier is not None else _form(kind, number)


def _report(kind: SubjectType, number: int) -> Answer:
    form = forms.read(request.form)
    complaint = forms.complaint_of(form)

    def send(actor: Actor) -> str:
        return f"/reports/{commands.report(actor, kind, number, complaint).id}"

    with acting() as actor:
        key = request.form.get("idempotency_key", "")
        address = keys.once(actor.id, f"{kind}:{number}:report", key, (form.reason, form.details), lambda: send(actor))
    return see(address)


def _form(kind: SubjectType, number: int, error: ForumError | None = None) -> str:
    """Raises what getting the subject does, and before anything was sent, why it can't be reported."""
    actor = current_actor()
    subject = get_subject(kind, number, actor)
    if error is None and not policy.can_report(actor, subject):
        raise may_not_report(actor, subject)
    return page(
        "reports/form.html",
        error,
        form=forms.read(request.form),
        subject=subject,
        action=f"/{kind}s/{number}/report",
        reasons=tuple((value, *words) for value, words in REASONS.items()),
    )
