"""The house rules, their editions, and how administrators write them anew."""

from __future__ import annotations

from flask import Blueprint, flash, request
from flask_babel import get_locale
from flask_babel import gettext as _

from forum import config
from forum.accounts import languages
from forum.kernel import keys
from forum.kernel.access import Actor, acting, administrators, current_actor, public
from forum.kernel.answers import Answer, keep_nowhere, page, see
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again
from forum.rules import commands, forms, policy, queries
from forum.rules.records import Book, Text
from forum.rules.targets import TARGETS
from forum.rules.words import CATEGORIES

blueprint = Blueprint("rules", __name__)
blueprint.after_request(keep_nowhere)


@blueprint.get("/rules")
@public
def show() -> str:
    return page("rules/show.html", book=queries.current_book(_language()), may_edit=policy.can_edit(current_actor()))


@blueprint.get("/rules/editions")
@public
def editions() -> str:
    return page("rules/editions.html", editions=queries.editions())


@blueprint.get("/rules/editions/<int:number>")
@public
def edition(number: int) -> str:
    return page("rules/show.html", book=queries.get_book(number, _language()), may_edit=False)


@blueprint.get("/moderation/how")
@public
def how() -> str:
    return page("rules/how.html", book=queries.current_book(_language()), targets=TARGETS)


def show_new(error: ForumError | None = None) -> str:
    form = forms.read(request.form, _offered())
    if request.method != "POST":
        form = forms.empty(_offered(), queries.current_number())
    return _form(form, "", error)


def show_edit(error: ForumError | None = None, anchor: str = "") -> str:
    queries.get_rule(anchor, _language())
    form = forms.read(request.form, _offered()) if request.method == "POST" else forms.of(_books(), anchor)
    return _form(form, anchor, error)


@blueprint.get("/rules/new")
@administrators
def new() -> str:
    return show_new()


@blueprint.post("/rules/new")
@administrators
@again(show_new)
def create() -> Answer:
    return _publish("")


@blueprint.get("/rules/<anchor>/edit")
@administrators
def edit(anchor: str) -> str:
    return show_edit(anchor=anchor)


@blueprint.post("/rules/<anchor>/edit")
@administrators
@again(show_edit)
def change(anchor: str) -> Answer:
    return _publish(anchor)


def _publish(anchor: str) -> Answer:
    form = forms.read(request.form, _offered())
    change = forms.change_of(form, anchor)
    if form.is_preview:
        return _form(form, anchor, preview=tuple(change.texts.items()))

    def send(actor: Actor) -> str:
        return commands.publish(actor, change, _offered()).address

    with acting() as actor:
        key = request.form.get("idempotency_key", "")
        address = keys.once(actor.id, f"rule:{anchor or 'new'}", key, form.all_words, lambda: send(actor))
    flash(_("The new edition of the house rules is in force."), "success")
    return see(address)


def _form(
    form: forms.RuleForm, anchor: str, error: ForumError | None = None, *, preview: tuple[tuple[str, Text], ...] = ()
) -> str:
    if error is not None and error.status == 409:
        form = forms.at_edition(form, queries.current_number())  # sent again, it's meant
    return page(
        "rules/edit.html",
        error,
        form=form,
        anchor=anchor,
        preview=preview,
        spoken=tuple((code, languages.own_name(code)) for code in _offered()),
        categories=tuple(CATEGORIES.items()),
    )


def _books() -> dict[str, Book]:
    return {code: queries.current_book(code) for code in _offered()}


def _offered() -> tuple[str, ...]:
    return config.current().languages


def _language() -> str:
    return str(get_locale()).replace("_", "-")
