"""What came of a notice, in words for who sent it."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words
from forum.moderation.models import Action

OUTCOMES: Mapping[str, Words] = {
    Action.NO_ACTION: _("We looked at it, and left it as it is."),
    Action.COLLAPSE: _("We collapsed it: readers see that it is there, and its words only on a click."),
    Action.LOCK: _("We closed the discussion: it can be read, and nothing is added to it."),
    Action.REMOVE: _("We removed it."),
    Action.SUSPEND: _("We suspended its author’s account."),
}
