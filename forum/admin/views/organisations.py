"""Organisations of all states."""

from __future__ import annotations

from flask import request

from forum.admin import forms, queries
from forum.admin.views.door import blueprint
from forum.admin.words import ORGANISATION_STATES
from forum.kernel.access import administrators
from forum.kernel.answers import page


@blueprint.get("/admin/organisations")
@administrators
def organisations() -> str:
    wanted = forms.read_organisations(request.args)
    found = queries.page_of_organisations(wanted)
    return page("admin/organisations.html", wanted=wanted, found=found, states=tuple(ORGANISATION_STATES.items()))
