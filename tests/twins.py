"""A rule in Python and its twin in SQL say the same, for every actor and every thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from forum.kernel.access import Actor
from forum.kernel.db import db


def assert_twin(
    model: Any,
    can_see: Callable[[Actor, Any], bool],
    visible_to: Callable[[Actor], ColumnElement[bool]],
    things: Sequence[Any],
    actors: Iterable[Actor],
) -> None:
    """`things` are all the rows of `model`'s table; both rules are asked about each, for each actor."""
    for actor in actors:
        by_rule = sorted(thing.id for thing in things if can_see(actor, thing))
        by_database = sorted(db.session.scalars(select(model.id).where(visible_to(actor))))
        assert by_database == by_rule, f"{visible_to.__module__} differs for {actor}"
