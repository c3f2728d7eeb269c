"""How long a drill takes: the suite runs a short form of each, `make drills` the whole one."""

from __future__ import annotations

import os
from dataclasses import dataclass

LONG = os.environ.get("FORUM_TEST_DRILLS") == "long"


@dataclass(frozen=True)
class Size:
    """`comments` are sent by `clients`; something is killed `kills` times, or away for `seconds`."""

    comments: int
    clients: int
    kills: int
    seconds: float


SIZE = Size(comments=1_000, clients=20, kills=10, seconds=10) if LONG else Size(60, 6, 2, 2)
