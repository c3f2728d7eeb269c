"""The directory of organisations, and what an organisation's own people do on its pages."""

from __future__ import annotations

from flask import Blueprint, flash, request
from flask_babel import gettext as _

from forum.kernel import keys
from forum.kernel.access import Actor, acting, current_actor, public, signed_in
from forum.kernel.answers import Answer, keep_nowhere, page, see
from forum.kernel.errors import ForumError
from forum.kernel.ids import AffiliationId
from forum.kernel.refusals import again
from forum.organisations import commands, forms, policy, queries
from forum.organisations.bylines import plate_of
from forum.organisations.errors import NotOwner
from forum.organisations.forms import PlaceForm
from forum.organisations.models import Organisation
from forum.organisations.queries import Person, Wanted
from forum.organisations.words import APPROVALS, KINDS, RIGHTS, WHAT_RIGHTS_ALLOW

blueprint = Blueprint("organisations", __name__)
blueprint.after_request(keep_nowhere)

APPROVAL_CHOICES = tuple((value, name, hint) for value, (name, hint) in APPROVALS.items())
RIGHT_CHOICES = tuple((right, name, WHAT_RIGHTS_ALLOW[right]) for right, name in RIGHTS.items())


@blueprint.get("/organisations")
@public
def directory() -> str:
    asked = request.args
    wanted = Wanted(*(asked.get(name, "") for name in ("q", "kind", "after", "before", "sort")))
    found = queries.page_of_organisations(current_actor(), wanted)
    return page("organisations/directory.html", wanted=wanted, found=found, kinds=tuple(KINDS.items()))


def show_people(error: ForumError | None = None, slug: str = "") -> str:
    organisation, actor = _organisation(slug), current_actor()
    return page(
        "organisations/people.html",
        error,
        plate=plate_of(organisation),
        people=queries.people_of(organisation.id, private=policy.can_see_all_people(actor, organisation)),
        own_id=actor.member_id,
        may_manage=policy.can_manage_people(actor, organisation),
        may_appoint=policy.can_appoint(actor),
        form=forms.read_place(request.form) if error else PlaceForm(),
        rights=RIGHT_CHOICES,
    )


@blueprint.get("/organisations/<slug>/people")
@public
def people(slug: str) -> str:
    return show_people(slug=slug)


@blueprint.post("/organisations/<slug>/people")
@signed_in
@again(show_people)
def add(slug: str) -> Answer:
    form = forms.read_place(request.form)

    def start(actor: Actor, organisation: Organisation) -> str:
        commands.add_member(actor, organisation.id, form.username, form.place)
        return f"/organisations/{organisation.slug}/people"

    with acting() as actor:
        organisation = _organisation(slug, actor)
        form_name, key = f"organisation:{organisation.id}:people", request.form.get("idempotency_key", "")
        location = keys.once(actor.id, form_name, key, form.words, lambda: start(actor, organisation))
    return see(location)


def show_person(error: ForumError | None = None, slug: str = "", affiliation_id: int = 0) -> str:
    organisation = _organisation(slug)
    person = queries.get_person(organisation.id, AffiliationId(affiliation_id))
    if not policy.can_manage_people(current_actor(), organisation):
        raise NotOwner
    form = forms.read_place(request.form) if error else _place_of(person)
    plate = plate_of(organisation)
    return page("organisations/person.html", error, plate=plate, person=person, form=form, rights=RIGHT_CHOICES)


def _place_of(person: Person) -> PlaceForm:
    return PlaceForm(right=person.right, title=person.title, public=person.public)


@blueprint.get("/organisations/<slug>/people/<int:affiliation_id>")
@signed_in
def person(slug: str, affiliation_id: int) -> str:
    return show_person(slug=slug, affiliation_id=affiliation_id)


@blueprint.post("/organisations/<slug>/people/<int:affiliation_id>")
@signed_in
@again(show_person)
def change(slug: str, affiliation_id: int) -> Answer:
    place = forms.read_place(request.form).place
    with acting() as actor:
        commands.change_affiliation(actor, AffiliationId(affiliation_id), place)
    flash(_("Saved."), "success")
    return see(f"/organisations/{slug}/people")


@blueprint.post("/organisations/<slug>/people/<int:affiliation_id>/end")
@signed_in
def end(slug: str, affiliation_id: int) -> Answer:
    with acting() as actor:
        commands.end_affiliation(actor, AffiliationId(affiliation_id))
    flash(_("Ended. What was written until now keeps its byline."), "success")
    return see(f"/organisations/{slug}/people")


@blueprint.post("/organisations/<slug>/people/<int:affiliation_id>/show")
@signed_in
def show(slug: str, affiliation_id: int) -> Answer:
    with acting() as actor:
        shown = request.form.get("value") != "off"
        commands.show_affiliation(actor, AffiliationId(affiliation_id), public=shown)
    return see(f"/organisations/{slug}/people")


def show_edit(error: ForumError | None = None, slug: str = "") -> str:
    organisation = _organisation(slug)
    if not policy.can_edit(current_actor(), organisation):
        raise NotOwner
    return page(
        "organisations/edit.html",
        error,
        plate=plate_of(organisation),
        form=forms.details_form(organisation, request.form),
        kinds=tuple(KINDS.items()),
        is_frozen=policy.is_frozen(organisation),
        approval=organisation.approval_policy,
        approvals=APPROVAL_CHOICES,
    )


@blueprint.get("/organisations/<slug>/edit")
@signed_in
def edit(slug: str) -> str:
    return show_edit(slug=slug)


@blueprint.post("/organisations/<slug>/approval")
@signed_in
@again(show_edit)
def approval(slug: str) -> Answer:
    """`approval_policy` says whose texts in its name wait."""
    with acting() as actor:
        chosen = request.form.get("approval_policy", "")
        organisation = commands.set_approval(actor, _organisation(slug, actor).id, chosen)
    flash(_("Saved."), "success")
    return see(f"/organisations/{organisation.slug}/edit")


@blueprint.post("/organisations/<slug>/edit")
@signed_in
@again(show_edit)
def save(slug: str) -> Answer:
    details = forms.details_of(forms.details_form(_organisation(slug), request.form))
    with acting() as actor:
        organisation = commands.edit(actor, _organisation(slug, actor).id, details)
    return see(f"/organisations/{organisation.slug}")


def _organisation(slug: str, actor: Actor | None = None) -> Organisation:
    """By its slug, or one that it had until a moment ago. Raises NotFound."""
    viewer = actor or current_actor()
    return queries.find_organisation(slug, viewer) or queries.get_organisation(
        queries.find_moved(slug, viewer) or slug, viewer
    )
