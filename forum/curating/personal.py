"""What curating holds about a member."""

from __future__ import annotations

from forum.curating.models import CuratingAct
from forum.kernel.personal import Fate, Part, Rows

_ACT = "a curator's act about a topic, kept so that it can be taken back"

PART = Part(
    (Rows(CuratingAct.actor_id, Fate.STAYS, why=_ACT), Rows(CuratingAct.undone_by_id, Fate.STAYS, why=_ACT)),
)
