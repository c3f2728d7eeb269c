"""Limits of requests: how many forms an address may send. Limits of accounts are in the database (accounts.throttles).

Reading isn't limited here: it costs next to nothing, and the limiter would cost more than the page.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request
from flask_limiter import Limiter

from forum.kernel.access import current_actor

View = TypeVar("View", bound=Callable[..., Any])

# A class of thirty behind one address can still sign up and write; a script can't flood.
FORMS_PER_ADDRESS = "120 per minute; 1500 per hour"
# What scripts send while somebody types: a preview after each pause, a draft every ten seconds. Counted for each
# browser, so that an office behind one address can write.
WHILE_TYPING = "90 per minute; 2400 per hour"


def address() -> str:
    """The reader's address, from the proxy only where FORUM_TRUSTED_PROXIES says so."""
    return request.remote_addr or "unknown"


def browser() -> str:
    """Whose typing it is: the session's, or without one the address's."""
    return sha256((current_actor().session or address()).encode()).hexdigest()


limiter = Limiter(key_func=address, headers_enabled=False, swallow_errors=True)


def install(app: Flask, *, redis_url: str | None, enabled: bool) -> None:
    app.config.update(
        RATELIMIT_ENABLED=enabled,
        RATELIMIT_STORAGE_URI=redis_url or "memory://",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=bool(redis_url),  # the same limits, each process for itself
        RATELIMIT_APPLICATION=FORMS_PER_ADDRESS,
        RATELIMIT_APPLICATION_EXEMPT_WHEN=_is_often,
    )
    limiter.init_app(app)
    limiter.request_filter(lambda: request.method in {"GET", "HEAD", "OPTIONS"})


def often(view: View) -> View:
    """Declare that scripts call this view while somebody types: it has a limit of its own."""
    limited = limiter.limit(WHILE_TYPING, key_func=browser)(view)
    limited.is_often = True  # type: ignore[attr-defined]  # read by _is_often
    return cast(View, limited)


def _is_often() -> bool:
    """Not by exempting the view: that would lift its own limit, too."""
    return getattr(current_app.view_functions.get(request.endpoint or ""), "is_often", False)
