"""Limits of what a page says was read."""

from __future__ import annotations

# A page of a thread, with the comments above its first one.
MOST_COMMENTS = 120
# A page says how long it was looked at when it is left or hidden; nobody reads one page for longer at a stretch.
LONGEST_S = 20 * 60
# Trust counts reading, not a page left open: without a script nobody knows how long it was, so nothing is counted.
UNKNOWN_S = 0
