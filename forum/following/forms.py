"""What a follow button says."""

from __future__ import annotations

from collections.abc import Mapping

from forum.following.errors import NoSuchLevel
from forum.following.models import Level

ON, OFF = "on", "off"


def read_level(sent: Mapping[str, str]) -> Level | None:
    """None for off. Raises NoSuchLevel."""
    value = sent.get("value", "")
    if value == OFF:
        return None
    if value == ON:
        return Level.EVERY
    if value not in list(Level):
        raise NoSuchLevel
    return Level(value)
