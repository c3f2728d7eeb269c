"""How long what lasts, and why."""

from __future__ import annotations

from datetime import timedelta

# A week is enough to come back to it; everything about somebody in one file isn't left lying about for longer.
EXPORT_KEPT_FOR = timedelta(days=7)
MAX_FAILURES = 3
# Long enough to notice it by mail and after a holiday of two weeks' work; GDPR art. 12(3) leaves a month.
THINK_FOR = timedelta(days=14)
REMIND_BEFORE = timedelta(days=3)
# Who became an organisation's only owner meanwhile is told, and asked again after this.
POSTPONED_BY = timedelta(days=3)
