"""`forum doctor`: one line a check, for an operator who wants to know whether the site is well."""

from __future__ import annotations

import click
from flask_babel import force_locale

from forum.admin import health
from forum.app import create_app


@click.command()
def doctor() -> None:
    """Check database, migrations, front end, worker, index, mail, storage and clock."""
    app = create_app()
    with app.app_context(), force_locale("en"):
        findings = list(health.examine(app.extensions["settings"], outside=True))
    for one in findings:
        click.echo(f"{'ok  ' if one.well else 'FAIL'} {one.name}: {one.says}")
    if not all(one.well for one in findings):
        raise SystemExit(1)
