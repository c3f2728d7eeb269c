"""A case: looked at, decided, undone."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, request
from flask_babel import gettext as _

from forum.kernel import keys
from forum.kernel.access import Actor, acting, signed_in
from forum.kernel.answers import Answer, page, see
from forum.kernel.errors import ForumError
from forum.kernel.ids import DecisionId, ItemId
from forum.kernel.paging import cursor_id
from forum.kernel.refusals import again
from forum.moderation import commands, forms, grounds, plugs, queries, tabs
from forum.moderation.forms import DecisionForm
from forum.moderation.models import ReviewItem
from forum.moderation.policy import Reach
from forum.moderation.queries import Told, Wanted
from forum.moderation.views.door import blueprint, reach


def show_item(error: ForumError | None = None, item_id: int = 0) -> str:
    looked_after = reach()
    case = queries.get_case(ItemId(item_id), looked_after)
    item = queries.get_item(ItemId(item_id), looked_after)
    form = _begun(forms.read(request.form), item)
    found = queries.page_of_queue(looked_after, Wanted())
    decided = cursor_id(request.args.get("decided"))
    return page(
        "moderation/case.html",
        error,
        case=case,
        form=form,
        told=_preview(form, item, looked_after) if form.is_preview and error is None else None,
        held=queries.held_words(case.line.id),
        panels=_panels(looked_after, item),
        grounds=grounds.choices(),
        canned=grounds.canned(),
        queue=found,
        tabs=tabs.of_queue(found, Wanted(lane=None, view="case"), "/moderation"),
        decided=queries.undoable(looked_after, DecisionId(decided) if decided else None),
    )


def _begun(form: DecisionForm, item: ReviewItem) -> DecisionForm:
    """With the words that were asked for; on a form that nobody touched, with the ground that a report speaks of."""
    if form.canned:
        return replace(form, ground=form.canned, facts=grounds.words_for(form.canned) or form.facts)
    return form if request.form else replace(form, ground=grounds.suggested(item.reason))


def _panels(looked_after: Reach, item: ReviewItem) -> list[plugs.Panel]:
    made = (panel(looked_after, item) for panel in plugs.panels_of(item.lane))
    return [panel for panel in made if panel is not None]


def _preview(form: DecisionForm, item: ReviewItem, looked_after: Reach) -> Told | None:
    return queries.preview_of(item, form.verdict(), looked_after.actor)


@blueprint.get("/moderation/items/<int:item_id>")
@signed_in
def item(item_id: int) -> str:
    return show_item(item_id=item_id)


@blueprint.post("/moderation/items/<int:item_id>/decide")
@signed_in
@again(show_item)
def decide(item_id: int) -> Answer:
    """Sent twice with one key, decided once. Afterwards the next case."""
    form = forms.read(request.form)
    if form.is_preview or form.canned:
        return show_item(item_id=item_id)
    verdict = form.verdict()

    def act(actor: Actor) -> str:
        decision = commands.decide(actor, ItemId(item_id), verdict)
        return _next(queries.reach_of(actor), ItemId(item_id), decision.id if decision else None)

    with acting() as actor:
        return see(_once(actor, f"item:{item_id}", form, lambda: act(actor)))


@blueprint.post("/moderation/decisions/<int:decision_id>/undo")
@signed_in
def undo(decision_id: int) -> Answer:
    with acting() as actor:
        undone = commands.undo(actor, DecisionId(decision_id))
    flash(_("Undone. It waits again, and nobody was told."), "success")
    return see(f"/moderation/items/{undone.id}")


def _once(actor: Actor, name: str, form: DecisionForm, act: object) -> str:
    """A program that sends no key is held to one decision by the item's version."""
    key = request.form.get("idempotency_key", "")
    return keys.once(actor.id, name, key, form.words, act) if key else act()  # type: ignore[arg-type, operator]  # a function without arguments


def _next(looked_after: Reach, item_id: ItemId, decision_id: DecisionId | None) -> str:
    following = queries.first_waiting(looked_after, item_id)
    address = f"/moderation/items/{following}" if following else "/moderation"
    return f"{address}?decided={decision_id}" if decision_id else address
