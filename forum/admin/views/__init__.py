"""Pages of administrators."""

from __future__ import annotations

from forum.admin.views import acts, health, members, metrics, organisations, settings, topics, trays
from forum.admin.views.door import blueprint

__all__ = ["acts", "blueprint", "health", "members", "metrics", "organisations", "settings", "topics", "trays"]
