"""A member's face and an organisation's logo: a picture is added, and the square that is shown is cut from it.

Both have the same three acts at their address: a picture comes (the square is its middle, until it is chosen), another
part of it is chosen (`/cut`, with `x`, `y` and `zoom` as media.crop has them), and it goes (`/remove`).
"""

from __future__ import annotations

from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from forum.accounts.cards import card_of
from forum.accounts.queries import get_own
from forum.kernel.access import acting, current_actor, signed_in
from forum.kernel.answers import Answer, page, see
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again, takes
from forum.media import commands, policy, queries, storage, studio
from forum.media.commands import Upload
from forum.media.crop import Crop, read_crop
from forum.media.models import File
from forum.media.views.door import TOO_LARGE, blueprint, quota, sent_file, stored
from forum.organisations.bylines import plate_of
from forum.organisations.errors import NotOwner
from forum.organisations.models import Organisation
from forum.organisations.policy import can_edit
from forum.organisations.queries import get_organisation

FACE = "/settings/picture"


def show_face(error: ForumError | None = None) -> str:
    member = get_own(current_actor())
    return _square_page(error, member.face, address=FACE, back="/settings/profile", card=card_of(member))


@blueprint.get("/settings/picture")
@signed_in
def face() -> str:
    return show_face()


@blueprint.post("/settings/picture")
@signed_in
@takes(policy.MAX_FORM, TOO_LARGE)
@again(show_face)
def add_face() -> Answer:
    picture, square = _received()
    with acting() as actor:
        commands.wear(actor, commands.keep_square(actor, square, commands.keep(actor, picture, quota(actor))))
    flash(_("This is your picture now."), "success")
    return see(FACE)


@blueprint.post("/settings/picture/cut")
@signed_in
@again(show_face)
def cut_face() -> Answer:
    source, crop = queries.get_source(current_actor(), get_own(current_actor()).face), read_crop(request.form)
    square = _cut(source, crop)
    with acting() as actor:
        commands.wear(actor, commands.keep_square(actor, square, source))
    flash(_("This is your picture now."), "success")
    return see(_with(FACE, crop))


@blueprint.post("/settings/picture/remove")
@signed_in
def remove_face() -> Answer:
    with acting() as actor:
        commands.wear(actor, None)
    flash(_("Your picture is gone. Your initials stand in its place."), "success")
    return see(FACE)


def show_logo(error: ForumError | None = None, slug: str = "") -> str:
    organisation, address = _own(slug), f"/organisations/{slug}"
    shown = {"back": f"{address}/edit", "plate": plate_of(organisation)}
    return _square_page(error, organisation.logo, address=f"{address}/logo", **shown)


@blueprint.get("/organisations/<slug>/logo")
@signed_in
def logo(slug: str) -> str:
    return show_logo(slug=slug)


@blueprint.post("/organisations/<slug>/logo")
@signed_in
@takes(policy.MAX_FORM, TOO_LARGE)
@again(show_logo)
def add_logo(slug: str) -> Answer:
    organisation_id = _own(slug).id
    picture, square = _received()
    with acting() as actor:
        kept = commands.keep_square(actor, square, commands.keep(actor, picture, quota(actor)))
        commands.put_on(actor, organisation_id, kept)
    flash(_("This stands on the plate now."), "success")
    return see(f"/organisations/{slug}/logo")


@blueprint.post("/organisations/<slug>/logo/cut")
@signed_in
@again(show_logo)
def cut_logo(slug: str) -> Answer:
    organisation, crop = _own(slug), read_crop(request.form)
    source = queries.get_source(current_actor(), organisation.logo)
    square = _cut(source, crop)
    with acting() as actor:
        commands.put_on(actor, organisation.id, commands.keep_square(actor, square, source))
    flash(_("This stands on the plate now."), "success")
    return see(_with(f"/organisations/{slug}/logo", crop))


@blueprint.post("/organisations/<slug>/logo/remove")
@signed_in
def remove_logo(slug: str) -> Answer:
    with acting() as actor:
        commands.put_on(actor, _own(slug).id, None)
    flash(_("The logo is gone. The code stands in its place."), "success")
    return see(f"/organisations/{slug}/logo")


def _own(slug: str) -> Organisation:
    """Raises NotFound, or NotOwner where its logo isn't the actor's to choose."""
    organisation = get_organisation(slug, current_actor())
    if not can_edit(current_actor(), organisation):
        raise NotOwner
    return organisation


def _square_page(error: ForumError | None, key: str, **shown: Any) -> str:
    source = queries.find_source(current_actor(), key)
    picture = queries.shown(source) if source else None
    crop = read_crop(request.form if request.method == "POST" else request.args)
    context = {"card": None, "plate": None, **shown}
    return page("media/square.html", error, has_one=bool(key), source=picture, crop=crop, **context)


def _received() -> tuple[Upload, Upload]:
    """A picture that was sent, and the square in its middle. Raises what door.received does."""
    sent = sent_file(current_actor())
    commands.check_may_cut(current_actor())
    whole = studio.take_picture(sent.data)
    square = studio.cut_square(whole.parts[f"{whole.width}.webp"], Crop().square_in(whole.width, whole.height))
    return stored(sent.name, "", whole), stored(sent.name, "", square)


def _cut(source: File, crop: Crop) -> Upload:
    commands.check_may_cut(current_actor())
    data = storage.current().get(source.key, f"{source.width}.webp")
    return stored(source.name, "", studio.cut_square(data, crop.square_in(source.width, source.height)))


def _with(address: str, crop: Crop) -> str:
    return f"{address}?x={crop.x}&y={crop.y}&zoom={crop.zoom}"
