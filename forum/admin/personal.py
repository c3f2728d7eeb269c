"""What the record of administrators' acts holds about a member."""

from __future__ import annotations

from forum.admin.models import Act
from forum.kernel.personal import Fate, Part, Rows

_ACT = "an administrator's act, which has to be accounted for"

PART = Part((Rows(Act.actor_id, Fate.STAYS, why=_ACT), Rows(Act.member_id, Fate.STAYS, why=_ACT)))
