"""What this process was told of reading and hasn't written yet."""

from __future__ import annotations

from forum.kernel.buffer import Buffer
from forum.reading import commands
from forum.reading.commands import Seen

SEEN: Buffer[Seen] = Buffer(commands.note)
