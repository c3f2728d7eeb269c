"""The site's settings."""

from __future__ import annotations

from flask import flash, request
from flask_babel import gettext as _

from forum.admin import commands, queries
from forum.admin.views.door import blueprint
from forum.kernel.access import acting, administrators
from forum.kernel.answers import Answer, page, see, typed
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again


@blueprint.get("/admin/settings")
@administrators
def settings() -> str:
    return page("admin/settings.html", settings=queries.all_settings())


def show_setting(error: ForumError | None = None, name: str = "") -> str:
    setting = queries.get_setting_row(name)
    changes = queries.page_of_changes(name, request.args.get("after"), request.args.get("before"))
    return page("admin/setting.html", error, setting=setting, value=typed("value", setting.value), changes=changes)


@blueprint.get("/admin/settings/<name>")
@administrators
def setting(name: str) -> str:
    return show_setting(name=name)


@blueprint.post("/admin/settings/<name>")
@administrators
@again(show_setting)
def change_setting(name: str) -> Answer:
    """`was`: the value that the form showed; `default`: go back to it."""
    value = None if request.form.get("default") else request.form.get("value", "")
    with acting() as actor:
        changed = commands.change_setting(actor, name, value, request.form.get("was", ""))
    flash(_("Saved.") if changed else _("It was so already."), "success")
    return see(f"/admin/settings/{name}")
