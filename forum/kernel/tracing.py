"""An id for each request that reaches the application: in its log lines, on its answer, on the page of an error.

A proxy may give one; what doesn't look like an id is replaced, so that nobody writes into the log. Pages from the front
door have none: nothing is logged about them.
"""

from __future__ import annotations

import re
import secrets

import structlog
from flask import Flask, Response, g, has_app_context, request

HEADER = "X-Request-Id"
GIVEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{7,63}")


def install(app: Flask) -> None:
    """Before whatever else looks at a request."""
    app.before_request(_begin)
    app.after_request(_tell)
    app.teardown_request(_end)
    app.context_processor(lambda: {"reference": reference()})


def reference() -> str:
    """This request's id; empty outside of one."""
    found: str = g.get("request_id", "") if has_app_context() else ""
    return found


def _begin() -> None:
    given = request.headers.get(HEADER, "")
    g.request_id = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_id)


def _tell(response: Response) -> Response:
    if "request_id" in g:
        response.headers[HEADER] = g.request_id
    return response


def _end(_error: BaseException | None) -> None:
    """A thread answers other requests after this one."""
    structlog.contextvars.clear_contextvars()
