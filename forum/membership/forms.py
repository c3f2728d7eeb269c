"""Forms of membership: what was typed, and what it means."""

from __future__ import annotations

from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from forum.kernel.access import Right
from forum.membership.commands import Application
from forum.organisations import forms as organisations
from forum.organisations.commands import Place
from forum.organisations.details import FROZEN, Details
from forum.organisations.forms import DetailsForm
from forum.organisations.models import Organisation, OrganisationKind

Form = MultiDict[str, str]


@dataclass(frozen=True)
class ApplicationForm:
    """The fields as typed."""

    name: str = ""
    code: str = ""
    kind: str = OrganisationKind.CITY
    country: str = ""
    city: str = ""
    domain: str = ""
    description: str = ""
    parent: str = ""
    title: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What makes two sendings of one form the same."""
        return tuple(vars(self).values())


@dataclass(frozen=True)
class PlaceForm:
    """`whom`: an address or a username, of an invitation; `words`: why, of a claim."""

    whom: str = ""
    right: str = Right.CONTRIBUTOR
    title: str = ""
    words: str = ""

    @property
    def place(self) -> Place:
        return Place(right=self.right, title=self.title)

    @property
    def fields(self) -> tuple[str, ...]:
        """What makes two sendings of one form the same."""
        return tuple(vars(self).values())


@dataclass(frozen=True)
class RenameForm:
    name: str
    code: str
    kind: str
    domain: str
    words: str = ""


def read_application(form: Form) -> ApplicationForm:
    return ApplicationForm(**{name: form.get(name, default) for name, default in vars(ApplicationForm()).items()})


def application_of(form: ApplicationForm) -> Application:
    """Rendered, so before the transaction. Raises Invalid."""
    typed = {name: getattr(form, name) for name in organisations.FIELDS}
    return Application(organisations.details_of(DetailsForm(**typed)), form.parent, form.title)


def read_place(form: Form) -> PlaceForm:
    return PlaceForm(**{name: form.get(name, default) for name, default in vars(PlaceForm()).items()})


def rename_form(organisation: Organisation, form: Form | None = None) -> RenameForm:
    """As typed; for what isn't in it, as it is kept."""
    kept = RenameForm(*(str(getattr(organisation, field)) for field in FROZEN))
    return replace(kept, **{name: form[name] for name in vars(kept) if name in form}) if form else kept


def wanted_of(organisation: Organisation, form: RenameForm) -> Details:
    kept = {field: getattr(organisation, field) for field in ("country", "city")}
    return Details(**kept, **{field: getattr(form, field) for field in FROZEN})
