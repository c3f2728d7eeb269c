"""How members are found by name: beginnings of name, username and city, kept with every change of these."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, event, insert, inspect

from forum.accounts.models import Member, MemberBeginning
from forum.kernel.beginnings import beginnings

FOUND_BY = ("name", "username", "city")


def rows_of(member: Any) -> list[dict[str, object]]:
    """`member` is the row, or anything with its id and what it's found by."""
    kept = beginnings(member.name, member.username, member.city)
    return [{"owner_id": member.id, "key": key, "whole": whole} for key, whole in kept]


@event.listens_for(Member, "after_insert")
def _keep(_mapper: Any, connection: Connection, member: Member) -> None:
    connection.execute(insert(MemberBeginning), rows_of(member))


@event.listens_for(Member, "after_update")
def _keep_again(_mapper: Any, connection: Connection, member: Member) -> None:
    state = inspect(member)
    if any(state.attrs[name].history.has_changes() for name in FOUND_BY):
        connection.execute(delete(MemberBeginning).where(MemberBeginning.owner_id == member.id))
        connection.execute(insert(MemberBeginning), rows_of(member))
