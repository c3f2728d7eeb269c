"""What is checked before every view: size, origin, CSRF token. And the headers on every answer."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError, CSRFProtect

from forum.kernel import refusals
from forum.kernel.access import check_factor, current_actor
from forum.kernel.errors import Forbidden, SignInNeeded

csrf = CSRFProtect()

PLAYERS = "https://www.youtube-nocookie.com https://player.vimeo.com"
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        f"frame-src {PLAYERS}",
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
HSTS = ("Strict-Transport-Security", "max-age=31536000")


def headers(*, https: bool) -> tuple[tuple[str, str], ...]:
    """The security headers of every answer, errors included."""
    return (*HEADERS, HSTS) if https else HEADERS


def install(app: Flask, *, https: bool) -> None:
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    csrf.init_app(app)
    app.before_request(refusals.check_size)
    app.before_request(check_form)
    app.before_request(check_factor)
    fixed = headers(https=https)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in fixed:
            response.headers.setdefault(name, value)
        return response


def check_form() -> None:
    """Every POST comes from a page of this site. Raises Forbidden, or SignInNeeded when the session ended."""
    if request.method in {"GET", "HEAD", "OPTIONS"} or request.endpoint is None:
        return
    if getattr(current_app.view_functions[request.endpoint], "is_from_letters", False):
        return
    if not refusals.is_same_origin():
        raise Forbidden(_("This form came from another site, so nothing was done."))
    if getattr(current_app.view_functions[request.endpoint], "is_tokenless", False):
        return
    try:
        csrf.protect()
    except CSRFError:
        view = current_app.view_functions[request.endpoint]
        if current_actor().is_anonymous and getattr(view, "access", "public") != "public":
            raise SignInNeeded from None
        raise Forbidden(_("This page was open for too long. Your text is below: send it again.")) from None
