"""What trust holds about a member."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.personal import Fate, Part, Rows
from forum.trust.models import TrustChange, TrustStanding, VisitMark

_GRANTED = "an administrator's act about somebody else"

PART = Part(
    (
        Rows(TrustStanding.member_id, title=_("Your trust level")),
        Rows(TrustStanding.granted_by_id, Fate.STAYS, why=_GRANTED),
        Rows(TrustChange.member_id, title=_("Changes of your trust level")),
        Rows(TrustChange.by_id, Fate.STAYS, why=_GRANTED),
        Rows(VisitMark.member_id, title=_("How many days you came")),
    )
)
