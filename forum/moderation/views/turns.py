"""Whose turn it is, and what moderators tell each other."""

from __future__ import annotations

from flask import flash, request
from flask_babel import gettext as _

from forum.kernel.access import acting, signed_in
from forum.kernel.answers import Answer, see
from forum.kernel.ids import ItemId, MemberId
from forum.kernel.paging import cursor_id
from forum.kernel.refusals import again
from forum.moderation import commands
from forum.moderation.views.cases import show_item
from forum.moderation.views.door import blueprint


@blueprint.post("/moderation/items/<int:item_id>/claim")
@signed_in
def claim(item_id: int) -> Answer:
    """`value` is on or off."""
    with acting() as actor:
        act = commands.release if request.form.get("value") == "off" else commands.claim
        act(actor, ItemId(item_id))
    return see(f"/moderation/items/{item_id}")


@blueprint.post("/moderation/items/<int:item_id>/hand-over")
@signed_in
@again(show_item)
def hand_over(item_id: int) -> Answer:
    to = MemberId(cursor_id(request.form.get("to")) or 0)
    with acting() as actor:
        commands.hand_over(actor, ItemId(item_id), to, request.form.get("note", ""))
    flash(_("Handed over."), "success")
    return see("/moderation")


@blueprint.post("/moderation/items/<int:item_id>/escalate")
@signed_in
@again(show_item)
def escalate(item_id: int) -> Answer:
    version = cursor_id(request.form.get("version")) or 0
    with acting() as actor:
        commands.escalate(actor, ItemId(item_id), version, request.form.get("note", ""))
    flash(_("Escalated: somebody one level up decides."), "success")
    return see("/moderation")


@blueprint.post("/moderation/items/<int:item_id>/notes")
@signed_in
@again(show_item)
def note(item_id: int) -> Answer:
    with acting() as actor:
        commands.note(actor, ItemId(item_id), request.form.get("note", ""))
    return see(f"/moderation/items/{item_id}#notes")
