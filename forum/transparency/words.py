"""What lines of the log and figures are called."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words
from forum.moderation import words
from forum.moderation.models import SubjectType

# Verbs of the log that aren't decisions of a lane; others are shown as they are written.
VERBS: Mapping[str, Words] = {
    **words.OUTCOMES,
    "undo": _("decision taken back within a minute"),
    "reverse": _("decision reversed"),
    "end": _("restriction ended by its date"),
    "feature": _("featured"),
    "unfeature": _("no longer featured"),
    "pin": _("pinned"),
    "unpin": _("no longer pinned"),
    "move": _("moved to another topic"),
    "merge": _("topic merged"),
    "close": _("discussion closed"),
    "reopen": _("discussion opened again"),
    "role": _("role changed"),
}
SUBJECTS: Mapping[str, Words] = {
    SubjectType.POST: _("Post"),
    SubjectType.COMMENT: _("Comment"),
    SubjectType.MEMBER: _("Account"),
    SubjectType.APPLICATION: _("Application"),
    SubjectType.DECISION: _("Decision"),
    "topic": _("Topic"),
}
SOURCES: Mapping[str, Words] = {
    "SOURCE_VOLUNTARY": _("Found by ourselves or our checks"),
    "SOURCE_TYPE_OTHER_NOTIFICATION": _("Reported by members"),
    "SOURCE_TRUSTED_FLAGGER": _("Reported by a trusted reporter"),
    "SOURCE_ARTICLE_16": _("Notice of illegal content"),
}
