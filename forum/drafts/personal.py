"""What drafts hold about a member: words that they typed and didn't send."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.drafts.models import KeptDraft
from forum.kernel.personal import Part, Rows

PART = Part((Rows(KeptDraft.member_id, title=_("Unsent words")),))
