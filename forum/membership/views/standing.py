"""An organisation's verification: what holds, what was asked, another year, another name."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _

from forum.kernel import keys
from forum.kernel.access import Right, acting, current_actor, signed_in
from forum.kernel.answers import Answer, page, see, typed
from forum.kernel.errors import Forbidden, ForumError
from forum.kernel.refusals import again
from forum.membership import commands, forms, queries
from forum.membership.views.door import blueprint, organisation_at, own_organisation
from forum.organisations.bylines import plate_of
from forum.organisations.words import KINDS


def show_standing(error: ForumError | None = None, slug: str = "") -> str:
    actor, organisation = current_actor(), organisation_at(slug)
    is_owner = actor.rights.get(organisation.id) is Right.OWNER
    if not (is_owner or actor.is_moderator):
        raise Forbidden(_("Only this organisation’s owners and moderators see its verification."))
    return page(
        "membership/standing.html",
        error,
        standing=queries.get_standing(organisation),
        is_owner=is_owner,
        may_judge=actor.is_moderator and organisation.id not in actor.rights,
        given={"words": typed("words")},
    )


@blueprint.get("/organisations/<slug>/verification")
@signed_in
def standing(slug: str) -> str:
    return show_standing(slug=slug)


@blueprint.post("/organisations/<slug>/renew")
@signed_in
@again(show_standing)
def renew(slug: str) -> Answer:
    with acting() as actor:
        made = commands.renew(actor, organisation_at(slug, actor).id, request.form.get("words", ""))
    return see(f"/membership/{made.id}")


def show_rename(error: ForumError | None = None, slug: str = "") -> str:
    organisation = own_organisation(slug)
    form = forms.rename_form(organisation, request.form if error else None)
    return page("membership/rename.html", error, plate=plate_of(organisation), form=form, kinds=tuple(KINDS.items()))


@blueprint.get("/organisations/<slug>/rename")
@signed_in
def ask_rename(slug: str) -> str:
    return show_rename(slug=slug)


@blueprint.post("/organisations/<slug>/rename")
@signed_in
@again(show_rename)
def rename(slug: str) -> Answer:
    with acting() as actor:
        organisation = organisation_at(slug, actor)
        form, key = forms.rename_form(organisation, request.form), request.form.get("idempotency_key", "")
        wanted = forms.wanted_of(organisation, form)
        location = keys.once(
            actor.id,
            f"organisation:{organisation.id}:rename",
            key,
            tuple(vars(form).values()),
            lambda: f"/membership/{commands.rename(actor, organisation.id, wanted, form.words).id}",
        )
    return see(location)
