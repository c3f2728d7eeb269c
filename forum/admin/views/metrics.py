"""Figures for a monitoring system, where FORUM_METRICS asks for them."""

from __future__ import annotations

from flask import Response

from forum.admin import health
from forum.admin.views.door import blueprint
from forum.kernel import metrics
from forum.kernel.access import public


@blueprint.get("/metrics")
@public
def show_metrics() -> Response:
    """For whoever knows the token."""
    metrics.check_token()
    return metrics.told(health.figures())
