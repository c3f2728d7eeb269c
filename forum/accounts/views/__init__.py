"""Doorways of accounts."""

from __future__ import annotations

from forum.accounts.views import confirming, entering, joining, members, preferences, resetting, settings
from forum.accounts.views.door import blueprint

__all__ = ["blueprint", "confirming", "entering", "joining", "members", "preferences", "resetting", "settings"]
