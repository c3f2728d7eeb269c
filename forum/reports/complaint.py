"""What a reporter says, cleaned."""

from __future__ import annotations

from dataclasses import dataclass

from forum.reports.models import Reason


@dataclass(frozen=True)
class Complaint:
    reason: Reason
    details: str
