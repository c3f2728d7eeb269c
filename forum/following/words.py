"""How much one hears of what one follows, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.following.models import Level

LEVELS = (
    (Level.EVERY.value, _("Every post")),
    (Level.HIGHLIGHTS.value, _("Highlights")),
    (Level.MUTED.value, _("Nothing: muted")),
)
THREAD_LEVELS = (
    (Level.EVERY.value, _("Every comment")),
    (Level.HIGHLIGHTS.value, _("Official replies and the answer")),
    (Level.MUTED.value, _("Nothing: muted")),
)
