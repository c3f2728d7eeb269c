"""Letters that came back: what a mail server says in a delivery report (RFC 3464), read for addresses given up."""

from __future__ import annotations

import email
from email.message import Message
from email.policy import default
from typing import BinaryIO

# A report carries the letter it's about; nobody's is longer.
LONGEST = 5 * 1024 * 1024


def given_up(report: BinaryIO) -> dict[str, str]:
    """Addresses that will never take a letter, with the reason. Delays and reports of success give none."""
    message = email.message_from_bytes(report.read(LONGEST), policy=default)
    found: dict[str, str] = {}
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload():
                if isinstance(block, Message) and _is_final(block):
                    found[_address(block)] = _reason(block)
    found.pop("", None)
    return found


def _is_final(block: Message) -> bool:
    return str(block.get("Action", "")).strip().lower() == "failed" and str(block.get("Status", "")).strip()[:1] == "5"


def _address(block: Message) -> str:
    """The one we wrote to, before anybody forwarded it."""
    named = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    return named.partition(";")[2].strip().strip("<>")


def _reason(block: Message) -> str:
    return " ".join(str(block.get("Diagnostic-Code") or block.get("Status") or "").split())
