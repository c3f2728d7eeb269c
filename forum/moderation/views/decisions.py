"""A decision as the person it is about reads it."""

from __future__ import annotations

from forum.kernel.access import current_actor, signed_in
from forum.kernel.answers import page
from forum.kernel.ids import DecisionId
from forum.moderation import queries
from forum.moderation.views.door import blueprint


@blueprint.get("/decisions")
@signed_in
def decisions() -> str:
    return page("moderation/decisions.html", decisions=queries.decisions_about(current_actor()))


@blueprint.get("/decisions/<int:decision_id>")
@signed_in
def decision(decision_id: int) -> str:
    shown = queries.get_decision_page(DecisionId(decision_id), current_actor())
    return page("moderation/decision.html", decision=shown)
