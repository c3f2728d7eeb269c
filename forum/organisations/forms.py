"""Forms of organisations: what was typed, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from forum.kernel import text
from forum.kernel.access import Right
from forum.kernel.errors import Invalid
from forum.organisations import policy
from forum.organisations.commands import Place
from forum.organisations.details import FROZEN, Details
from forum.organisations.models import Organisation

Form = MultiDict[str, str]
FIELDS = ("name", "code", "kind", "country", "city", "domain", "description")


@dataclass(frozen=True)
class DetailsForm:
    """The fields as typed."""

    name: str
    code: str
    kind: str
    country: str
    city: str
    domain: str
    description: str


@dataclass(frozen=True)
class PlaceForm:
    """`username` is only asked for of somebody new."""

    username: str = ""
    right: str = Right.CONTRIBUTOR
    title: str = ""
    public: bool = True

    @property
    def words(self) -> tuple[str, ...]:
        """What makes two sendings of one form the same."""
        return (self.username, self.right, self.title, str(self.public))

    @property
    def place(self) -> Place:
        return Place(right=self.right, title=self.title, public=self.public)


def details_form(organisation: Organisation, form: Form | None = None) -> DetailsForm:
    """As typed in `form`; for what isn't in it, as it is kept."""
    kept = {name: getattr(organisation, name) for name in FIELDS}
    frozen = FROZEN if policy.is_frozen(organisation) else ()
    typed = {name: form[name] for name in FIELDS if name in form and name not in frozen} if form else {}
    return DetailsForm(**(kept | typed))


def details_of(form: DetailsForm) -> Details:
    """Rendered, so before the transaction. Raises Invalid."""
    try:
        source = text.clean_source(form.description)
        html = text.render(source, scope="about-").html if source else ""
    except text.TextTooLong as error:
        raise _refusal(_("Shorten the description to 2,000 characters.")) from error
    except text.TextRefused as error:
        raise _refusal(_("Use less markup in the description.")) from error
    return Details(**(vars(form) | {"description": source, "description_html": html}))


def _refusal(message: str) -> Invalid:
    return Invalid(message, {"description": message})


def read_place(form: Form) -> PlaceForm:
    return PlaceForm(
        username=form.get("username", ""),
        right=form.get("right", ""),
        title=form.get("title", ""),
        public=form.get("public") == "yes",
    )
