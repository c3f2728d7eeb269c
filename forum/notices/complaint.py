"""What somebody says in a notice, cleaned."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Complaint:
    """`language` is that of the interface when it was sent; its letters are in it."""

    address: str
    explanation: str
    law: str
    name: str
    email: str
    language: str
