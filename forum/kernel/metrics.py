"""Figures for a monitoring system, in Prometheus' words. The one door to prometheus_client.

Off unless FORUM_METRICS holds a token; then requests that reach the application are counted. Finished pages from the
front door are not: counting them would cost a good part of what they cost. Each process keeps its sums in a file of the
data folder, and whichever is asked adds them up, so that two processes tell the same.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, g, request

from forum.kernel.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from prometheus_client import Counter, Histogram
    from prometheus_client.metrics_core import Metric

FOLDER = "metrics"
EXTENSION = "metrics"
# Read by prometheus_client when it is imported.
VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
# From a page at hand to one that nobody waits for.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


@dataclass(frozen=True)
class Figure:
    """What is the case at this moment, for the whole site."""

    name: str
    about: str
    value: float


@dataclass(frozen=True)
class Metrics:
    token: str
    folder: str
    requests: Counter
    seconds: Histogram


def install(app: Flask, folder: Path, *, token: str | None) -> None:
    """Nothing at all without a token."""
    if not token:
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.setdefault(VARIABLE, str(folder))
    from prometheus_client import CollectorRegistry, Counter, Histogram

    own = CollectorRegistry()  # never told as it is; the files are
    app.extensions[EXTENSION] = Metrics(
        token,
        os.environ[VARIABLE],
        Counter("kade_requests", "Requests, by view and status.", ("endpoint", "status"), registry=own),
        Histogram("kade_request_seconds", "How long they took.", ("endpoint",), registry=own, buckets=BUCKETS),
    )
    app.before_request(_begin)
    app.after_request(_count)


def clear(folder: Path) -> None:
    """What processes left behind that are no more: when a server starts, before its processes do."""
    for path in folder.glob("*.db"):
        path.unlink(missing_ok=True)


def check_token() -> None:
    """Raises NotFound where figures are off, Forbidden without the token."""
    metrics: Metrics | None = current_app.extensions.get(EXTENSION)
    if metrics is None:
        raise NotFound
    given = request.headers.get("Authorization", "")
    if not compare_digest(given.encode(), f"Bearer {metrics.token}".encode()):
        raise Forbidden


def told(figures: Iterable[Figure]) -> Response:
    """Every process' sums, and figures of the site."""
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    metrics: Metrics = current_app.extensions[EXTENSION]
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=metrics.folder)  # type: ignore[no-untyped-call]  # it has no types
    registry.register(_Now(tuple(figures)))
    answer = Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class _Now:
    """Gauges that belong to no process: told at once, never kept in a file."""

    def __init__(self, figures: tuple[Figure, ...]) -> None:
        self.figures = figures

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.metrics_core import GaugeMetricFamily

        for one in self.figures:
            yield GaugeMetricFamily(one.name, one.about, one.value)


def _begin() -> None:
    g.begun_at = time.perf_counter()


def _count(response: Response) -> Response:
    """By the view's name, never by address: those are without number, and hold tokens."""
    metrics: Metrics = current_app.extensions[EXTENSION]
    endpoint = request.endpoint or "none"
    metrics.requests.labels(endpoint, response.status_code).inc()
    if "begun_at" in g:
        metrics.seconds.labels(endpoint).observe(time.perf_counter() - g.begun_at)
    return response
