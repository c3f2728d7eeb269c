"""The public log, the figures of a year, and for administrators the statements of reasons."""

from __future__ import annotations

import json

from flask import Blueprint, Response, render_template, request

from forum.kernel import clock
from forum.kernel.access import administrators, public
from forum.kernel.answers import page
from forum.moderation.words import LANES
from forum.transparency import export, queries
from forum.transparency.records import YearPage

blueprint = Blueprint("transparency", __name__)
# Who asks often finds the same: a minute later is soon enough.
FOR_A_MINUTE = "public, max-age=60"


@blueprint.get("/moderation/log")
@public
def log() -> str:
    lane = request.args.get("lane", "")
    lines = queries.page_of_lines(request.args.get("after"), lane)
    return page("transparency/log.html", lines=lines, lane=lane, lanes=tuple(LANES.items()))


@blueprint.get("/moderation/log.atom")
@public
def log_feed() -> Response:
    lines = queries.page_of_lines()
    made = lines.rows[0].made_at if lines.rows else clock.now()
    answer = Response(
        render_template("transparency/log.xml", lines=lines.rows, updated=made), mimetype="application/atom+xml"
    )
    answer.headers["Cache-Control"] = FOR_A_MINUTE
    return answer


@blueprint.get("/transparency")
@public
def this_year() -> str:
    return page("transparency/year.html", shown=queries.get_year())


@blueprint.get("/transparency/<int:year>")
@public
def year(year: int) -> str:
    return page("transparency/year.html", shown=queries.get_year(year))


@blueprint.get("/transparency/<int:year>.csv")
@public
def year_table(year: int) -> Response:
    return _table(export.csv_of(_rows(queries.get_year(year))), f"moderation-{year}.csv")


@blueprint.get("/admin/statements")
@administrators
def statements() -> str:
    return page("transparency/statements.html", years=queries.get_year().years)


@blueprint.get("/admin/statements/<int:year>.csv")
@administrators
def statement_table(year: int) -> Response:
    queries.get_year(year)
    return _table(export.csv_of(export.as_rows(queries.statements_of(year))), f"statements-{year}.csv")


@blueprint.get("/admin/statements/<int:year>.json")
@administrators
def statement_objects(year: int) -> Response:
    queries.get_year(year)
    objects = [export.as_object(one) for one in queries.statements_of(year)]
    answer = Response(json.dumps({"statements": objects}, ensure_ascii=False, indent=1), mimetype="application/json")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _table(text: str, name: str) -> Response:
    answer = Response(text, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _rows(shown: YearPage) -> list[tuple[object, ...]]:
    """One figure a row: which part of the page, what, how many."""
    rows: list[tuple[object, ...]] = [("part", "what", "figure")]
    for line in shown.lanes:
        part = line.part
        rows += [(line.name, name, getattr(part, name)) for name in ("opened", "decided", "waiting", "in_time")]
        rows.append((line.name, "median_hours", "" if part.median_hours is None else round(part.median_hours, 2)))
    for name in ("actions", "by_machines", "grounds", "sources", "reports", "appeals"):
        rows += [(name, one.name, one.count) for one in getattr(shown, name)]
    return [*rows, ("notices", "", shown.notices), ("statements", "", shown.statements)]
