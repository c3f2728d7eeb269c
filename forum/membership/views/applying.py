"""Find one's organisation, or apply for it; then follow the application to its end."""

from __future__ import annotations

from flask import request

from forum.kernel import keys
from forum.kernel.access import Actor, acting, current_actor, signed_in
from forum.kernel.answers import Answer, page, see, typed
from forum.kernel.errors import ForumError
from forum.kernel.ids import MembershipRequestId
from forum.kernel.refusals import again
from forum.membership import commands, forms, policy, queries
from forum.membership.forms import ApplicationForm
from forum.membership.models import RequestKind
from forum.membership.views.door import blueprint
from forum.organisations.words import KINDS


def show_start(error: ForumError | None = None) -> str:
    start = queries.start_page(current_actor(), request.args.get("q", ""))
    form = forms.read_application(request.form) if error else ApplicationForm(name=start.said)
    return page("membership/start.html", error, start=start, form=form, kinds=tuple(KINDS.items()))


@blueprint.get("/organisations/apply")
@signed_in
def start() -> str:
    return show_start()


@blueprint.post("/organisations/apply")
@signed_in
@again(show_start)
def apply() -> Answer:
    form = forms.read_application(request.form)
    application = forms.application_of(form)

    def begin(actor: Actor) -> str:
        return f"/membership/{commands.start(actor, application).id}"

    with acting() as actor:
        key = request.form.get("idempotency_key", "")
        location = keys.once(actor.id, "organisation:apply", key, form.words, lambda: begin(actor))
    return see(location)


def show_request(error: ForumError | None = None, request_id: int = 0) -> str:
    actor = current_actor()
    shown = queries.get_request(MembershipRequestId(request_id), actor)
    return page(
        "membership/request.html",
        error,
        request=shown,
        is_mine=shown.applicant.id == actor.member_id or shown.line.plate.id in actor.rights,
        is_application=shown.kind == RequestKind.APPLICATION,
        may_send=policy.can_send(actor),
        given={name: typed(name) for name in ("answer", "email", "code")} | {"words": typed("words", shown.words)},
    )


@blueprint.get("/membership/<int:request_id>")
@signed_in
def show(request_id: int) -> str:
    return show_request(request_id=request_id)


@blueprint.post("/membership/<int:request_id>/submit")
@signed_in
@again(show_request)
def submit(request_id: int) -> Answer:
    with acting() as actor:
        commands.submit(actor, MembershipRequestId(request_id), request.form.get("words", ""))
    return see(f"/membership/{request_id}")


@blueprint.post("/membership/<int:request_id>/answer")
@signed_in
@again(show_request)
def answer(request_id: int) -> Answer:
    with acting() as actor:
        commands.answer(actor, MembershipRequestId(request_id), request.form.get("answer", ""))
    return see(f"/membership/{request_id}")


@blueprint.post("/membership/<int:request_id>/withdraw")
@signed_in
@again(show_request)
def withdraw(request_id: int) -> Answer:
    with acting() as actor:
        commands.withdraw(actor, MembershipRequestId(request_id))
    return see(f"/membership/{request_id}")


@blueprint.post("/membership/<int:request_id>/again")
@signed_in
@again(show_request)
def start_again(request_id: int) -> Answer:
    with acting() as actor:
        made = commands.start_again(actor, MembershipRequestId(request_id))
    return see(f"/membership/{made.id}")
