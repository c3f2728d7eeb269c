"""Updates: what one was told, how one wants to be told, and how to stop it from a letter."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, request
from flask_babel import gettext as _

from forum.accounts.queries import get_own
from forum.kernel.access import acting, administrators, current_actor, from_letters, public, signed_in
from forum.kernel.answers import Answer, keep_nowhere, page, see
from forum.kernel.db import transaction
from forum.kernel.errors import ForumError, NotFound
from forum.kernel.ids import NotificationId
from forum.kernel.refusals import again
from forum.notifications import commands, forms, previews, queries, tokens
from forum.notifications.buffer import OPENED
from forum.notifications.policy import ALWAYS_ON_SITE
from forum.notifications.queries import choices_of, page_of_updates
from forum.notifications.words import CHANNELS, DIGESTS, KINDS, TABS, sentence

blueprint = Blueprint("notifications", __name__)
blueprint.after_request(keep_nowhere)


@blueprint.get("/notifications")
@signed_in
def show() -> str:
    tab = request.args.get("tab", "all")
    if tab not in TABS:
        abort(404)
    member_id = current_actor().id
    updates = page_of_updates(member_id, tab, request.args.get("after"))
    choices = choices_of(member_id)
    return page(
        "notifications/updates.html", updates=updates, tabs=TABS, choices=choices, digests=DIGESTS, sentence=sentence
    )


@blueprint.get("/notifications/<int:notification_id>")
@signed_in
def follow(notification_id: int) -> Answer:
    """To what it's about. The buffer marks it read."""
    actor, wanted = current_actor(), NotificationId(notification_id)
    address = queries.find_address(actor.id, wanted)
    if address is None:
        raise NotFound(_("What this was about can’t be read any more."))
    OPENED.put((actor.id, wanted))
    return redirect(address, 302)


@blueprint.post("/notifications/<int:notification_id>/read")
@signed_in
def mark_read(notification_id: int) -> Answer:
    with acting() as actor:
        commands.mark_read(actor, NotificationId(notification_id))
    return see("/notifications")


@blueprint.post("/notifications/read")
@signed_in
def mark_all_read() -> Answer:
    with acting() as actor:
        commands.mark_all_read(actor)
    return see("/notifications")


def show_choices(error: ForumError | None = None) -> str:
    choices = choices_of(current_actor().id)
    sent = request.form if request.method == "POST" else {}
    channels = {kind: sent.get(kind.value, channel) for kind, channel in choices.channels.items()}
    return page(
        "notifications/settings.html", error, choices=choices, channels=channels, kinds=KINDS, ways=CHANNELS,
        digests=DIGESTS, digest=sent.get("digest", choices.digest), always=ALWAYS_ON_SITE,
    )  # fmt: skip


@blueprint.get("/settings/notifications")
@signed_in
def settings() -> str:
    return show_choices()


@blueprint.post("/settings/notifications")
@signed_in
@again(show_choices)
def save() -> Answer:
    channels, digest = forms.read_channels(request.form), forms.read_digest(request.form)
    with acting() as actor:
        commands.choose(actor, channels)
        commands.choose_digest(actor.id, digest)
    flash(_("Saved."), "success")
    return see("/settings/notifications")


@blueprint.post("/settings/notifications/digest")
@signed_in
@again(show_choices)
def save_digest() -> Answer:
    digest = forms.read_digest(request.form)
    with acting() as actor:
        commands.choose_digest(actor.id, digest)
    flash(_("Saved."), "success")
    return see("/notifications")


@blueprint.post("/settings/notifications/resume")
@signed_in
def resume() -> Answer:
    """The member says that their address takes letters again."""
    with acting() as actor:
        commands.resume_mail(actor.id)
    flash(_("We write to you again."), "success")
    return see("/settings/notifications")


@blueprint.get("/unsubscribe/<token>")
@public
def ask_unsubscribe(token: str) -> Answer:
    """Shows a button: what follows links in letters for people changes nothing."""
    found = tokens.read(token)
    return page("notifications/unsubscribe.html", token=token, what=found[1] if found else "", kinds=KINDS), _status(
        found
    )


@blueprint.post("/unsubscribe/<token>")
@public
@from_letters
def unsubscribe(token: str) -> Answer:
    """From the button, or from a mail client by itself (RFC 8058): no session, no token but this one."""
    found = tokens.read(token)
    if found is not None:
        with transaction():
            commands.unsubscribe(*found)
    what = found[1] if found else ""
    return page("notifications/unsubscribed.html", what=what, kinds=KINDS), _status(found)


def _status(found: object) -> int:
    return 200 if found is not None else 410


@blueprint.get("/admin/letters")
@administrators
def letters() -> str:
    """Every letter that the site sends, as the administrator would get it."""
    member = get_own(current_actor())
    return page("notifications/letters.html", previews=previews.all_previews(member), member=member)


@blueprint.get("/admin/letters/<name>")
@administrators
def letter(name: str) -> str:
    preview = previews.get_preview(get_own(current_actor()), name)
    return page("notifications/letter.html", preview=preview)


@blueprint.get("/admin/letters/<name>/html")
@administrators
def letter_html(name: str) -> Answer:
    """The part that mail programs show, alone."""
    return Response(previews.get_preview(get_own(current_actor()), name).letter.html, mimetype="text/html")
