"""What administrators do. Each act twice is once, is refused from a stale form, and is kept with who and when."""

from __future__ import annotations

from forum.admin.commands.members import change_role, end_sessions
from forum.admin.commands.settings import change_setting
from forum.admin.commands.trays import discard, retry, retry_all

__all__ = ["change_role", "change_setting", "discard", "end_sessions", "retry", "retry_all"]
