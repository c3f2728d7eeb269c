"""What a database says that can't answer at this moment, as refusals: it's busy, has no room, or is away.

Without it nobody is known and no form can be drawn, so an answer that says so asks it nothing more.
"""

from __future__ import annotations

from flask import g, has_app_context
from flask_babel import lazy_gettext as _
from sqlalchemy.exc import DBAPIError

from forum.kernel.errors import Away, Busy

# PostgreSQL's by SQLSTATE, SQLite's by the beginnings of their names.
BUSY = ("55P03", "40P01", "40001", "SQLITE_BUSY", "SQLITE_LOCKED")
NO_ROOM = ("53100", "SQLITE_FULL")
# Connection exceptions, too many connections, and a server that stops or starts.
AWAY = ("08", "53300", "57P01", "57P02", "57P03", "SQLITE_CANTOPEN", "SQLITE_IOERR")


def refusal_of(error: Exception) -> Busy | None:
    """Of SQLAlchemy's error or a driver's. None where something else is wrong, which is a fault of ours."""
    driver = error.orig if isinstance(error, DBAPIError) else error
    code: str = getattr(driver, "sqlite_errorname", None) or getattr(driver, "sqlstate", None) or ""
    if code.startswith(BUSY):
        return busy()
    if code.startswith(NO_ROOM):
        return Busy(
            _("The server has no room left, so nothing was changed. Keep your text, and tell whoever runs this site.")
        )
    if code.startswith(AWAY) or _is_lost(error, driver, code):
        return Away(_("The database can’t be reached at this moment. Try again in a minute."))
    return None


def reason_of(error: BaseException) -> str:
    """What database or driver said, in one line, for a log or a terminal."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return str(said).partition("\n")[0]


def is_of_tables(error: DBAPIError) -> bool:
    """Whether a table or column isn't there: no migration was run, or not the last one."""
    missing = ("no such table", "no such column", "has no column")  # SQLite has no code for it
    return getattr(error.orig, "sqlstate", None) in {"42P01", "42703"} or any(one in str(error.orig) for one in missing)


def busy() -> Busy:
    return Busy(_("The database is busy at this moment, so nothing was changed. Send it again in a few seconds."))


def _is_lost(error: Exception, driver: object, code: str) -> bool:
    """A connection that broke, or was never made: then no server gave a code (PEP 249 names the class)."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return not code and any(one.__name__ == "OperationalError" for one in type(driver).__mro__)


def note() -> None:
    """The database is away for what is left of this request."""
    g.database_is_away = True


def is_noted() -> bool:
    return has_app_context() and bool(g.get("database_is_away"))
