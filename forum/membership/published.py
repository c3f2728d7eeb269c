"""What an organisation publishes to show that a domain is its own, and where."""

from __future__ import annotations

from forum.membership.models import Method

# A label of its own, so that it stands in nobody's way; some providers allow records at the domain itself only.
LABEL = "_kade"
FILE = "/.well-known/kade-verification.txt"


def line_of(challenge: str) -> str:
    """One line, wherever it is published."""
    return f"kade-verification={challenge}"


def place_of(method: str, domain: str) -> str:
    """The name of the record, or the address of the file."""
    return f"{LABEL}.{domain}" if method == Method.DNS else f"https://{domain}{FILE}"
