"""What robots are asked (RFC 9309): to leave alone what differs by reader, and the same lists in other orders."""

from __future__ import annotations

CLOSED = (
    "/admin", "/bookmarks", "/confirm", "/drafts", "/moderation", "/notifications", "/reset-password", "/search",
    "/settings", "/sign-in", "/sign-out", "/sign-up", "/unsubscribe", "/posts/new", "/posts/*/edit", "/*/history",
    "/*/report", "/comments/*/reply", "/*?*sort=", "/*?*tab=", "/*?*q=",
)  # fmt: skip


def rules(site: str) -> str:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "", f"Sitemap: {site}/sitemap.xml", ""]
    return "\n".join(lines)
