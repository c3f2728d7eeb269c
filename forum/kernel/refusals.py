"""Every refusal becomes a page here, and nothing typed is lost on the way.

A view that takes a form says with `@again(render)` how to show that form once more; `render(error, **view_args)` gets
the words from `request.form`. What another origin sent is never echoed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_babel import lazy_gettext as _
from flask_limiter.errors import RateLimitExceeded
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from forum.kernel import outages, tracing
from forum.kernel.access import current_actor
from forum.kernel.errors import (
    Away,
    Busy,
    Forbidden,
    ForumError,
    SecondFactorNeeded,
    SignInNeeded,
    TooLarge,
    TooOften,
    Words,
)

log = structlog.get_logger()
View = TypeVar("View", bound=Callable[..., Any])

# A text of 32,000 characters needs at most 384 kB when each is a four-byte one, percent-encoded.
FORM_LIMIT = 512 * 1024
# Above this nothing is read at all, so that nothing can be given back either.
HARD_LIMIT = 4 * 1024 * 1024
# Never shown again: secrets, and what the page makes anew.
SECRETS = {"password", "current_password", "new_password"}
NOT_KEPT = {"csrf_token", "idempotency_key", *SECRETS}
# All that a button sends, which switches something on or off.
ACT = {"value"}
MOST_OF_PATH = 100
_WORDS = re.compile(r"\b[^\W\d_]{2,}\b")


def again(render: Callable[..., Any]) -> Callable[[View], View]:
    """Declare how to show a view's form again, with an error and the words still in it."""

    def declare(view: View) -> View:
        view.again = render  # type: ignore[attr-defined]  # read by answer()
        return view

    return declare


def takes(limit: int, words: Words) -> Callable[[View], View]:
    """Declare how many bytes a view reads of a form, where that is more than a text needs; `words` refuse more."""

    def declare(view: View) -> View:
        view.body_limit, view.body_words = limit, words  # type: ignore[attr-defined]  # read by check_size()
        return view

    return declare


def answers_json(view: View) -> View:
    """This view is for scripts, and so are its refusals: {"status", "message", "fields"}."""
    view.answers_json = True  # type: ignore[attr-defined]  # read by answer()
    return view


def install(app: Flask) -> None:
    """Register the handlers. Everything that can go wrong in a request ends here."""
    app.register_error_handler(ForumError, answer)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(DBAPIError, _answer_database)
    app.register_error_handler(Exception, _answer_fault)


def check_size() -> None:
    """Before anything else of a POST. Raises TooLarge."""
    limit: int = getattr(_view(), "body_limit", FORM_LIMIT)
    if request.method != "POST":
        return
    request.max_content_length = max(limit, HARD_LIMIT)
    if (request.content_length or 0) > limit:
        if not (request.mimetype or "").startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
            raise RequestEntityTooLarge
        raise _too_large()


def _too_large() -> TooLarge:
    words = _("This is more than a form may hold. Shorten the text, then send it again.")
    return TooLarge(getattr(_view(), "body_words", words))


def _view() -> Callable[..., Any] | None:
    return current_app.view_functions.get(request.endpoint or "")


def answer(error: ForumError) -> Response:
    """The page for a refusal: the form again where there is one, else a page that says what to do."""
    view = _view()
    render = getattr(view, "again", None)
    if isinstance(error, Busy) and error.__cause__ is not None:
        log.warning("database_unavailable", error=outages.reason_of(error.__cause__))
    if isinstance(error, Away):
        outages.note()
    if getattr(view, "answers_json", False):
        page: Any = _json(error)
    elif isinstance(error, Away):
        page = _away_page(error)
    elif isinstance(error, SignInNeeded):
        page = sign_in_page()
    elif isinstance(error, SecondFactorNeeded) or _rests(error):
        page = render_template("errors/second_factor.html")
    elif render is not None and request.method == "POST" and is_same_origin():
        page = _again_or_error(render, error)
    else:
        page = error_page(error.status, str(error.message))
    response = make_response(page, error.status) if not isinstance(page, Response) else page
    if isinstance(error, TooOften | Busy):
        response.headers["Retry-After"] = str(error.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response


def _rests(error: ForumError) -> bool:
    """Whether a page is refused to a moderator whose powers rest: they need a second factor, not another role."""
    return isinstance(error, Forbidden) and request.method == "GET" and current_actor().resting is not None


def _away_page(error: Away) -> str:
    """With the form as it was sent, which needs no database. Not one with secrets or files, which can't go along, nor a
    mere button, which is where it was.
    """
    kept = kept_fields() if request.method == "POST" else []
    if {name for name, _value in kept} <= ACT or request.files or SECRETS & set(request.form):
        return error_page(error.status, str(error.message))
    key = request.form.get("idempotency_key", "")
    return render_template("errors/away.html", message=error.message, address=request.path, kept=kept, key=key)


def _json(error: ForumError) -> Response:
    ended = _("Your session has ended. Sign in, then try again.")
    said = ended if isinstance(error, SignInNeeded) else error.message
    fields = {name: str(words) for name, words in error.fields.items()}
    reply = jsonify(status=error.status, message=str(said), fields=fields)
    reply.status_code = error.status
    return reply


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
    words = _words_of(request.path) if status == 404 else ""
    return render_template("errors/error.html", status=status, message=message, lost=words)


def _words_of(path: str) -> str:
    """What somebody may be looking for at an address where nothing is: the words of its last part that has any. What
    has capitals isn't an address of ours, and may be a secret.
    """
    words = (" ".join(_WORDS.findall(part)) for part in reversed(path.split("/")) if part.islower())
    return next((found[:MOST_OF_PATH] for found in words if found), "")


def _answer_http(error: HTTPException) -> Any:
    if isinstance(error, RateLimitExceeded):
        return answer(TooOften(_("That was a lot at once. Wait a minute, then send it again."), retry_after=60))
    if isinstance(error, RequestEntityTooLarge):
        return answer(_too_large())
    if error.code is None or error.code < 400:
        return error
    response = make_response(error_page(error.code), error.code)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _answer_database(error: DBAPIError) -> Any:
    refusal = outages.refusal_of(error)
    if refusal is None:
        return _answer_fault(error)
    refusal.__cause__ = error
    return answer(refusal)


def _answer_fault(error: Exception) -> Any:
    """A fault of ours. The words come back all the same where the form can still be drawn."""
    rule = request.url_rule.rule if request.url_rule else ""  # the address itself may hold a token
    log.error("request_failed", rule=rule, method=request.method, exc_info=error)
    words = _(
        "Something broke on our side, and it has been noted as %(reference)s. "
        "Your text is below: try again in a moment.",
        reference=tracing.reference(),
    )
    try:
        return answer(_Fault(words if request.method == "POST" else ""))
    except Exception:
        log.exception("error_page_failed")
        said = f"Something broke ({tracing.reference()}). Go back with your browser to find your text.\n"
        return Response(said, 500, mimetype="text/plain")


class _Fault(ForumError):
    status = 500
