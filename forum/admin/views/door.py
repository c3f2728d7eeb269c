"""What the pages of administrators have in common."""

from __future__ import annotations

from flask import Blueprint

from forum.kernel.answers import keep_nowhere

blueprint = Blueprint("admin", __name__)
blueprint.after_request(keep_nowhere)
