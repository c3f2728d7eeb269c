"""Doorways of the queue."""

from __future__ import annotations

from forum.moderation.views import cases, decisions, organisations, queue, turns, watched
from forum.moderation.views.door import blueprint

__all__ = ["blueprint", "cases", "decisions", "organisations", "queue", "turns", "watched"]
