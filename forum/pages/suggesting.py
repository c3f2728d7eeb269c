"""`/suggest`: what somebody may be about to type after @, # or a colon. For the composer's script."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from forum.accounts.queries import suggested_members
from forum.kernel.access import signed_in
from forum.kernel.answers import keep_nowhere
from forum.kernel.lines import one_line
from forum.pages.emoji import starting_with
from forum.topics.queries import suggested_topics

blueprint = Blueprint("suggesting", __name__)
blueprint.after_request(keep_nowhere)
# As many as fit above a phone's keyboard.
LIMIT = 6
LONGEST = 40


@blueprint.get("/suggest")
@signed_in
def suggest() -> str:
    """`kind` is member, topic or emoji; `q` how the name begins. An empty answer where nothing does."""
    kind, q = request.args.get("kind"), one_line(request.args.get("q", ""))[:LONGEST]
    return render_template(
        "pages/_suggestions.html",
        members=suggested_members(q, LIMIT) if kind == "member" and q else (),
        topics=suggested_topics(q, LIMIT) if kind == "topic" and q else (),
        emoji=starting_with(q, LIMIT) if kind == "emoji" and q else (),
    )
