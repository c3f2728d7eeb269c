"""`POST /media`: for scripts, while somebody writes.

Sent as `multipart/form-data` with `file`, `alt` (may be empty) and `csrf_token`; with `idempotency_key`, a file that is
sent twice is added once. Answers 201 with JSON: `{"id", "address", "kind": "picture" | "document", "name", "size",
"width", "height", "alt", "markdown"}`. `markdown` is what to put into the text. Every refusal is JSON as well:
`{"status", "message", "fields": {"file" | "alt": …}}` with 401, 403, 413, 422, 429 or 503, in the member's language.
"""

from __future__ import annotations

import hashlib

from flask import Response, jsonify, request

from forum.kernel import keys
from forum.kernel.access import acting, signed_in
from forum.kernel.refusals import answers_json, takes
from forum.media import commands, forms, policy, queries
from forum.media.models import File
from forum.media.views.door import TOO_LARGE, blueprint, quota, received


@blueprint.post("/media")
@signed_in
@answers_json
@takes(policy.MAX_FORM, TOO_LARGE)
def upload() -> tuple[Response, int]:
    new = received()
    key = request.form.get("idempotency_key", "") or new.key
    words = (new.name, new.alt, hashlib.sha256(b"".join(new.drawn.parts.values())).hexdigest())
    with acting() as actor:
        kept = keys.once(actor.id, "media", key, words, lambda: commands.keep(actor, new, quota(actor)).key)
        answer = described(queries.get_own(actor, kept))
    return jsonify(answer), 201


def described(file: File) -> dict[str, str | int]:
    shown = queries.shown(file)
    return {
        "id": file.id,
        "kind": file.kind,
        "address": shown.address,
        "name": file.name,
        "size": file.size,
        "width": file.width,
        "height": file.height,
        "alt": file.alt,
        "markdown": forms.markdown_of(shown, file.alt),
    }
