"""Notifications that this process was told were opened, and hasn't marked yet."""

from __future__ import annotations

from forum.kernel.buffer import Buffer
from forum.kernel.ids import MemberId, NotificationId
from forum.notifications import commands

OPENED: Buffer[tuple[MemberId, NotificationId]] = Buffer(commands.mark_opened)
