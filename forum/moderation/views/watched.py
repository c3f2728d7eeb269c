"""The words that are watched for."""

from __future__ import annotations

from flask import flash, request
from flask_babel import gettext as _

from forum.kernel.access import acting, moderators
from forum.kernel.answers import Answer, page, see
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again
from forum.moderation import commands, forms, queries
from forum.moderation.views.door import blueprint

HERE = "/moderation/watched-words"


def show_words(error: ForumError | None = None) -> str:
    return page(
        "moderation/watched.html",
        error,
        form=forms.read_word(request.form),
        watched=queries.watched_words(),
        counts=queries.check_counts(),
    )


@blueprint.get(HERE)
@moderators
def watched() -> str:
    return show_words()


@blueprint.post(HERE)
@moderators
@again(show_words)
def watch() -> Answer:
    form = forms.read_word(request.form)
    with acting() as actor:
        commands.watch(actor, form.words, is_pattern=form.is_pattern, outcome=form.outcome)
    flash(_("Watched from now on."), "success")
    return see(HERE)


@blueprint.post(f"{HERE}/<int:word_id>/remove")
@moderators
def unwatch(word_id: int) -> Answer:
    with acting() as actor:
        commands.unwatch(actor, word_id)
    flash(_("No longer watched."), "success")
    return see(HERE)
