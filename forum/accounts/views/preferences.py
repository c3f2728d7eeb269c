"""How the site looks and speaks to this browser: a cookie, and for a member their own setting beside it."""

from __future__ import annotations

from flask import request

from forum import config
from forum.accounts import commands
from forum.accounts.local_paths import local_path
from forum.accounts.views.door import Answer, blueprint, page, see
from forum.kernel import i18n
from forum.kernel.access import acting, current_actor, public, tokenless
from forum.kernel.jinja import THEMES

YEAR_S = 365 * 24 * 3600
KEYS = "keys"


@blueprint.post("/theme")
@public
@tokenless
def choose_theme() -> Answer:
    answer = see(local_path(request.form.get("back")))
    _remember(answer, "theme", request.form.get("value", ""), THEMES)
    return answer


@blueprint.post("/language")
@public
@tokenless
def choose_language() -> Answer:
    """A member's setting counts more than the cookie, so it changes with it."""
    answer, code, offered = (
        see(local_path(request.form.get("back"))),
        request.form.get("value", ""),
        config.current().languages,
    )
    _remember(answer, i18n.COOKIE, code, offered)
    if code in offered and current_actor().is_authenticated:
        with acting() as actor:
            commands.set_language(actor, code)
    return answer


@blueprint.get("/help/keyboard")
@public
def show_keys() -> Answer:
    return page("keyboard", off=request.cookies.get(KEYS) == "off")


@blueprint.post("/keys")
@public
@tokenless
def choose_keys() -> Answer:
    """Scripts read this cookie, so that pages which all readers share needn't know of it."""
    answer = see("/help/keyboard")
    if request.form.get("value") == "off":
        answer.set_cookie(KEYS, "off", max_age=YEAR_S, secure=config.current().is_https, samesite="Lax")
    else:
        answer.delete_cookie(KEYS, secure=config.current().is_https, samesite="Lax")
    return answer


def _remember(answer: Answer, name: str, value: str, offered: tuple[str, ...]) -> None:
    """Anything that isn't offered goes back to what the browser says."""
    secure = config.current().is_https
    if value in offered:
        answer.set_cookie(name, value, max_age=YEAR_S, secure=secure, httponly=True, samesite="Lax")
    else:
        answer.delete_cookie(name, secure=secure, httponly=True, samesite="Lax")
