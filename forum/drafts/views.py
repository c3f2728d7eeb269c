"""Keep what is typed, list it, go on with it, throw it away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask_wtf.csrf import generate_csrf

from forum.drafts import commands, forms, going_on, queries
from forum.drafts.models import KeptDraft
from forum.kernel.access import acting, current_actor, signed_in
from forum.kernel.answers import Answer, keep_nowhere, see
from forum.kernel.errors import ForumError
from forum.kernel.ids import DraftId
from forum.kernel.limits import often
from forum.kernel.refusals import again
from forum.posts import queries as posts

blueprint = Blueprint("drafts", __name__)
blueprint.after_request(keep_nowhere)


def _refused(error: ForumError) -> Response:
    """For a script: what the account holds instead, and a token that is good now."""
    actor, place = current_actor(), request.form.get("desk", "")
    kept = queries.find_draft(actor, place) if actor.is_authenticated else None
    answer = jsonify(message=str(error.message), csrf=generate_csrf(), **_told(kept))
    answer.status_code = error.status
    return answer


@blueprint.get("/drafts")
@signed_in
def index() -> str:
    actor = current_actor()
    return render_template(
        "drafts/index.html",
        kept=queries.page_of_drafts(actor, request.args.get("typed")),
        saved=posts.page_of_drafts(actor, request.args.get("after")),
        withdrawn=posts.withdrawn_posts(actor),
    )


@blueprint.get("/drafts/kept")
@signed_in
def look() -> Response:
    """What the account holds for the form called `desk` (posts.places): for scripts, when somebody opens that form."""
    kept = queries.find_draft(current_actor(), request.args.get("desk", ""))
    return jsonify(csrf=generate_csrf(), **_told(kept))


@blueprint.post("/drafts/kept")
@signed_in
@often
@again(_refused)
def keep() -> Response:
    """What was typed so far: for scripts, every few seconds."""
    saving = forms.read(request.form)
    with acting() as actor:
        kept = commands.save(actor, saving)
    return jsonify(sequence=kept.sequence, at=kept.saved_at.isoformat())


@blueprint.get("/drafts/<int:draft_id>")
@signed_in
def go_on(draft_id: int) -> str:
    actor = current_actor()
    template, context = going_on.page_of(
        actor, queries.get_draft(actor, DraftId(draft_id)), preview="preview" in request.args
    )
    return render_template(template, **context)


@blueprint.post("/drafts/<int:draft_id>/discard")
@signed_in
def discard(draft_id: int) -> Answer:
    with acting() as actor:
        commands.discard(actor, DraftId(draft_id))
    return see("/drafts")


def _told(kept: KeptDraft | None) -> dict[str, Any]:
    """`sequence` 0 says that there never was any."""
    if kept is None:
        return {"id": 0, "sequence": 0, "open": False, "writer": "", "at": "", "fields": {}}
    return {
        "id": kept.id,
        "sequence": kept.sequence,
        "open": kept.is_open,
        "writer": kept.writer,
        "at": kept.saved_at.isoformat(),
        "fields": kept.fields,
    }
