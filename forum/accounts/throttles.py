"""Throttles of accounts: how often something may be tried, for an account and from an address.

Counted in the database, so that more workers or a restart don't give more tries. A try is counted before its work is
done, in a transaction of its own: a hundred at once can't all pass. Lifted by FORUM_RATE_LIMITS=off.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from flask_babel import lazy_ngettext
from sqlalchemy import case, delete, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from forum import config
from forum.accounts.models import Throttle
from forum.kernel import clock
from forum.kernel.db import db, is_sqlite
from forum.kernel.errors import TooOften


@dataclass(frozen=True)
class Limit:
    """At most `tries` within `window`, counted from the first."""

    name: str
    tries: int
    window: timedelta


# Ten wrong passwords are more than anybody needs; at forty an hour, guessing one of a million takes years.
SIGN_IN_ACCOUNT = Limit("sign-in:account", 10, timedelta(minutes=15))
# An office behind one address still gets in; a list of leaked passwords doesn't.
SIGN_IN_ADDRESS = Limit("sign-in:address", 50, timedelta(minutes=15))
# A code has six digits, and three are right at a time: at thirty a day, whoever knows the password needs twenty years
# for an even chance, and its owner hears of it after five.
STEP_ACCOUNT = Limit("second-step:account", 10, timedelta(minutes=15))
STEP_DAY = Limit("second-step:day", 30, timedelta(days=1))
STEP_ADDRESS = Limit("second-step:address", 50, timedelta(minutes=15))
# A passkey can't be guessed, but asking for one makes a row.
PASSKEY_ADDRESS = Limit("passkey:address", 60, timedelta(minutes=15))
# The password once more, for a change: from a session left open.
PASSWORD_ACCOUNT = Limit("password:account", 10, timedelta(minutes=15))
# Two classes of thirty behind one address can sign up in an hour.
SIGN_UP_ADDRESS = Limit("sign-up:address", 60, timedelta(hours=1))
# Letters that somebody else can cause: enough for a lost one, too few to fill a letter box.
MAIL_ACCOUNT = Limit("mail:account", 5, timedelta(hours=1))
MAIL_ADDRESS = Limit("mail:address", 30, timedelta(hours=1))
# Notices of illegal content: somebody who found a whole thread of it gets through, a flood doesn't.
NOTICE_ADDRESS = Limit("notice:address", 20, timedelta(hours=1))
# Tokens can't be guessed, but trying costs us a hash.
TOKEN_ADDRESS = Limit("token:address", 60, timedelta(minutes=15))


def hit(*tries: tuple[Limit, str]) -> None:
    """Count a try for each limit and whom it's about. Raises TooOften, and then counts none of them."""
    if not config.current().rate_limits:
        return
    for limit, whom in tries:
        _count(limit, whom)


def give_back(limit: Limit, whom: str) -> None:
    """The try was fine after all: it doesn't count."""
    db.session.execute(
        update(Throttle).where(Throttle.key == _key(limit, whom), Throttle.tries > 0).values(tries=Throttle.tries - 1)
    )


def forget(limit: Limit, whom: str) -> None:
    db.session.execute(delete(Throttle).where(Throttle.key == _key(limit, whom)))


def sweep() -> None:
    """Forget windows that are over."""
    db.session.execute(delete(Throttle).where(Throttle.window_ends_at < clock.now()))


def _count(limit: Limit, whom: str) -> None:
    now = clock.now()
    insert = sqlite_insert if is_sqlite() else postgresql_insert
    over = Throttle.window_ends_at <= now
    counted = db.session.execute(
        insert(Throttle)
        .values(key=_key(limit, whom), tries=1, window_ends_at=now + limit.window)
        .on_conflict_do_update(
            index_elements=[Throttle.key],
            set_={
                "tries": case((over, 1), else_=Throttle.tries + 1),
                "window_ends_at": case((over, now + limit.window), else_=Throttle.window_ends_at),
            },
        )
        .returning(Throttle.tries, Throttle.window_ends_at)
    ).one()
    if counted.tries > limit.tries:
        raise _too_often(max(1, ceil((counted.window_ends_at - now).total_seconds())))


def _too_often(seconds: int) -> TooOften:
    message = lazy_ngettext(
        "That was tried too often. Wait a minute, then try again.",
        "That was tried too often. Wait %(num)s minutes, then try again.",
        ceil(seconds / 60),
    )
    return TooOften(message, retry_after=seconds)


def _key(limit: Limit, whom: str) -> str:
    """Names and addresses that somebody typed aren't kept: a digest counts as well."""
    return f"{limit.name}:{hashlib.sha256(whom.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
