"""What forms of accounts hold, as typed values. Every field is looked at before any is refused."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from forum.accounts import authenticator, emails, languages, names, passwords
from forum.accounts.commands import ProfileWords
from forum.accounts.local_paths import local_path
from forum.accounts.problems import Problems
from forum.kernel import text
from forum.kernel.errors import Invalid, Words
from forum.kernel.lines import one_line
from forum.kernel.refusals import NOT_KEPT

Form = MultiDict[str, str]

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
class Luggage:
    """Where somebody who signs in goes then; `kept` are the fields of a form that was sent without a session.

    `kept_to` is where that form was sent. All of it travels through every page of signing in.
    """

    next: str
    kept_to: str
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SignIn:
    login: str
    password: str
    remember: bool


@dataclass(frozen=True)
class Proof:
    """What somebody shows at the second step: one of these. `answer` is a passkey's."""

    code: str | None = None
    recovery_code: str | None = None
    answer: str | None = None


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
    )


def read_luggage(form: Form) -> Luggage:
    return Luggage(local_path(form.get("next")), local_path(form.get("kept_to"), ""), read_kept(form))


def read_proof(form: Form) -> Proof:
    """Raises Invalid for a code that can't be one."""
    if form.get("credential"):
        return Proof(answer=form["credential"])
    if "recovery_code" in form:
        return Proof(recovery_code=form["recovery_code"])
    return Proof(code=read_code(form))


def read_code(form: Form) -> str:
    """Six digits. Raises Invalid."""
    code = authenticator.read_code(form.get("code", "")[:40])
    if not code:
        raise _refusal("code", _("Type the six digits that your app shows at this moment."))
    return code


def read_factor_name(form: Form) -> str:
    """Raises Invalid."""
    name = _short("name", form, MAX_NAME)
    if not name:
        raise _refusal("name", _("Give it a name by which you know it again."))
    return name


def read_kept(form: Form) -> tuple[tuple[str, str], ...]:
    """Fields of another form that travel with this one; secrets and what a page makes anew don't."""
    fields = ((name.removeprefix(KEPT), value) for name, value in form.items(multi=True) if name.startswith(KEPT))
    return tuple((name, value) for name, value in fields if name and name not in NOT_KEPT)[:MAX_KEPT]


def read_sign_up(form: Form, site_name: str) -> SignUp:
    """Raises Invalid, naming every field that needs another look."""
    problems = Problems()
    name = problems.checked(lambda: _name(form.get("name", "")), "")
    username = problems.checked(lambda: names.check_username(form.get("username", "")), "")
    email = problems.checked(lambda: emails.check_email(form.get("email", "")), "")
    personal = [form.get("username", ""), form.get("name", ""), form.get("email", ""), site_name]
    password = problems.checked(lambda: passwords.check_password(form.get("password", ""), personal), "")
    represents = problems.checked(lambda: _organisation(form), "")
    problems.refuse()
    return SignUp(username, name, email, password, represents)


def read_email(form: Form) -> str:
    """Raises Invalid."""
    return emails.check_email(form.get("email", ""))


def read_profile(form: Form, interface_languages: tuple[str, ...]) -> ProfileWords:
    """Checked and rendered. Raises Invalid."""
    problems = Problems()
    name = problems.checked(lambda: _name(form.get("name", "")), "")
    headline = problems.checked(lambda: _short("headline", form, MAX_HEADLINE), "")
    city = problems.checked(lambda: _short("city", form, MAX_CITY), "")
    source, html = problems.checked(lambda: _bio(form.get("bio", "")), ("", ""))
    problems.refuse()
    wish = form.get("interface_language", "")
    return ProfileWords(
        name=name,
        headline=headline,
        city=city,
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


def _short(field: str, form: Form, longest: int) -> str:
    words = one_line(form.get(field, ""))
    if len(words) > longest:
        raise _refusal(field, _("Shorten this to %(longest)s characters.", longest=longest))
    return words


def _organisation(form: Form) -> str:
    """Words without the tick are kept as well: nothing typed is lost."""
    name = _short("organisation", form, MAX_ORGANISATION)
    if "represents" in form and not name:
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


def _refusal(field: str, message: Words) -> Invalid:
    return Invalid(message, {field: message})
