"""Every refusal becomes a page here, and nothing typed is lost on the way.

A view that takes a form says with `@again(render)` how to show that form once more; `render(error, **view_args)` gets
the words from `request.form`. What another origin sent is never echoed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, current_app, make_response, render_template, request
from flask_babel import lazy_gettext as _
from flask_limiter.errors import RateLimitExceeded
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from forum.kernel.errors import Busy, ForumError, SignInNeeded, TooLarge, TooOften

log = structlog.get_logger()
View = TypeVar("View", bound=Callable[..., Any])

# A text of 32,000 characters needs at most 384 kB when each is a four-byte one, percent-encoded.
FORM_LIMIT = 512 * 1024
# Above this nothing is read at all, so that nothing can be given back either.
HARD_LIMIT = 4 * 1024 * 1024
# Never shown again: secrets, and what the page makes anew.
NOT_KEPT = {"csrf_token", "idempotency_key", "password", "current_password", "new_password"}
# All that a button sends, which switches something on or off.
ACT = {"value"}


def again(render: Callable[..., Any]) -> Callable[[View], View]:
    """Declare how to show a view's form again, with an error and the words still in it."""

    def declare(view: View) -> View:
        view.again = render  # type: ignore[attr-defined]  # read by answer()
        return view

    return declare


def install(app: Flask) -> None:
    """Register the handlers. Everything that can go wrong in a request ends here."""
    app.register_error_handler(ForumError, answer)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_fault)


def check_size() -> None:
    """Before anything else of a POST. Raises TooLarge."""
    if request.method == "POST" and (request.content_length or 0) > FORM_LIMIT:
        if not (request.mimetype or "").startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
            raise RequestEntityTooLarge
        raise TooLarge(_("This is more than a form may hold. Shorten the text, then send it again."))


def answer(error: ForumError) -> Response:
    """The page for a refusal: the form again where there is one, else a page that says what to do."""
    view = current_app.view_functions.get(request.endpoint or "")
    render = getattr(view, "again", None)
    if isinstance(error, SignInNeeded):
        page = sign_in_page()
    elif render is not None and request.method == "POST" and is_same_origin():
        page = _again_or_error(render, error)
    else:
        page = error_page(error.status, str(error.message))
    response = make_response(page, error.status) if not isinstance(page, Response) else page
    if isinstance(error, TooOften | Busy):
        response.headers["Retry-After"] = str(error.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response


def _again_or_error(render: Callable[..., Any], error: ForumError) -> Any:
    """Where the form itself can't be drawn any more, because what it belongs to is gone, the refusal stands alone."""
    try:
        return render(error, **(request.view_args or {}))
    except ForumError:
        return error_page(error.status, str(error.message))


def sign_in_page() -> Any:
    """A reader who asks for a page is sent to sign in and comes back; one who sent a form keeps its words.

    A mere button has none: its reader comes back to the page it stands on.
    """
    if request.method != "POST":
        from flask import redirect, url_for

        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    kept = kept_fields()
    if {name for name, _value in kept} <= ACT:
        return render_template("errors/401.html", kept_to="", kept=[], back=_came_from())
    return render_template("errors/401.html", kept_to=request.path, kept=kept, back="")


def _came_from() -> str:
    """The page of this site that a form stood on, or nothing."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc.lower() != request.host.lower():
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def kept_fields() -> list[tuple[str, str]]:
    """What a form held, for showing it again; nothing of what another origin sent."""
    if not is_same_origin():
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT]


def is_same_origin() -> bool:
    """Whether a form came from this site, by what the browser says and a page can't forge."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is None or urlsplit(origin).netloc.lower() == request.host.lower()


def error_page(status: int, message: str = "") -> str:
    return render_template("errors/error.html", status=status, message=message)


def _answer_http(error: HTTPException) -> Any:
    if isinstance(error, RateLimitExceeded):
        return answer(TooOften(_("That was a lot at once. Wait a minute, then send it again."), retry_after=60))
    if isinstance(error, RequestEntityTooLarge):
        return answer(TooLarge(_("This is more than a form may hold. Shorten the text, then send it again.")))
    if error.code is None or error.code < 400:
        return error
    response = make_response(error_page(error.code), error.code)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _answer_fault(error: Exception) -> Any:
    """A fault of ours. The words come back all the same where the form can still be drawn."""
    log.error("request_failed", path=request.path, method=request.method, exc_info=error)
    words = _("Something broke on our side, and it has been noted. Your text is below: try again in a moment.")
    try:
        return answer(_Fault(words if request.method == "POST" else ""))
    except Exception:
        log.exception("error_page_failed")
        return Response("Something broke. Go back with your browser to find your text.\n", 500, mimetype="text/plain")


class _Fault(ForumError):
    status = 500
