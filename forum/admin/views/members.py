"""Members: find one, change their role, sign them out."""

from __future__ import annotations

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.admin import commands, forms, queries
from forum.admin.views.door import blueprint
from forum.admin.words import ROLES, STATES, WHAT_ROLES_ALLOW
from forum.kernel.access import acting, administrators, current_actor
from forum.kernel.answers import Answer, page, see
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again


@blueprint.get("/admin/members")
@administrators
def members() -> str:
    wanted = forms.read_members(request.args)
    found = queries.page_of_members(wanted)
    return page(
        "admin/members.html", wanted=wanted, members=found, states=tuple(STATES.items()), roles=tuple(ROLES.items())
    )


def show_member(error: ForumError | None = None, username: str = "") -> str:
    member = queries.get_member_page(username, current_actor(), request.args.get("after"))
    return page("admin/member.html", error, member=member, roles=tuple(ROLES.items()))


@blueprint.get("/admin/members/<username>")
@administrators
def member(username: str) -> str:
    return show_member(username=username)


@blueprint.get("/admin/members/<username>/role")
@administrators
def ask_role(username: str) -> str:
    """Asks once more before a role is changed, and says what that means."""
    role = forms.read_role(request.args)
    found = queries.get_member_page(username, current_actor())
    return page("admin/role.html", member=found, role=role, role_name=ROLES[role], allows=WHAT_ROLES_ALLOW[role])


@blueprint.post("/admin/members/<username>/role")
@administrators
@again(show_member)
def change_role(username: str) -> Answer:
    role = forms.read_role(request.form)
    with acting() as actor:
        changed = commands.change_role(actor, username, role, request.form.get("was", ""))
    flash(_("The role is changed, and they sign in again.") if changed else _("It was so already."), "success")
    return see(f"/admin/members/{username}")


@blueprint.post("/admin/members/<username>/sign-out")
@administrators
@again(show_member)
def end_sessions(username: str) -> Answer:
    with acting() as actor:
        count = commands.end_sessions(actor, username)
    flash(ngettext("%(num)s browser was signed out.", "%(num)s browsers were signed out.", count), "success")
    return see(f"/admin/members/{username}")
