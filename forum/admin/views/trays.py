"""What waits to be sent or delivered, and what was given up on."""

from __future__ import annotations

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.admin import commands, forms, queries
from forum.admin.trays import Tray
from forum.admin.views.door import blueprint
from forum.kernel.access import acting, administrators
from forum.kernel.answers import Answer, page, see
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again


def show_tray(error: ForumError | None = None, name: str = "", number: int = 0) -> str:  # noqa: ARG001  # of the address
    """`view` is waiting or parked; by default what was given up on."""
    tray, parked = forms.read_tray(name), request.args.get("view") != "waiting"
    read = queries.page_of_letters if tray is Tray.LETTERS else queries.page_of_deliveries
    rows = read(parked=parked, after=request.args.get("after"), before=request.args.get("before"))
    return page("admin/tray.html", error, tray=tray.value, rows=rows, parked=parked, counts=queries.counts_of(tray))


@blueprint.get("/admin/outgoing/<name>")
@administrators
def tray(name: str) -> str:
    return show_tray(name=name)


@blueprint.post("/admin/outgoing/<name>/<int:number>/retry")
@administrators
@again(show_tray)
def retry(name: str, number: int) -> Answer:
    with acting() as actor:
        changed = commands.retry(actor, forms.read_tray(name), number, request.form.get("was", ""))
    flash(_("The worker tries it again now.") if changed else _("It was so already."), "success")
    return see(f"/admin/outgoing/{name}")


@blueprint.post("/admin/outgoing/<name>/<int:number>/discard")
@administrators
@again(show_tray)
def discard(name: str, number: int) -> Answer:
    with acting() as actor:
        changed = commands.discard(actor, forms.read_tray(name), number, request.form.get("was", ""))
    flash(_("It is let go of.") if changed else _("It was so already."), "success")
    return see(f"/admin/outgoing/{name}")


@blueprint.post("/admin/outgoing/<name>/retry")
@administrators
@again(show_tray)
def retry_all(name: str) -> Answer:
    with acting() as actor:
        count = commands.retry_all(actor, forms.read_tray(name))
    flash(ngettext("%(num)s is tried again now.", "%(num)s are tried again now.", count), "success")
    return see(f"/admin/outgoing/{name}")
