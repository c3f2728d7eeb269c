"""What administrators did."""

from __future__ import annotations

from flask import request

from forum.admin import queries
from forum.admin.views.door import blueprint
from forum.kernel.access import administrators
from forum.kernel.answers import page


@blueprint.get("/admin/acts")
@administrators
def acts() -> str:
    return page("admin/acts.html", acts=queries.page_of_acts(request.args.get("after"), request.args.get("before")))
