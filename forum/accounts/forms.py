"""What forms of accounts hold, as typed values. Every field is looked at before any is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from forum.accounts import emails, languages, names, passwords
from forum.accounts.commands import ProfileWords
from forum.accounts.local_paths import local_path
from forum.kernel import text
from forum.kernel.errors import Invalid, Words
from forum.kernel.lines import one_line
from forum.kernel.refusals import NOT_KEPT

Form = MultiDict[str, str]
T = TypeVar("T")

MAX_NAME = 60
MAX_HEADLINE = 120
MAX_CITY = 60
MAX_ORGANISATION = 120
MAX_BIO = 2_000
# No form of this site has more; what else is sent with a sign-in isn't somebody's text.
MAX_KEPT = 60
KEPT = "kept."
# Fields whose words somebody wrote, and wants to see again; the rest travels along unseen.
WRITTEN = ("title", "standfirst", "body", "bio", "description", "details", "headline")


@dataclass(frozen=True)
class SignIn:
    """`kept` are the fields of a form that was sent without a session, and `kept_to` is where it was sent."""

    login: str
    password: str
    remember: bool
    next: str
    kept_to: str
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SignUp:
    username: str
    name: str
    email: str
    password: str
    represents: str


def read_sign_in(form: Form) -> SignIn:
    return SignIn(
        login=one_line(form.get("username", ""))[: emails.MAX_LENGTH + 1],
        password=form.get("password", ""),
        remember="remember" in form,
        next=local_path(form.get("next")),
        kept_to=local_path(form.get("kept_to"), ""),
        kept=read_kept(form),
    )


def read_kept(form: Form) -> tuple[tuple[str, str], ...]:
    """Fields of another form that travel with this one; secrets and what a page makes anew don't."""
    fields = ((name.removeprefix(KEPT), value) for name, value in form.items(multi=True) if name.startswith(KEPT))
    return tuple((name, value) for name, value in fields if name and name not in NOT_KEPT)[:MAX_KEPT]


def read_sign_up(form: Form, site_name: str) -> SignUp:
    """Raises Invalid, naming every field that needs another look."""
    problems: dict[str, Words] = {}
    name = _checked(problems, lambda: _name(form.get("name", "")))
    username = _checked(problems, lambda: names.check_username(form.get("username", "")))
    email = _checked(problems, lambda: emails.check_email(form.get("email", "")))
    personal = [form.get("username", ""), form.get("name", ""), form.get("email", ""), site_name]
    password = _checked(problems, lambda: passwords.check_password(form.get("password", ""), personal))
    represents = _checked(problems, lambda: _organisation(form.get("organisation", ""), asked="represents" in form))
    _refuse(problems)
    return SignUp(username or "", name or "", email or "", password or "", represents or "")


def read_email(form: Form) -> str:
    """Raises Invalid."""
    return emails.check_email(form.get("email", ""))


def read_profile(form: Form, interface_languages: tuple[str, ...]) -> ProfileWords:
    """Checked and rendered. Raises Invalid."""
    problems: dict[str, Words] = {}
    name = _checked(problems, lambda: _name(form.get("name", "")))
    headline = _checked(
        problems, lambda: _short("headline", form.get("headline", ""), MAX_HEADLINE, _("Shorten your headline."))
    )
    city = _checked(problems, lambda: _short("city", form.get("city", ""), MAX_CITY, _("Shorten the city’s name.")))
    bio = _checked(problems, lambda: _bio(form.get("bio", "")))
    _refuse(problems)
    source, html = bio or ("", "")
    wish = form.get("interface_language", "")
    return ProfileWords(
        name=name or "",
        headline=headline or "",
        city=city or "",
        bio=source,
        bio_html=html,
        languages=tuple(code for code in languages.SPOKEN if code in form.getlist("languages")),
        interface_language=wish if wish in interface_languages else None,
    )


def _name(typed: str) -> str:
    name = one_line(typed)
    if not any(character.isalnum() for character in name):
        raise _refusal("name", _("Write your name as others may read it."))
    if len(name) > MAX_NAME:
        raise _refusal("name", _("Shorten your name to 60 characters."))
    return name


def _short(field: str, typed: str, longest: int, message: Words) -> str:
    words = one_line(typed)
    if len(words) > longest:
        raise _refusal(field, message)
    return words


def _organisation(typed: str, *, asked: bool) -> str:
    """Words without the tick are kept as well: nothing typed is lost."""
    name = _short("organisation", typed, MAX_ORGANISATION, _("Shorten the organisation’s name."))
    if asked and not name:
        raise _refusal("organisation", _("Write the organisation’s name, or take the tick away."))
    return name


def _bio(typed: str) -> tuple[str, str]:
    """Source and HTML."""
    too_long = _("Shorten what you say about yourself to 2,000 characters.")
    if len(typed) > 2 * MAX_BIO:  # before any work; browsers count a line end as one character and send two
        raise _refusal("bio", too_long)
    try:
        source = text.clean_source(typed)
        if len(source) > MAX_BIO:
            raise _refusal("bio", too_long)
        return source, text.render(source, scope="bio-").html if source else ""
    except text.TextRefused as error:
        raise _refusal("bio", _("Use less markup in what you say about yourself.")) from error


def _checked(problems: dict[str, Words], check: Callable[[], T]) -> T | None:
    """What a check gives; None where it refused, and then the reason is noted."""
    try:
        return check()
    except Invalid as error:
        problems.update(error.fields)
        return None


def _refuse(problems: dict[str, Words]) -> None:
    if problems:
        raise Invalid(_("Some of this can’t be kept as it is. What to fix stands beside each field."), problems)


def _refusal(field: str, message: Words) -> Invalid:
    return Invalid(message, {field: message})
