"""The public log, its feed and the check of its chain; the figures of a year; statements for handing in."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, text

from forum.accounts.models import Member
from forum.cli import forum
from forum.kernel import clock
from forum.kernel.access import Role
from forum.kernel.db import db, transaction
from forum.moderation.models import Action, LogLine, SubjectType
from forum.reports import commands
from forum.reports.complaint import Complaint
from forum.reports.models import Reason
from forum.transparency import export, queries
from tests import factories
from tests.justice import decide, settle
from tests.reports.test_reports import a_comment, reported
from tests.web import Web

TOKEN = "planted7f3a"
YEAR = clock.now().year


def removed(web: Web | None = None) -> Member:
    """A comment with a planted token in every text was reported, removed, appealed; its author."""
    author = factories.member(f"{TOKEN}a", name=f"Name {TOKEN}")
    words = {"source": TOKEN, "html": f"<p>{TOKEN}</p>", "excerpt": TOKEN}
    comment = a_comment(author, factories.post(title=f"Title {TOKEN}"), **words)
    reported(comment, Complaint(Reason.RUDE, TOKEN), username=f"{TOKEN}r")
    decide(SubjectType.COMMENT, comment.id, Action.REMOVE, facts=f"Because {TOKEN}.")
    settle()
    return author


@pytest.mark.parametrize(
    "path", ["/moderation/log", "/moderation/log.atom", f"/transparency/{YEAR}", f"/transparency/{YEAR}.csv"]
)
def test_removed_text_and_names_appear_nowhere_public(web: Web, path: str) -> None:
    removed()
    page = web.get(path)
    assert (page.status, TOKEN in page.text) == (200, False)


def test_log_shows_measure_ground_and_lane(web: Web) -> None:
    removed()
    words = web.get("/moderation/log").words()
    assert "Comment: removed" in words
    assert "Argue the case, not the person" in words
    assert "/rules#argue-the-case" in web.get("/moderation/log").links()


def test_log_is_read_by_lane(web: Web) -> None:
    removed()
    assert "Comment: removed" in web.get("/moderation/log?lane=reports").words()
    assert "Nothing was decided yet" in web.get("/moderation/log?lane=legal").words()


@pytest.mark.parametrize("query", ["?after=x", "?after=99999999999999999999", "?lane=%00", "?after=-1"])
def test_log_takes_any_query(web: Web, query: str) -> None:
    assert web.get(f"/moderation/log{query}").status == 200


def test_log_is_turned_page_by_page(web: Web) -> None:
    for _number in range(31):
        decided()
    first = web.get("/moderation/log")
    assert first.text.count('<tr id="line-') == 30
    [older] = [link for link in first.links() if "after=" in link]
    assert web.get(older).text.count('<tr id="line-') == 1


def decided() -> None:
    comment = a_comment()
    reported(comment)
    decide(SubjectType.COMMENT, comment.id, Action.KEEP)


def test_feed_is_well_formed_and_dated(web: Web) -> None:
    removed()
    root = ET.fromstring(web.get("/moderation/log.atom").text)
    titles = [one.text for one in root.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles == ["Moderation log of Kade", "Comment: removed"]


def test_chain_holds_until_somebody_changes_a_line(app: Flask) -> None:
    for _number in range(3):
        decided()
    assert queries.first_broken() == (3, None)
    second = sorted(db.session.scalars(select(LogLine.id)))[1]
    changed("UPDATE log_lines SET ground = 'law' WHERE id = :id", second)
    assert queries.first_broken() == (1, second)


def changed(statement: str, line: int) -> None:
    """By hand, past the trigger that refuses it."""
    with transaction() as session:
        if db.engine.dialect.name == "postgresql":
            session.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            for (name,) in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                if name.startswith("log_lines"):
                    session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text(statement), {"id": line})


def test_command_says_whether_the_chain_holds(app: Flask) -> None:
    decided()
    command = CliRunner().invoke(forum, ["moderation", "verify-log"], obj=app_info(app))
    assert (command.exit_code, command.output) == (0, "1 lines, and every one follows from the one before.\n")


def app_info(app: Flask):  # type: ignore[no-untyped-def]  # Flask's own class, for its command line
    from flask.cli import ScriptInfo

    return ScriptInfo(create_app=lambda: app)


def test_year_counts_what_happened(app: Flask) -> None:
    removed()
    decided()
    shown = queries.get_year()
    reports = {str(one.name): one.count for one in shown.reports}
    assert {str(one.name): one.count for one in shown.actions} == {"removed": 1, "kept": 1}
    assert (reports["Reports"], reports["of them upheld"]) == (2, 1)
    assert [(str(one.name), one.count) for one in shown.grounds] == [("Argue the case, not the person", 2)]
    assert shown.statements == 1


def test_year_tells_people_from_checks(app: Flask) -> None:
    comment = a_comment()
    for _number in range(2):
        actor = factories.actor(factories.member(trust_level=3))
        with transaction():
            commands.report(actor, SubjectType.COMMENT, comment.id, Complaint(Reason.SPAM, ""))
    shown = queries.get_year()
    assert ([one.count for one in shown.by_machines], shown.actions) == ([1], ())


def test_year_gives_lanes_with_times(app: Flask) -> None:
    decided()
    lane = next(one for one in queries.get_year().lanes if str(one.name) == "Reports")
    assert (lane.part.opened, lane.part.decided, lane.part.waiting, lane.in_time) == (1, 1, 0, "100 %")
    assert lane.median == "0.0 h"


def test_figures_follow_a_change_at_once(web: Web) -> None:
    decided()
    before = web.get("/transparency").words()
    decided()
    assert web.get("/transparency").words() != before


@pytest.mark.parametrize("year", [1999, YEAR + 1, 99999])
def test_year_without_figures_is_missing(web: Web, year: int) -> None:
    assert [web.get(f"/transparency/{year}{end}").status for end in ("", ".csv")] == [404, 404]


def test_table_has_the_figures_of_the_page(web: Web) -> None:
    decided()
    rows = list(csv.reader(io.StringIO(web.get(f"/transparency/{YEAR}.csv").text)))
    assert rows[0] == ["part", "what", "figure"]
    assert ["actions", "kept", "1"] in rows


@pytest.mark.parametrize("text_", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(text_: str) -> None:
    assert export.csv_of([(text_,)]).strip('"').startswith("'")


def test_statements_export_with_the_databases_fields(web: Web) -> None:
    removed()
    web.sign_in(factories.member(role=Role.ADMIN))
    [one] = json.loads(web.get(f"/admin/statements/{YEAR}.json").text)["statements"]
    assert (one["decision_visibility"], one["category"]) == (
        ["DECISION_VISIBILITY_CONTENT_REMOVED"], "STATEMENT_CATEGORY_CYBER_VIOLENCE",
    )  # fmt: skip
    assert (one["source_type"], one["automated_decision"], one["content_type"]) == (
        "SOURCE_TYPE_OTHER_NOTIFICATION", "AUTOMATED_DECISION_NOT_AUTOMATED", ["CONTENT_TYPE_TEXT"],
    )  # fmt: skip
    rows = list(csv.reader(io.StringIO(web.get(f"/admin/statements/{YEAR}.csv").text)))
    assert (len(rows), rows[0][-1]) == (2, "puid")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
def test_statements_are_for_administrators(web: Web, role: Role) -> None:
    web.sign_in(factories.member(role=role))
    assert [web.get(f"/admin/statements/{YEAR}.{end}").status for end in ("csv", "json")] == [403, 403]
