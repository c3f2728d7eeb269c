"""What reports do when a moderator has decided: who reported is told, and their judgement is remembered."""

from __future__ import annotations

from forum.kernel.ids import DecisionId, ItemId
from forum.moderation.events import DecisionSettled, DecisionUndone
from forum.moderation.models import Action, Lane
from forum.reports import commands, mail, queries
from forum.reports.models import Outcome


def tell_reporters(event: DecisionSettled) -> None:
    """Twice is once: settled reports aren't told again."""
    if event.lane != Lane.REPORTS:
        return
    waiting = [one for one in queries.reports_of_item(ItemId(event.item_id)) if one.outcome == Outcome.OPEN]
    outcome = Outcome.REJECTED if event.action == Action.KEEP else Outcome.UPHELD
    commands.settle(ItemId(event.item_id), DecisionId(event.decision_id), outcome)
    for report in waiting:
        mail.tell_outcome(report.reporter_id, report.id, outcome)


def turn_outcomes(event: DecisionUndone) -> None:
    """Before the minute has passed nobody was told, and nothing is found."""
    if event.lane == Lane.REPORTS:
        commands.turn(DecisionId(event.decision_id))
