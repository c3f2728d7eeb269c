"""Dates as people write them in a query: 2026-03-01, 2026-03, 2026, today, last month, vorige week, 30 days."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_AGO = re.compile(
    r"(?:last |past |afgelopen |vorige )?(\d{1,3}) ?(day|days|dagen|weeks?|weken|months?|maanden|years?|jaar)"
)
_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365, "j": 365}
_WORDS = {
    "today": 0, "vandaag": 0, "yesterday": 1, "gisteren": 1, "last week": 7, "vorige week": 7, "afgelopen week": 7,
    "week": 7, "last month": 30, "vorige maand": 30, "afgelopen maand": 30, "month": 30, "maand": 30, "last year": 365,
    "vorig jaar": 365, "afgelopen jaar": 365, "year": 365, "jaar": 365,
}  # fmt: skip


def find_start(text: str, now: datetime) -> datetime | None:
    """The beginning of what is said, in UTC; None for what says no date."""
    said = " ".join(text.lower().replace("_", " ").split())
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if said in _WORDS:
        return midnight - timedelta(days=_WORDS[said])
    if ago := _AGO.fullmatch(said):
        return midnight - timedelta(days=int(ago[1]) * _UNITS[ago[2][0]])
    return _date(said)


def _date(said: str) -> datetime | None:
    if found := _ISO.fullmatch(said):
        year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    elif found := _DAY_FIRST.fullmatch(said):
        day, month, year = (int(one) for one in found.groups())
    else:
        return None
    try:
        return datetime(year, month, day, tzinfo=UTC) if year > 1900 else None
    except ValueError:
        return None
