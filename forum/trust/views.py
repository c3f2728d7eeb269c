"""One's own trust level, and an administrator's look at somebody else's."""

from __future__ import annotations

from flask import Blueprint, flash, request
from flask_babel import gettext as _

from forum.accounts.queries import get_member
from forum.kernel.access import acting, administrators, current_actor, signed_in
from forum.kernel.answers import Answer, keep_nowhere, page, see
from forum.trust import commands, queries

blueprint = Blueprint("trust", __name__)
blueprint.after_request(keep_nowhere)


@blueprint.get("/settings/trust")
@signed_in
def own() -> str:
    return page("trust/own.html", trust=queries.get_page(current_actor().id))


@blueprint.get("/members/<username>/trust")
@administrators
def show(username: str) -> str:
    return page("trust/show.html", trust=queries.get_page(get_member(username, current_actor()).id))


@blueprint.post("/members/<username>/trust")
@administrators
def change(username: str) -> Answer:
    """`value` is on for a leader, off for what they earn."""
    turn_on = request.form.get("value") != "off"
    with acting() as actor:
        member = get_member(username, actor)
        (commands.grant if turn_on else commands.take_back)(actor, member)
    flash(_("%(name)s is a leader.", name=member.name) if turn_on else _("Back to what they earn."), "success")
    return see(f"/members/{member.username}/trust")
