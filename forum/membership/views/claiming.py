"""A place in an organisation that is here already: by one's address, or by a moderator's word."""

from __future__ import annotations

from flask import flash, request
from flask_babel import gettext as _

from forum.kernel import keys
from forum.kernel.access import acting, current_actor, signed_in
from forum.kernel.answers import Answer, page, see
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again
from forum.membership import commands, forms, queries
from forum.membership.views.door import blueprint, organisation_at
from forum.organisations.words import RIGHTS, WHAT_RIGHTS_ALLOW

RIGHT_CHOICES = tuple((right, name, WHAT_RIGHTS_ALLOW[right]) for right, name in RIGHTS.items())


def show_claim(error: ForumError | None = None, slug: str = "") -> str:
    claim = queries.claim_page(organisation_at(slug), current_actor())
    return page("membership/claim.html", error, claim=claim, form=forms.read_place(request.form), rights=RIGHT_CHOICES)


@blueprint.get("/organisations/<slug>/claim")
@signed_in
def ask_claim(slug: str) -> str:
    return show_claim(slug=slug)


@blueprint.post("/organisations/<slug>/claim")
@signed_in
@again(show_claim)
def claim(slug: str) -> Answer:
    form = forms.read_place(request.form)
    with acting() as actor:
        organisation = organisation_at(slug, actor)
        name, key = f"organisation:{organisation.id}:claim", request.form.get("idempotency_key", "")
        location = keys.once(
            actor.id,
            name,
            key,
            form.fields,
            lambda: f"/membership/{commands.claim(actor, organisation.id, form.place, form.words).id}",
        )
    return see(location)


@blueprint.post("/organisations/<slug>/join")
@signed_in
@again(show_claim)
def join(slug: str) -> Answer:
    with acting() as actor:
        organisation = organisation_at(slug, actor)
        commands.join(actor, organisation.id, request.form.get("title", ""))
    flash(_("You are a contributor of %(name)s now.", name=organisation.name), "success")
    return see(f"/organisations/{organisation.slug}/people")
