"""Invitations: sent by owners, answered by whoever got the letter. Looking at one uses nothing up."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, request
from flask_babel import gettext as _

from forum.accounts import throttles
from forum.accounts.throttles import Limit
from forum.kernel import keys, limits
from forum.kernel.access import Actor, acting, current_actor, public, signed_in
from forum.kernel.answers import Answer, page, see
from forum.kernel.db import transaction
from forum.kernel.errors import ForumError
from forum.kernel.ids import InvitationId
from forum.kernel.refusals import again
from forum.membership import commands, forms, policy, queries
from forum.membership.errors import InvitationDead
from forum.membership.views.claiming import RIGHT_CHOICES
from forum.membership.views.door import blueprint, count_letter, organisation_at, own_organisation
from forum.organisations import policy as organisations
from forum.organisations.bylines import plate_of

# A department of thirty can be invited in an hour; an address list can't.
INVITATIONS = Limit("membership:invitation", 40, timedelta(hours=1))


def show_invitations(error: ForumError | None = None, slug: str = "", invitation_id: int = 0) -> str:  # noqa: ARG001  # in some addresses
    organisation = own_organisation(slug)
    return page(
        "membership/invitations.html",
        error,
        plate=plate_of(organisation),
        is_verified=organisations.is_verified(organisation),
        invitations=queries.open_invitations(organisation.id),
        form=forms.read_place(request.form),
        rights=RIGHT_CHOICES,
    )


@blueprint.get("/organisations/<slug>/invitations")
@signed_in
def invitations(slug: str) -> str:
    return show_invitations(slug=slug)


@blueprint.post("/organisations/<slug>/invitations")
@signed_in
@again(show_invitations)
def invite(slug: str) -> Answer:
    form, key = forms.read_place(request.form), request.form.get("idempotency_key", "")
    count_letter(INVITATIONS, str(current_actor().id))

    def send(actor: Actor) -> str:
        commands.invite(actor, organisation.id, form.whom, form.place)
        return f"/organisations/{organisation.slug}/invitations"

    with acting() as actor:
        organisation = organisation_at(slug, actor)
        name = f"organisation:{organisation.id}:invitations"
        location = keys.once(actor.id, name, key, form.fields, lambda: send(actor))
    return see(location)


@blueprint.post("/organisations/<slug>/invitations/<int:invitation_id>/withdraw")
@signed_in
@again(show_invitations)
def withdraw_invitation(slug: str, invitation_id: int) -> Answer:
    with acting() as actor:
        commands.withdraw_invitation(actor, InvitationId(invitation_id))
    flash(_("Withdrawn: the link in the letter no longer works."), "success")
    return see(f"/organisations/{slug}/invitations")


def show_invitation(error: ForumError | None = None, token: str = "") -> str:
    """Or word that it no longer works."""
    try:
        found = queries.get_invitation(token)
    except InvitationDead as dead:
        return page("membership/invitation.html", error or dead, invitation=None, token="", may_accept=False)
    return page(
        "membership/invitation.html", error, invitation=found, token=token, may_accept=policy.can_send(current_actor())
    )


@blueprint.get("/invitations/<token>")
@public
def look_at_invitation(token: str) -> Answer:
    """Letter boxes open links to look for viruses: that uses nothing up."""
    try:
        queries.get_invitation(token)
    except InvitationDead as dead:
        return show_invitation(token=token), dead.status
    return show_invitation(token=token)


@blueprint.post("/invitations/<token>/accept")
@signed_in
@again(show_invitation)
def accept(token: str) -> Answer:
    with acting() as actor:
        organisation = commands.accept(actor, token)
    flash(_("You belong to %(name)s now.", name=organisation.name), "success")
    return see(f"/organisations/{organisation.slug}/people")


@blueprint.post("/invitations/<token>/decline")
@public
@again(show_invitation)
def decline(token: str) -> Answer:
    with transaction():
        throttles.hit((throttles.TOKEN_ADDRESS, limits.address()))
    with transaction():
        organisation = commands.decline(token)
    flash(_("Declined. %(name)s is told.", name=organisation.name), "success")
    return see("/sign-in" if current_actor().is_anonymous else f"/organisations/{organisation.slug}")
