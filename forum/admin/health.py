"""Whether the site is well: the checks of `forum doctor` and of the page of administrators."""

from __future__ import annotations

import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from forum.config import ROOT, Settings
from forum.kernel import clock, mailer, outbox, schema, worker
from forum.kernel.db import db, is_sqlite
from forum.kernel.errors import Words
from forum.kernel.logs import scrub
from forum.kernel.metrics import Figure
from forum.media import storage
from forum.media.errors import StorageAway
from forum.search.index import engine
from forum.search.queries.lag import lag

LOW_SPACE = 200 * 1024 * 1024
LATE = timedelta(minutes=3)
# Clocks of machines that look after their time are closer.
APART = timedelta(seconds=30)
MANIFEST = ROOT / "static" / "dist" / "manifest.json"
# Whoever looks at the page waits.
SECONDS_TO_ANSWER = 3
UP = ("kade_database_up", "1 while the database answers and has its tables.")


@dataclass(frozen=True)
class Finding:
    """`name` as the command line writes it, `title` as the page does."""

    name: str
    title: Words
    well: bool
    says: str


@dataclass(frozen=True)
class Asked:
    """`outside`: mail server and store of files are asked, too."""

    settings: Settings
    outside: bool


Told = tuple[bool, str]


def examine(settings: Settings, *, outside: bool) -> Iterator[Finding]:
    """Each check, and what a check that itself broke says."""
    asked = Asked(settings, outside)
    for name, (title, check) in CHECKS.items():
        try:
            well, says = check(asked)
        except Exception as error:
            well, says = False, scrub((str(error).splitlines() or [type(error).__name__])[0])
        db.session.rollback()
        yield Finding(name, title, well, says)


def versions() -> tuple[tuple[Words, str], ...]:
    """What is installed."""
    statement = "SELECT sqlite_version()" if is_sqlite() else "SHOW server_version"
    database = db.session.execute(text(statement)).scalar_one()
    return (
        ("Kade", version("kade")),
        ("Python", platform.python_version()),
        ("SQLite" if is_sqlite() else "PostgreSQL", str(database)),
        (lazy_gettext("Database’s migration"), schema.current_and_head()[0] or "–"),
    )


def figures() -> tuple[Figure, ...]:
    """For a monitoring system, which has to be told when the database is away, too."""
    try:
        return Figure(*UP, 1), *_of_database()
    except SQLAlchemyError:
        db.session.rollback()
        return (Figure(*UP, 0),)


def _of_database() -> Iterator[Figure]:
    yield Figure("kade_outbox_waiting", "Deliveries that wait for the worker.", outbox.count_waiting())
    yield Figure("kade_outbox_parked", "Deliveries that were given up on.", outbox.count_parked())
    yield Figure("kade_letters_waiting", "Letters that wait to be sent.", mailer.count_waiting())
    yield Figure("kade_letters_parked", "Letters that were given up on.", mailer.count_parked())
    yield Figure("kade_search_lag", "Changes that the search index doesn't know yet.", lag().count)
    beat = worker.last_beat()
    seconds = (clock.now() - beat).total_seconds() if beat else float("inf")
    yield Figure("kade_worker_silence_seconds", "Since the worker was last seen.", seconds)


def _database(_asked: Asked) -> Told:
    db.session.execute(text("SELECT 1"))
    return True, str(db.engine.dialect.name)


def _migrations(_asked: Asked) -> Told:
    current, head = schema.current_and_head()
    if current == head:
        return True, _("at %(current)s", current=current)
    return False, _("at %(current)s, needs %(head)s: run forum init", current=current, head=head)


def _front_end(_asked: Asked) -> Told:
    built = MANIFEST.exists()
    return built, _("built") if built else _("not built: run make setup")


def _worker(_asked: Asked) -> Told:
    beat, waiting, parked = worker.last_beat(), outbox.count_waiting(), outbox.count_parked()
    tray = _("%(waiting)d waiting, %(parked)d parked", waiting=waiting, parked=parked)
    if beat is None:
        return False, _("has never run (%(tray)s): start forum serve or forum worker", tray=tray)
    seen = f"{beat:%Y-%m-%d %H:%M} UTC"
    if clock.now() - beat > LATE:
        return False, _("last seen %(seen)s (%(tray)s): start forum worker", seen=seen, tray=tray)
    return True, _("last seen %(seen)s (%(tray)s)", seen=seen, tray=tray)


def _index(_asked: Asked) -> Told:
    index, waiting = engine(), lag()
    trouble = index.trouble()
    if trouble:
        words = _("the worker builds it anew, or run forum search rebuild")
        return False, f"{index.name}: {trouble}; {words}"
    told = {"name": index.name, "documents": f"{index.state().documents:,}", "changes": f"{waiting.count:,}"}
    says = _("%(name)s, %(documents)s documents, %(changes)s changes to be told", **told)
    if waiting.is_long:
        return False, _("%(says)s: is the worker running?", says=says)
    return True, f"{says}; {advice}" if (advice := index.advice()) else says


def _mail(asked: Asked) -> Told:
    waiting, parked = mailer.count_waiting(), mailer.count_parked()
    tray = _("%(waiting)d waiting, %(parked)d parked", waiting=waiting, parked=parked)
    url = asked.settings.smtp_url
    if not url:
        told = {"folder": asked.settings.data_dir / "mail", "tray": tray}
        return True, _("written as files under %(folder)s (set FORUM_SMTP_URL to send), %(tray)s", **told)
    if not asked.outside:
        return True, _("the server wasn’t asked, %(tray)s", tray=tray)
    with mailer.connection(url, SECONDS_TO_ANSWER):
        return True, _("the server answers, %(tray)s", tray=tray)


def _storage(asked: Asked) -> Told:
    folder, files = asked.settings.data_dir, storage.current()
    with tempfile.NamedTemporaryFile(dir=folder):
        free = shutil.disk_usage(folder).free
    says = _("%(folder)s, %(free)s MB free", folder=folder, free=f"{free // 1024**2:,}")
    if free <= LOW_SPACE:
        return False, _("%(says)s: make room", says=says)
    if files.url and not asked.outside:
        return True, _("%(says)s; the store of files wasn’t asked", says=says)
    try:
        files.check()
    except StorageAway as error:
        why = (str(error.__cause__).strip() or "away").splitlines()[0]
        told = {"says": says, "place": files.place, "why": scrub(why)}
        return False, _("%(says)s; files in %(place)s can’t be written, read and deleted: %(why)s", **told)
    return True, _("%(says)s; files in %(place)s are written, read and deleted", says=says, place=files.place)


def _clock(_asked: Asked) -> Told:
    """SQLite has no clock of its own, but the worker wrote down when it was."""
    now = clock.now()
    if is_sqlite():
        there = max(worker.last_beat() or now, now)
    else:
        there = db.session.execute(text("SELECT now()")).scalar_one()
    apart = abs(now - there)
    words = {"now": f"{now:%Y-%m-%d %H:%M} UTC", "apart": f"{apart.total_seconds():.1f}"}
    if apart < APART:
        return True, _("%(now)s, %(apart)s s from the database’s", **words)
    return False, _("%(now)s, %(apart)s s from the database’s: set the clocks of both machines", **words)


CHECKS: dict[str, tuple[Words, Callable[[Asked], Told]]] = {
    "database": (lazy_gettext("Database"), _database),
    "migrations": (lazy_gettext("Migrations"), _migrations),
    "front end": (lazy_gettext("Front end"), _front_end),
    "worker": (lazy_gettext("Background worker"), _worker),
    "index": (lazy_gettext("Search index"), _index),
    "mail": (lazy_gettext("Outgoing mail"), _mail),
    "storage": (lazy_gettext("Disk and files"), _storage),
    "clock": (lazy_gettext("Clock"), _clock),
}
