"""Whoever has the command line may do what an administrator may, without being a member."""

from __future__ import annotations

from forum.kernel.access import Actor, Role
from forum.kernel.ids import MemberId

# No member has the id 0, so the database refuses to store anything as said or done by this actor.
OPERATOR = Actor(member_id=MemberId(0), username="operator", role=Role.ADMIN)
