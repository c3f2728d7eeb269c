"""Whether the site is well."""

from __future__ import annotations

from flask import request

from forum import config
from forum.admin import health, queries
from forum.admin.views.door import blueprint
from forum.kernel.access import administrators
from forum.kernel.answers import page


@blueprint.get("/admin")
@administrators
def show_health() -> str:
    """With `ask`, mail server and store of files are asked, too: that takes some seconds where one is away."""
    outside = bool(request.args.get("ask"))
    findings = tuple(health.examine(config.current(), outside=outside))
    return page(
        "admin/health.html",
        findings=findings,
        is_well=all(one.well for one in findings),
        outside=outside,
        versions=health.versions(),
        jobs=queries.jobs(),
    )
