"""Why a backup can't be made or brought back. For operators, so in English."""

from __future__ import annotations

from forum.kernel.errors import Refused


class NotABackup(Refused):
    def __init__(self, why: str) -> None:
        super().__init__(f"This isn't a backup of Kade that can be read: {why}.")


class Damaged(Refused):
    """What is in the file isn't what was put in. Nothing was restored."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The backup is damaged: {what}. Nothing was restored. Use another copy of the file.")


class NotEmpty(Refused):
    def __init__(self) -> None:
        super().__init__(
            "There are members on this site already, and a backup is only restored on an empty one. "
            "Name another database and data folder (FORUM_DATABASE_URL, FORUM_DATA_DIR), or remove what is there."
        )


class FromLaterVersion(Refused):
    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The backup is of a later version of Kade (its database is at {revision}). "
            "Upgrade this checkout first (git pull, make setup), then restore."
        )
