"""The two trays of the worker, and what tells one look at a row from a later one."""

from __future__ import annotations

from enum import StrEnum

from forum.kernel.mailer import StoredLetter
from forum.kernel.outbox import Delivery


class Tray(StrEnum):
    LETTERS = "letters"
    DELIVERIES = "deliveries"


def version_of(row: StoredLetter | Delivery) -> str:
    return f"{row.state}-{row.attempts}"
