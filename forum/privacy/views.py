"""One's own data, and the pages that say how the site treats everybody's."""

from __future__ import annotations

from flask import Blueprint, flash, request, send_file
from flask_babel import gettext as _

from forum.accounts.presence import check_password_again
from forum.kernel.access import acting, current_actor, public, signed_in
from forum.kernel.answers import Answer, keep_nowhere, page, see, typed
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again
from forum.privacy import archive, commands, forms, queries, statements
from forum.privacy.errors import NoSuchExport
from forum.privacy.retention import TABLE

blueprint = Blueprint("privacy", __name__)
blueprint.after_request(keep_nowhere)

OWN = "/settings/privacy"


def show_own(error: ForumError | None = None) -> str:
    actor = current_actor()
    return page("privacy/own.html", error, export=queries.export_page(actor), leaving=queries.leaving(actor))


def show_erasure(error: ForumError | None = None) -> str:
    chosen = {name: typed(name, "keep") for name in ("posts", "comments")}
    return page("privacy/erase.html", error, preview=queries.preview(current_actor().id), chosen=chosen)


@blueprint.get(OWN)
@signed_in
def own() -> str:
    return show_own()


@blueprint.post(f"{OWN}/export")
@signed_in
@again(show_own)
def ask_export() -> Answer:
    check_password_again(current_actor().id, request.form.get("password", ""))
    with acting() as actor:
        commands.ask_export(actor)
    return see(OWN)


@blueprint.get(f"{OWN}/export.zip")
@signed_in
def download() -> Answer:
    found = queries.get_ready_export(current_actor())
    path = archive.path_of(found.key)
    if not path.is_file():
        raise NoSuchExport
    answer = send_file(path, "application/zip", as_attachment=True, download_name="kade-data.zip")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.get(f"{OWN}/erase")
@signed_in
def ask_first() -> Answer:
    return see(OWN) if queries.leaving(current_actor()) else show_erasure()


@blueprint.post(f"{OWN}/erase")
@signed_in
@again(show_erasure)
def ask_erasure() -> Answer:
    choices = forms.read_choices(request.form)
    check_password_again(current_actor().id, request.form.get("password", ""))
    with acting() as actor:
        commands.ask_erasure(actor.id, choices)
    return see(OWN)


@blueprint.post(f"{OWN}/stay")
@signed_in
@again(show_own)
def stay() -> Answer:
    with acting() as actor:
        commands.stay(actor.id)
    flash(_("You stay: nothing is erased."), "success")
    return see(OWN)


@blueprint.get("/privacy")
@public
def statement() -> str:
    return page("privacy/statement.html", facts=statements.facts(), table=TABLE)


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    return page("privacy/accessibility.html", facts=statements.facts())
