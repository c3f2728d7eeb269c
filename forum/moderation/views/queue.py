"""The lists: the whole queue, an organisation's own, and spam in bulk."""

from __future__ import annotations

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.kernel import keys
from forum.kernel.access import Actor, acting, current_actor, signed_in
from forum.kernel.answers import Answer, page, see
from forum.kernel.errors import ForumError, NotFound
from forum.kernel.ids import DecisionId
from forum.kernel.paging import cursor_id
from forum.kernel.refusals import again
from forum.moderation import commands, forms, queries, tabs
from forum.moderation.models import Lane
from forum.moderation.queries import Wanted
from forum.moderation.views.door import blueprint, reach
from forum.organisations import queries as organisations
from forum.organisations.bylines import plate_of

VIEWS = {"open", "asked", "decided", "mine"}


@blueprint.get("/moderation")
@signed_in
def queue() -> str:
    looked_after, wanted = reach(), _wanted()
    found = queries.page_of_queue(looked_after, wanted)
    return page(
        "moderation/queue.html",
        queue=found,
        tabs=tabs.of_queue(found, wanted, "/moderation"),
        wanted=wanted,
        here="/moderation",
        plate=None,
        decided=queries.undoable(looked_after, _decided()),
        is_site=looked_after.actor.is_moderator,
    )


@blueprint.get("/organisations/<slug>/queue")
@signed_in
def organisation_queue(slug: str) -> str:
    organisation, looked_after = organisations.get_organisation(slug, current_actor()), reach()
    if not looked_after.looks_after(organisation.id):
        raise NotFound(_("There is no queue at this address, or it isn’t yours."))
    wanted, here = _wanted(organisation.id), f"/organisations/{organisation.slug}/queue"
    found, decided = queries.page_of_queue(looked_after, wanted), queries.undoable(looked_after, _decided())
    return page(
        "moderation/queue.html", queue=found, tabs=tabs.of_queue(found, wanted, here), wanted=wanted, here=here,
        plate=plate_of(organisation), decided=decided, is_site=False,
    )  # fmt: skip


def show_spam(error: ForumError | None = None) -> str:
    """What is about to be refused, for one look at all of it."""
    wanted = request.form.getlist("item") or request.args.getlist("item")
    lines = queries.lines_with(reach(), [number for number, _version in forms.items_of(wanted)])
    return page("moderation/spam.html", error, lines=lines, wanted=wanted[: commands.MOST_SPAM])


@blueprint.get("/moderation/spam")
@signed_in
def spam() -> str:
    return show_spam()


@blueprint.post("/moderation/spam")
@signed_in
@again(show_spam)
def refuse_spam() -> Answer:
    wanted, key = request.form.getlist("item"), request.form.get("idempotency_key", "")

    def refuse(actor: Actor) -> str:
        done, left = commands.refuse_spam(actor, forms.items_of(wanted))
        flash(ngettext("%(num)s piece of spam refused.", "%(num)s pieces of spam refused.", done), "success")
        if left:
            flash(ngettext("%(num)s was left: it changed.", "%(num)s were left: they changed.", left), "warn")
        return "/moderation"

    with acting() as actor:
        return see(keys.once(actor.id, "moderation:spam", key, wanted, lambda: refuse(actor)))


def _wanted(organisation_id: object = None) -> Wanted:
    """Values that mean nothing are left aside."""
    asked = request.args
    lane, view, topic = asked.get("lane", ""), asked.get("view", "open"), cursor_id(asked.get("topic"))
    return Wanted(
        lane=Lane(lane) if lane in set(Lane) else None,
        view=view if view in VIEWS else "open",
        topic_id=topic,  # type: ignore[arg-type]  # a number out of an address
        organisation_id=organisation_id,  # type: ignore[arg-type]  # an organisation's id or none
        after=asked.get("after", ""),
    )


def _decided() -> DecisionId | None:
    number = cursor_id(request.args.get("decided"))
    return DecisionId(number) if number is not None else None
