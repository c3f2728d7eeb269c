"""Other members: the directory, and blocking."""

from __future__ import annotations

from flask import request

from forum.accounts import commands, directory, queries
from forum.accounts.local_paths import local_path
from forum.accounts.views.door import Answer, blueprint, page, see
from forum.kernel.access import acting, current_actor, public, signed_in


@blueprint.get("/members")
@public
def members() -> Answer:
    asked = request.args
    q, sort = asked.get("q", ""), directory.sort_of(asked.get("sort", ""))
    found = directory.page_of_members(asked.get("after"), asked.get("before"), q, current_actor(), sort)
    return page("members", q=q, sort=sort, members=found)


@blueprint.post("/members/<username>/block")
@signed_in
def block(username: str) -> Answer:
    with acting() as actor:
        member = queries.get_member(username, actor)
        change = commands.unblock if request.form.get("value") == "off" else commands.block
        change(actor, member)
    return see(local_path(request.form.get("next"), f"/members/{member.username}"))
