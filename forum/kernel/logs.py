"""Logs: one line an event, as key=value on standard error, with the id of the request that it happened in.

No secrets: no local variables of a traceback, no values of a statement (kernel.db), no address that a reader asked for
but its rule; and `scrub` takes out what may stand in an error's own words. Libraries' warnings go the same way.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# A password in a service's address; an e-mail address; a random token or its hash: of a session, or a letter's link.
SECRETS = (
    (re.compile(r"(?<=://)[^\s/@]+@"), "(secret)@"),
    (re.compile(r"[\w.+%-]{1,64}(?:@|%40)[\w-]+(?:\.[\w-]+)+"), "(address)"),
    (re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{40,}"), "(secret)"),
)


class _StandardError:
    """Whatever standard error is at the moment of writing."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def scrub(text: str) -> str:
    """The same words without addresses of people, passwords and tokens."""
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text


def configure() -> None:
    """Once a process; calling it again changes nothing."""
    if structlog.is_configured():
        return
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _scrubbed,
    ]
    lines = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False)
    structlog.configure(
        processors=[*shared, lines],
        logger_factory=structlog.PrintLoggerFactory(_StandardError()),  # type: ignore[arg-type]  # it writes and flushes
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(_StandardError())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, lines]
        )
    )
    root = logging.getLogger()
    for other in [one for one in root.handlers if type(one) is logging.StreamHandler]:
        root.removeHandler(other)  # granian's, which would say each line a second time, unscrubbed
    root.addHandler(handler)


def _scrubbed(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = scrub(value)
    return event
