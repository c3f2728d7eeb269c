"""How reasons and outcomes of reports are called."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words
from forum.reports.models import Outcome, Reason

REASONS: Mapping[str, tuple[Words, Words]] = {
    Reason.SPAM: (_("Spam or advertising"), _("It sells something, or is sent everywhere.")),
    Reason.OFF_TOPIC: (_("Off topic"), _("It doesn’t belong in this discussion.")),
    Reason.RUDE: (_("Rude or hateful"), _("It attacks people and not what they say.")),
    Reason.PERSONAL_DATA: (_("Personal data"), _("It tells what somebody didn’t make public.")),
    Reason.ILLEGAL: (_("Illegal"), _("It breaks the law. Say which one below.")),
    Reason.OTHER: (_("Something else"), _("Say what, below.")),
}
OUTCOMES: Mapping[str, Words] = {
    Outcome.OPEN: _("A moderator looks at it, usually within 48 hours."),
    Outcome.UPHELD: _("A moderator agreed that something was wrong."),
    Outcome.REJECTED: _("A moderator looked at it, and it is in order."),
}
