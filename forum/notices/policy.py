"""What a notice has to be, and how long it is kept with the name of who sent it."""

from __future__ import annotations

from datetime import timedelta

MAX_ADDRESS = 2_000
MAX_EXPLANATION = 10_000
MAX_LAW = 300
MAX_NAME = 100
# The time to appeal has passed by then, and a court case would have begun.
NAMES_KEPT_FOR = timedelta(days=400)
