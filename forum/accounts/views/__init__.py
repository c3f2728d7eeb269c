"""Doorways of accounts."""

from __future__ import annotations

from forum.accounts.views import (
    alone,
    confirming,
    entering,
    joining,
    members,
    preferences,
    resetting,
    security,
    settings,
    step,
)
from forum.accounts.views.door import blueprint

__all__ = [
    "alone",
    "blueprint",
    "confirming",
    "entering",
    "joining",
    "members",
    "preferences",
    "resetting",
    "security",
    "settings",
    "step",
]
