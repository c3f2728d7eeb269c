"""How a lane plugs into the queue: what its decisions do, and what its cases show.

The one table of plugs is `LANES` in forum/wiring.py. A lane's row and a module with its functions are all it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forum.kernel.access import Actor
from forum.moderation.models import Action, Decision, Lane, ReviewItem
from forum.moderation.policy import Reach

Memory = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """What a moderator wants: the fields of the decision form. `more` holds a lane's own fields.

    `version` is the item's as the moderator saw it.
    """

    version: int
    action: Action
    ground: str = ""
    law: str = ""
    facts: str = ""
    until: datetime | None = None
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """What an effect gets. The item's row is taken: nobody else decides it at this moment."""

    actor: Actor
    item: ReviewItem
    verdict: Verdict


@dataclass(frozen=True)
class Undoing:
    """What the way back gets. `actor` is who decided, or the system where an appeal reverses."""

    item: ReviewItem
    decision: Decision
    actor: Actor | None


@dataclass(frozen=True)
class Restriction:
    """What a statement of reasons says was restricted, in the transparency database's words."""

    visibility: str = ""
    account: str = ""


@dataclass(frozen=True)
class Effect:
    """What a decision does. `do` gives back, as JSON, what `undo` needs; raises a ForumError to refuse.

    `restricts` is set where a statement of reasons is due. `ends` is False where the item goes on waiting (ask).
    """

    do: Callable[[Case], Memory]
    undo: Callable[[Undoing], None]
    restricts: Restriction | None = None
    ends: bool = True


@dataclass(frozen=True)
class Panel:
    """A part of a case's page: a template of one's own and the record it draws, called `panel` there."""

    template: str
    record: Any


@dataclass(frozen=True)
class Plug:
    """One lane. `take` locks the rows that its effects change, before the item, in the order that everybody keeps:
    member, organisation, post, comments. `look` is what a claim changes of what it's about. `panels` give what the case
    shows beside the subject, in order; each may give None."""

    effects: Mapping[Action, Effect]
    take: Callable[[ReviewItem], None] = lambda _item: None
    look: Callable[[Actor, ReviewItem], None] = lambda _actor, _item: None
    panels: tuple[Callable[[Reach, ReviewItem], Panel | None], ...] = ()


_lanes: dict[Lane, Plug] = {}


def connect(lanes: Mapping[Lane, Plug]) -> None:
    """Called once by the application, with the table of forum/wiring.py."""
    _lanes.clear()
    _lanes.update(lanes)


def effect_of(lane: str, action: str) -> Effect | None:
    plug = _lanes.get(Lane(lane))
    return plug.effects.get(Action(action)) if plug else None


def take(item: ReviewItem) -> None:
    plug = _lanes.get(Lane(item.lane))
    if plug:
        plug.take(item)


def look(actor: Actor, item: ReviewItem) -> None:
    plug = _lanes.get(Lane(item.lane))
    if plug:
        plug.look(actor, item)


def panels_of(lane: str) -> tuple[Callable[[Reach, ReviewItem], Panel | None], ...]:
    plug = _lanes.get(Lane(lane))
    return plug.panels if plug else ()
