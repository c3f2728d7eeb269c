"""The public log and the figures of a year, as pages show them. Nothing here tells of a person or a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from forum.kernel.errors import Words


@dataclass(frozen=True)
class LogRow:
    """`scope_address` is empty for the whole site. `ground_address` leads to the rule."""

    id: int
    made_at: datetime
    action: Words
    lane: Words
    subject: Words
    ground: Words
    ground_address: str
    scope: str
    scope_address: str
    hash: str


@dataclass(frozen=True)
class LanePart:
    """Of one lane in a year. `median_hours` is None where nothing was decided."""

    opened: int = 0
    decided: int = 0
    waiting: int = 0
    in_time: int = 0
    median_hours: float | None = None


@dataclass(frozen=True)
class Figures:
    """Counts by their names in the code. `lanes` by lane; the rest say how often."""

    lanes: Mapping[str, LanePart]
    actions: Mapping[str, int]
    by_machines: Mapping[str, int]
    grounds: Mapping[str, int]
    sources: Mapping[str, int]
    reports: Mapping[str, int]
    notices: int
    statements: int


@dataclass(frozen=True)
class Count:
    name: Words
    count: int


@dataclass(frozen=True)
class LaneRow:
    name: Words
    part: LanePart

    @property
    def in_time(self) -> str:
        return f"{round(100 * self.part.in_time / self.part.decided)} %" if self.part.decided else "–"

    @property
    def median(self) -> str:
        hours = self.part.median_hours
        return "–" if hours is None else f"{hours:.1f} h"


@dataclass(frozen=True)
class YearPage:
    year: int
    years: tuple[int, ...]
    lanes: tuple[LaneRow, ...]
    actions: tuple[Count, ...]
    by_machines: tuple[Count, ...]
    grounds: tuple[Count, ...]
    sources: tuple[Count, ...]
    reports: tuple[Count, ...]
    appeals: tuple[Count, ...]
    notices: int
    statements: int
