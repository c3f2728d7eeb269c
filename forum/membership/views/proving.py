"""Proofs: begun, checked, and the code typed in."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, request
from flask_babel import gettext as _

from forum.accounts.throttles import Limit
from forum.kernel.access import acting, current_actor, moderators, signed_in
from forum.kernel.answers import Answer, see
from forum.kernel.errors import ForumError, Invalid
from forum.kernel.ids import MembershipRequestId, ProofId
from forum.kernel.refusals import again
from forum.membership import commands
from forum.membership.errors import WrongCode
from forum.membership.models import Method
from forum.membership.views.applying import show_request
from forum.membership.views.door import blueprint, count_letter

# Letters to an address that somebody else reads: enough for a lost one, too few to be a nuisance.
CODES = Limit("membership:code", 5, timedelta(hours=1))


def _method(name: str) -> Method:
    if name not in set(Method):
        message = _("Choose one of the proofs.")
        raise Invalid(message, {"method": message})
    return Method(name)


@blueprint.post("/membership/<int:request_id>/proofs")
@signed_in
@again(show_request)
def start_proof(request_id: int) -> Answer:
    method = _method(request.form.get("method", ""))
    if method is Method.MAIL:
        count_letter(CODES, str(current_actor().id))
    with acting() as actor:
        commands.start_proof(actor, MembershipRequestId(request_id), method, request.form.get("email", ""))
    return see(f"/membership/{request_id}#proofs")


def show_code_again(error: ForumError, request_id: int, proof_id: int) -> str:  # noqa: ARG001  # the address holds it
    """The form that was sent stands on the request's page."""
    return show_request(error, request_id)


@blueprint.post("/membership/<int:request_id>/proofs/<int:proof_id>/code")
@signed_in
@again(show_code_again)
def enter_code(request_id: int, proof_id: int) -> Answer:
    with acting() as actor:
        left = commands.enter_code(actor, ProofId(proof_id), request.form.get("code", ""))
    if left is not None:
        raise WrongCode(left)
    flash(_("Proven."), "success")
    return see(f"/membership/{request_id}#proofs")


@blueprint.post("/membership/<int:request_id>/proofs/<int:proof_id>/check")
@signed_in
@again(show_code_again)
def check(request_id: int, proof_id: int) -> Answer:
    with acting() as actor:
        commands.ask_check(actor, ProofId(proof_id))
    flash(_("We look within a minute, and then every hour for seven days. Load this page again to see."), "success")
    return see(f"/membership/{request_id}#proofs")


@blueprint.post("/membership/<int:request_id>/proofs/<int:proof_id>/seen")
@moderators
@again(show_code_again)
def see_letter(request_id: int, proof_id: int) -> Answer:
    with acting() as actor:
        commands.see_letter(actor, ProofId(proof_id))
    return see(f"/membership/{request_id}#proofs")
