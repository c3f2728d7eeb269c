"""`/readyz`: whether this process can serve. Worker and index only degrade; they never take a node out of service."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from forum.kernel import clock, schema, worker
from forum.kernel.access import public
from forum.search.index import engine

blueprint = Blueprint("health", __name__)
LATE = timedelta(minutes=3)


@blueprint.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """200 when database and migrations are right, else 503; `worker` and `index` may say degraded either way."""
    checks = {"database": "failed", "migrations": "failed", "worker": "degraded", "index": "degraded"}
    with suppress(SQLAlchemyError):
        current, head = schema.current_and_head()
        checks["database"] = "ok"
        checks["migrations"] = "ok" if current == head else "failed"
        beat = worker.last_beat()
        checks["index"] = "ok" if not engine().trouble() else "degraded"
        checks["worker"] = "ok" if beat and clock.now() - beat < LATE else "degraded"
    return jsonify(checks), 503 if "failed" in checks.values() else 200
