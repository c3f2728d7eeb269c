"""What organisations hold about a member: where they belong. Bylines keep what they said, without the person."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.personal import Part, Rows
from forum.organisations.models import Affiliation

PART = Part((Rows(Affiliation.member_id, title=_("Organisations that you belong or belonged to")),))
