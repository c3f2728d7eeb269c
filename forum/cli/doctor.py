"""`forum doctor`: one line a check, for an operator who wants to know whether the site is well."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import click
from flask import Flask
from sqlalchemy import text

from forum.app import create_app
from forum.config import ROOT, Settings
from forum.kernel import clock, mailer, outbox, schema, worker
from forum.kernel.db import db

LOW_SPACE = 200 * 1024 * 1024
LATE = timedelta(minutes=3)


@dataclass(frozen=True)
class Finding:
    name: str
    well: bool
    says: str


@click.command()
def doctor() -> None:
    """Check database, migrations, front end, worker, mail, storage and clock."""
    app = create_app()
    with app.app_context():
        findings = list(examine(app))
    for one in findings:
        click.echo(f"{'ok  ' if one.well else 'FAIL'} {one.name}: {one.says}")
    if not all(one.well for one in findings):
        raise SystemExit(1)


def examine(app: Flask) -> Iterator[Finding]:
    """Each check, and what a check that itself broke says."""
    checks: tuple[tuple[str, Callable[[Settings], tuple[bool, str]]], ...] = (
        ("database", _database),
        ("migrations", _migrations),
        ("front end", _front_end),
        ("worker", _worker),
        ("mail", _mail),
        ("storage", _storage),
        ("clock", _clock),
    )
    for name, check in checks:
        try:
            well, says = check(app.extensions["settings"])
        except Exception as error:
            well, says = False, str(error).splitlines()[0]
        db.session.rollback()
        yield Finding(name, well, says)


def _database(_settings: Settings) -> tuple[bool, str]:
    db.session.execute(text("SELECT 1"))
    return True, str(db.engine.dialect.name)


def _migrations(_settings: Settings) -> tuple[bool, str]:
    current, head = schema.current_and_head()
    return (
        current == head,
        f"at {current}" if current == head else f"at {current}, needs {head}: run forum init",
    )


def _front_end(_settings: Settings) -> tuple[bool, str]:
    built = (ROOT / "static" / "dist" / "manifest.json").exists()
    return built, "built" if built else "not built: run make setup"


def _worker(_settings: Settings) -> tuple[bool, str]:
    beat, waiting, parked = worker.last_beat(), outbox.count_waiting(), outbox.count_parked()
    tray = f"{waiting} waiting, {parked} parked"
    if beat is None:
        return False, f"has never run ({tray}): start forum serve or forum worker"
    late = clock.now() - beat > LATE
    return not late, f"last seen {beat:%Y-%m-%d %H:%M} UTC ({tray})" + (": start forum worker" if late else "")


def _mail(settings: Settings) -> tuple[bool, str]:
    waiting = mailer.count_waiting()
    if not settings.smtp_url:
        return (
            True,
            f"written as files under {settings.data_dir / 'mail'} (set FORUM_SMTP_URL to send), {waiting} waiting",
        )
    with mailer.connection(settings.smtp_url):
        return True, f"the server answers, {waiting} waiting"


def _storage(settings: Settings) -> tuple[bool, str]:
    with tempfile.NamedTemporaryFile(dir=settings.data_dir):
        free = shutil.disk_usage(settings.data_dir).free
    return free > LOW_SPACE, f"{settings.data_dir}, {free // 1024**2:,} MB free"


def _clock(_settings: Settings) -> tuple[bool, str]:
    if db.engine.dialect.name == "sqlite":
        return True, f"{clock.now():%Y-%m-%d %H:%M} UTC"
    there = db.session.execute(text("SELECT now()")).scalar_one()
    apart = abs((clock.now() - there).total_seconds())
    return apart < 30, f"{apart:.1f} s from the database's"
