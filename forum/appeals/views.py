"""Appeal a decision, and follow the appeal."""

from __future__ import annotations

from flask import Blueprint, request

from forum.accounts import throttles
from forum.accounts.throttles import NOTICE_ADDRESS
from forum.appeals import commands, forms, queries
from forum.appeals.queries import Appealed
from forum.kernel import keys, limits
from forum.kernel.access import Actor, acting, current_actor, public, signed_in
from forum.kernel.answers import Answer, keep_nowhere, page, see, typed
from forum.kernel.db import transaction
from forum.kernel.errors import ForumError
from forum.kernel.ids import AppealId, DecisionId
from forum.kernel.refusals import again
from forum.notices.queries import get_notice

blueprint = Blueprint("appeals", __name__)
blueprint.after_request(keep_nowhere)


def show_form(error: ForumError | None = None, decision_id: int = 0) -> str:
    appealed = queries.get_appealed(current_actor(), DecisionId(decision_id))
    return _form(appealed, f"/decisions/{decision_id}/appeal", error)


@blueprint.get("/decisions/<int:decision_id>/appeal")
@signed_in
def ask(decision_id: int) -> Answer:
    appealed = queries.get_appealed(current_actor(), DecisionId(decision_id))
    if appealed.earlier is not None:
        return see(f"/appeals/{appealed.earlier.id}")
    return _form(appealed, f"/decisions/{decision_id}/appeal")


@blueprint.post("/decisions/<int:decision_id>/appeal")
@signed_in
@again(show_form)
def appeal(decision_id: int) -> Answer:
    words = forms.words_of(request.form)

    def send(actor: Actor) -> str:
        return f"/appeals/{commands.appeal(actor, DecisionId(decision_id), words).id}"

    with acting() as actor:
        key = request.form.get("idempotency_key", "")
        address = keys.once(actor.id, f"appeal:{decision_id}", key, (words,), lambda: send(actor))
    return see(address)


@blueprint.get("/appeals/<int:appeal_id>")
@signed_in
def show(appeal_id: int) -> str:
    shown = queries.get_appeal_page(current_actor(), AppealId(appeal_id))
    return page("appeals/show.html", appeal=shown, back="")


def show_notice_form(error: ForumError | None = None, reference: str = "") -> str:
    appealed = queries.get_appealed_by_notice(get_notice(reference))
    return _form(appealed, f"/notices/{reference}/appeal", error)


@blueprint.get("/notices/<reference>/appeal")
@public
def ask_for_notice(reference: str) -> str:
    """The form, or the appeal that was sent before."""
    notice = get_notice(reference)
    earlier = queries.find_appeal_of_notice(notice)
    if earlier is not None:
        return page("appeals/show.html", appeal=queries.page_of(earlier), back=f"/notices/{notice.reference}")
    return show_notice_form(reference=reference)


@blueprint.post("/notices/<reference>/appeal")
@public
@again(show_notice_form)
def appeal_for_notice(reference: str) -> Answer:
    words = forms.words_of(request.form)
    with transaction():
        throttles.hit((NOTICE_ADDRESS, limits.address()))
        commands.appeal_notice(get_notice(reference), words)
    return see(f"/notices/{reference}/appeal")


def _form(appealed: Appealed, action: str, error: ForumError | None = None) -> str:
    decision = queries.line_of(appealed.decision, appealed.item)
    return page("appeals/form.html", error, decision=decision, action=action, words=typed("words"))
