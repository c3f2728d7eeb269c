"""What a bookmark's form sends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from flask_babel import lazy_gettext as _

from forum.bookmarks.policy import FURTHEST, MAX_NOTE
from forum.kernel import clock
from forum.kernel.errors import Invalid
from forum.kernel.text.source import without_unseen

# A reminder comes with the morning of its day, in Europe and around it.
MORNING = time(6, tzinfo=UTC)


def read_switch(form: Mapping[str, str]) -> bool:
    """Raises Invalid."""
    value = form.get("value")
    if value not in {"on", "off"}:
        raise Invalid(_("Send value=on to bookmark, or value=off to take it back."))
    return value == "on"


def read_note(form: Mapping[str, str], before: datetime | None) -> tuple[str, datetime | None]:
    """Note and time of the reminder. `before` is the reminder's until now, which may lie in the past and stay.

    Raises Invalid.
    """
    note = without_unseen(form.get("note", "")).replace("\r\n", "\n").strip()
    if len(note) > MAX_NOTE:
        message = _("Shorten the note to %(most)s characters.", most=MAX_NOTE)
        raise Invalid(message, {"note": message})
    return note, _read_day(form.get("remind_on", "").strip(), before)


def day_of(moment: datetime | None) -> str:
    """As a date field shows it."""
    return moment.date().isoformat() if moment else ""


def _read_day(text: str, before: datetime | None) -> datetime | None:
    if not text:
        return None
    if text == day_of(before):
        return before
    try:
        moment = datetime.combine(date.fromisoformat(text), MORNING)
    except ValueError:
        message = _("Write the day as year-month-day, such as 2026-11-30.")
        raise Invalid(message, {"remind_on": message}) from None
    if not clock.now().date() < moment.date() <= (clock.now() + FURTHEST).date():
        message = _("Choose a day after today, within five years.")
        raise Invalid(message, {"remind_on": message})
    return moment
