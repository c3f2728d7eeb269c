"""How organisations are found by name: beginnings of name, city and code, kept with every change of these."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, event, insert, inspect

from forum.kernel.beginnings import beginnings
from forum.organisations.models import Organisation, OrganisationBeginning

FOUND_BY = ("name", "city", "code")


def rows_of(organisation: Any) -> list[dict[str, object]]:
    """`organisation` is the row, or anything with its id and what it's found by."""
    kept = beginnings(organisation.name, organisation.city, organisation.code)
    return [{"owner_id": organisation.id, "key": key, "whole": whole} for key, whole in kept]


@event.listens_for(Organisation, "after_insert")
def _keep(_mapper: Any, connection: Connection, organisation: Organisation) -> None:
    connection.execute(insert(OrganisationBeginning), rows_of(organisation))


@event.listens_for(Organisation, "after_update")
def _keep_again(_mapper: Any, connection: Connection, organisation: Organisation) -> None:
    state = inspect(organisation)
    if any(state.attrs[name].history.has_changes() for name in FOUND_BY):
        connection.execute(delete(OrganisationBeginning).where(OrganisationBeginning.owner_id == organisation.id))
        connection.execute(insert(OrganisationBeginning), rows_of(organisation))
