"""When people write: by the hour and the day of the week, more each month, and most of it soon after a post.

Moments are seconds since `start`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from math import sqrt
from random import Random

SPAN = timedelta(days=730)
DAY = 86_400.0
HOUR = 3_600.0
# Of a working day, hour by hour in UTC; Europe reads at nine, after lunch and once more in the evening.
_HOURS = (4, 2, 1, 1, 2, 8, 25, 60, 90, 100, 95, 80, 70, 85, 90, 80, 65, 50, 40, 42, 45, 38, 22, 10)
_WEEKEND = 0.4
# The last month of two years sees this many times what the first saw.
GROWTH = 3.0
# Tries before a moment is taken as it is.
PATIENCE = 6


class Rhythm:
    def __init__(self, until: datetime) -> None:
        self.start = until - SPAN
        self.end = SPAN.total_seconds()
        first = self.start.weekday()
        days = [_WEEKEND if (first + day) % 7 > 4 else 1.0 for day in range(7)]
        self._likely = [day * hour / 100 for day in days for hour in _HOURS]

    def at(self, moment: float) -> datetime:
        return self.start + timedelta(seconds=moment)

    def posts(self, rng: Random, count: int) -> list[float]:
        """When so many posts appeared, in order. The last hour is kept for their comments."""
        return sorted(self._busy(rng, self._grown) for _ in range(count))

    def comments(self, rng: Random, after: float, count: int) -> list[float]:
        """When so many comments came on a post, in order, each later than the one before."""
        found = sorted(self._busy(rng, lambda rng: self._reaction(rng, after)) for _ in range(count))
        last = after
        for number, moment in enumerate(found):
            last = found[number] = max(moment, last + 0.001)
        return found

    def soon(self, rng: Random, after: float) -> float:
        """A moment within some days, never after the end."""
        return min(after + rng.expovariate(1 / (2 * DAY)), self.end)

    def _busy(self, rng: Random, draw: Callable[[Random], float]) -> float:
        moment = draw(rng)
        for _ in range(PATIENCE):
            if rng.random() < self._likely[int(moment % (7 * DAY) // HOUR)]:
                break
            moment = draw(rng)
        return moment

    def _grown(self, rng: Random) -> float:
        """Likelier the later: the density rises in a line from 1 to GROWTH."""
        u, rise = rng.random(), GROWTH - 1
        return (sqrt(1 + u * rise * (2 + rise)) - 1) / rise * (self.end - HOUR)

    def _reaction(self, rng: Random, after: float) -> float:
        """Half of them within hours, most within days, and some come across it a year later."""
        luck = rng.random()
        if luck < 0.5:
            moment = after + rng.lognormvariate(1.3, 1.1) * HOUR
        elif luck < 0.88:
            moment = after + rng.lognormvariate(0.9, 0.9) * DAY
        else:
            moment = after + rng.paretovariate(0.7) * 5 * DAY
        return moment if moment < self.end else after + rng.random() * (self.end - after)
