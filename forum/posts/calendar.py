"""An event as a file for calendars: iCalendar, RFC 5545."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from forum.kernel.ids import PostId

# RFC 5545 §3.1: a line is at most 75 octets; the next one starts with a space.
MAX_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class Entry:
    """`address` is absolute; `host` is that of FORUM_BASE_URL; `revision` counts edits, from 1."""

    post_id: PostId
    title: str
    summary: str
    starts: datetime
    ends: datetime | None
    place: str
    link: str
    address: str
    host: str
    changed_at: datetime
    revision: int


def calendar_of(entry: Entry) -> str:
    """A calendar with one event, in lines ended by CR LF. Equal entries give equal files."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kade//Kade//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        *_event(entry),
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry) -> Iterator[str]:
    yield f"UID:post-{entry.post_id}@{entry.host}"
    yield f"DTSTAMP:{_utc(entry.changed_at)}"
    yield f"SEQUENCE:{entry.revision - 1}"
    yield f"DTSTART:{_utc(entry.starts)}"
    if entry.ends is not None:
        yield f"DTEND:{_utc(entry.ends)}"
    yield f"SUMMARY:{_escaped(entry.title)}"
    yield f"DESCRIPTION:{_escaped(_description(entry))}"
    if entry.place or entry.link:
        yield f"LOCATION:{_escaped(entry.place or entry.link)}"
    yield f"URL:{entry.address}"


def _description(entry: Entry) -> str:
    return "\n".join(part for part in (entry.summary, entry.link, entry.address) if part)


def _escaped(text: str) -> str:
    """RFC 5545 §3.3.11."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPES)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _folded(line: str) -> Iterator[str]:
    """Cut between characters, never inside one."""
    part, room = "", MAX_OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            yield part
            part, room = " ", MAX_OCTETS - 1
        part += character
        room -= size
    yield part
