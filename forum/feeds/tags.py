"""Ids that never change, whatever becomes of titles and addresses: tag URIs (RFC 4151)."""

from __future__ import annotations

from urllib.parse import urlsplit

# A day on which whoever runs the site held its name; part of every id, so it stays.
DAY = "2026-01-01"


def authority_of(base_url: str, chosen: str) -> str:
    """Whose ids they are: the site's setting `feed-ids`, else the host of its address."""
    return chosen or urlsplit(base_url).hostname or "localhost"


def tag(authority: str, kind: str, key: object) -> str:
    """Such as tag:forum.example,2026-01-01:posts/12."""
    return f"tag:{authority},{DAY}:{kind}/{key}"
