"""Calendar files: RFC 5545."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from forum.kernel.ids import PostId
from forum.posts.calendar import Entry, calendar_of

ENTRY = Entry(
    post_id=PostId(12),
    title="Open day; energy, water",
    summary="Come and see.",
    starts=datetime(2030, 5, 14, 7, 30, tzinfo=UTC),
    ends=datetime(2030, 5, 14, 10, tzinfo=UTC),
    place="Town hall",
    link="https://example.org/live",
    address="https://forum.example/posts/12/open-day",
    host="forum.example",
    changed_at=datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC),
    revision=3,
)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_calendar_holds_one_event() -> None:
    assert unfolded(calendar_of(ENTRY)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kade//Kade//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:post-12@forum.example",
        "DTSTAMP:20300102T030405Z",
        "SEQUENCE:2",
        "DTSTART:20300514T073000Z",
        "DTEND:20300514T100000Z",
        "SUMMARY:Open day\\; energy\\, water",
        "DESCRIPTION:Come and see.\\nhttps://example.org/live\\nhttps://forum.example/posts/12/open-day",
        "LOCATION:Town hall",
        "URL:https://forum.example/posts/12/open-day",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_event_without_place_is_at_its_link() -> None:
    assert "LOCATION:https://example.org/live" in unfolded(calendar_of(replace(ENTRY, place="")))


def test_event_without_end_place_and_link_says_nothing_of_them() -> None:
    lines = unfolded(calendar_of(replace(ENTRY, ends=None, place="", link="")))
    assert [line for line in lines if line.startswith(("DTEND", "LOCATION"))] == []


@pytest.mark.parametrize("title", ["x" * 160, "é" * 160, "😀" * 160, "ab" + "漢" * 100, "\\" * 80, "a" * 67, "a" * 68])
def test_lines_fit_in_75_octets_and_keep_their_characters(title: str) -> None:
    text = calendar_of(replace(ENTRY, title=title))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "SUMMARY:" + title.replace("\\", "\\\\") in unfolded(text)


def test_title_cannot_add_a_line() -> None:
    text = calendar_of(replace(ENTRY, title="a\r\nATTENDEE:x\nb\rc"))
    assert "SUMMARY:a\\nATTENDEE:x\\nb\\nc" in unfolded(text)
    assert text.count("\n") == text.count("\r\n") == text.count("\r")
