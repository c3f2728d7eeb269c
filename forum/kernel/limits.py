"""Limits of requests: how many forms an address may send. Limits of accounts are in the database (accounts.throttles).

Reading isn't limited here: it costs next to nothing, and the limiter would cost more than the page.
"""

from __future__ import annotations

from flask import Flask, request
from flask_limiter import Limiter

# A class of thirty behind one address can still sign up and write; a script can't flood.
FORMS_PER_ADDRESS = "120 per minute; 1500 per hour"


def address() -> str:
    """The reader's address, from the proxy only where FORUM_TRUSTED_PROXIES says so."""
    return request.remote_addr or "unknown"


limiter = Limiter(key_func=address, headers_enabled=False, swallow_errors=True)


def install(app: Flask, *, redis_url: str | None, enabled: bool) -> None:
    app.config.update(
        RATELIMIT_ENABLED=enabled,
        RATELIMIT_STORAGE_URI=redis_url or "memory://",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=bool(redis_url),
        RATELIMIT_IN_MEMORY_FALLBACK=[FORMS_PER_ADDRESS] if redis_url else None,
        RATELIMIT_APPLICATION=FORMS_PER_ADDRESS,
    )
    limiter.init_app(app)
    limiter.request_filter(lambda: request.method in {"GET", "HEAD", "OPTIONS"})
