"""What is typed into a field of one line: a name, a title, a place."""

from __future__ import annotations

import unicodedata

from forum.kernel.text.source import without_towers, without_unseen


def one_line(raw: str) -> str:
    """NFC, single spaces, nothing at the edges, no characters that act unseen. Cleaning twice changes nothing."""
    return " ".join(unicodedata.normalize("NFC", without_towers(without_unseen(raw))).split())
