"""The index of topics, and what moderators do to them."""

from __future__ import annotations

from flask import Blueprint, flash, request
from flask_babel import gettext as _

from forum.kernel import keys
from forum.kernel.access import Actor, acting, current_actor, moderators, public
from forum.kernel.answers import Answer, keep_nowhere, page, see
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again
from forum.topics import commands, forms, policy, queries
from forum.topics.forms import TopicForm
from forum.topics.models import Topic
from forum.topics.words import POSTING_POLICIES, SIGNS

blueprint = Blueprint("topics", __name__)
blueprint.after_request(keep_nowhere)


@blueprint.get("/topics")
@public
def index() -> str:
    actor = current_actor()
    return page("topics/index.html", index=queries.index(actor), may_manage=policy.can_manage(actor))


def show_new(error: ForumError | None = None) -> str:
    return _form(forms.read(request.form), None, error)


@blueprint.get("/topics/new")
@moderators
def new() -> str:
    return show_new()


@blueprint.post("/topics/new")
@moderators
@again(show_new)
def create() -> Answer:
    form = forms.read(request.form)
    details, curators = forms.details_of(form), forms.curators_of(form)

    def make(actor: Actor) -> str:
        topic = commands.create(actor, details)
        commands.set_curators(actor, topic.id, curators)
        return f"/topics/{topic.slug}"

    with acting() as actor:
        key = request.form.get("idempotency_key", "")
        location = keys.once(actor.id, "topic:new", key, form.words, lambda: make(actor))
    return see(location)


def show_edit(error: ForumError | None = None, slug: str = "") -> str:
    """Words meant for a topic that is gone are left in a form for a new one."""
    if request.method != "POST":
        topic = _topic(slug, current_actor())
        return _form(forms.of(topic), topic, error)
    return _form(forms.read(request.form), _find_topic(slug, current_actor()), error)


@blueprint.get("/topics/<slug>/edit")
@moderators
def edit(slug: str) -> str:
    return show_edit(slug=slug)


@blueprint.post("/topics/<slug>/edit")
@moderators
@again(show_edit)
def save(slug: str) -> Answer:
    form = forms.read(request.form)
    details, curators = forms.details_of(form), forms.curators_of(form)
    with acting() as actor:
        topic = commands.edit(actor, _topic(slug, actor).id, details)
        commands.set_curators(actor, topic.id, curators)
    return see(f"/topics/{topic.slug}")


@blueprint.post("/topics/<slug>/archive")
@moderators
def archive(slug: str) -> Answer:
    turn_on = request.form.get("value") != "off"
    with acting() as actor:
        topic = _topic(slug, actor)
        (commands.archive if turn_on else commands.reopen)(actor, topic.id)
    flash(_("“%(name)s” is archived.", name=topic.name) if turn_on else _("“%(name)s” is open.", name=topic.name))
    return see(_back(f"/topics/{topic.slug}/edit"))


@blueprint.post("/topics/<slug>/move")
@moderators
def move(slug: str) -> Answer:
    with acting() as actor:
        commands.move(actor, _topic(slug, actor).id, up=request.form.get("value") != "down")
    return see(_back("/topics#order"))


def _back(otherwise: str) -> str:
    """To administrators' list where the button stood there."""
    return "/admin/topics" if request.form.get("from") == "admin" else otherwise


def _topic(slug: str, actor: Actor) -> Topic:
    """By its slug, or one that it had until a moment ago. Raises NotFound."""
    return _find_topic(slug, actor) or queries.get_topic(slug, actor)


def _find_topic(slug: str, actor: Actor) -> Topic | None:
    return queries.find_topic(slug, actor) or queries.find_topic(queries.find_moved(slug) or slug, actor)


def _form(form: TopicForm, topic: Topic | None, error: ForumError | None) -> str:
    parents = tuple((label.slug, label.name) for label in queries.parents_for(topic))
    return page(
        "topics/form.html",
        error,
        form=form,
        slug=topic.slug if topic else "",
        state=topic.state if topic else "",
        signs=tuple(SIGNS.items()),
        policies=tuple((value, *words) for value, words in POSTING_POLICIES.items()),
        parents=parents,
    )
