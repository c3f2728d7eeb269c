"""How levels and what they ask are called."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words
from forum.trust.models import Level, Why

LEVELS: Mapping[int, Words] = {
    Level.NEW: _("New"),
    Level.BASIC: _("Basic"),
    Level.MEMBER: _("Member"),
    Level.REGULAR: _("Regular"),
    Level.LEADER: _("Leader"),
}
FIGURES: Mapping[str, Words] = {
    "posts_opened": _("Posts opened"),
    "comments_read": _("Comments read"),
    "minutes": _("Minutes of reading"),
    "days_visited": _("Days visited"),
    "recommendations_given": _("Recommendations given"),
    "recommendations_received": _("Recommendations received"),
    "days_visited_lately": _("Days visited, of the last 100"),
    "discussions_lately": _("Discussions replied to in the last 100 days"),
    "upheld_reports_lately": _("Reports about you that were upheld in the last 100 days, at most"),
    "penalties": _("Times silenced or suspended in the last six months, at most"),
}
WHYS: Mapping[str, Words] = {
    Why.EARNED: _("earned by taking part"),
    Why.LOST: _("no longer earned"),
    Why.GRANTED: _("granted by an administrator"),
    Why.TAKEN_BACK: _("taken back by an administrator"),
}
