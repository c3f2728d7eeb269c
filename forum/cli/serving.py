"""`forum serve`, `forum worker` and `forum demo`: the processes of a running site.

The application is imported only where it's needed: the command line stays quick.
"""

from __future__ import annotations

import errno
import gc
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

import click

from forum.cli import stopping
from forum.config import ROOT, Settings

HOST = "127.0.0.1"
PROGRAM = [sys.executable, "-c", "from forum.cli import main; main()"]
THREADS = 4  # a worker process answers this many requests at once; more wait in line
SECONDS_TO_FINISH = 30
# What can't start dies twice within this.
SECONDS_TO_GET_GOING = 5
HINTS = {
    errno.EADDRINUSE: "Stop what listens there, or choose another with --port.",
    errno.EACCES: "Ports below 1024 are the system’s: choose another with --port.",
}


@click.command()
@click.option("--host", default=HOST, show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes for requests.")
@click.option("--no-worker", is_flag=True, help="Don't run the background worker beside it.")
def serve(host: str, port: int, workers: int, *, no_worker: bool) -> None:
    """Serve the site in the foreground, with the background worker beside it."""
    os.environ["PORT"] = str(port)
    settings = Settings.from_env()
    address = free_address(host, port)
    _check_database()
    if settings.metrics:
        from forum.kernel import metrics

        metrics.clear(settings.data_dir / metrics.FOLDER)
    click.echo(f"Serving {settings.base_url} on {host}, port {port}")
    run(address, port, workers, beside=not no_worker)


def _check_database() -> None:
    """Raises Refused where it isn't set up. One that is away may come back: until then pages say so.

    No connection stays open: processes are forked off later.
    """
    from sqlalchemy.exc import DBAPIError

    from forum.kernel import outages, schema
    from forum.kernel.db import db
    from wsgi import application

    with application.app_context():
        try:
            schema.check()
        except DBAPIError as error:
            if not outages.refusal_of(error):
                raise
            click.echo(f"forum: the database can’t be reached yet: {outages.reason_of(error)}", err=True)
        finally:
            db.session.remove()
            db.engine.dispose()


def free_address(host: str, port: int) -> str:
    """Where to listen, in numbers. Raises ClickException where that can't be: granian would share a port with a server
    that somebody forgot, each answering half of the readers.
    """
    try:
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what was closed a moment ago is free
            probe.bind(place)
    except OSError as error:
        hint = HINTS.get(error.errno or 0, "Is that an address of this machine?")
        raise click.ClickException(f"can’t listen on {host}, port {port}: {error.strerror}. {hint}") from error
    return str(place[0])


def run(host: str, port: int, workers: int, *, beside: bool) -> None:
    """Serve until SIGTERM or Ctrl-C; what is in flight is finished first."""
    with _worker_beside() if beside else nullcontext():
        while not _served(host, port, workers):
            click.echo("forum: processes died one soon after the other; serving again", err=True)


def _served(host: str, port: int, workers: int) -> bool:
    """Whether it was told to stop. Granian gives up where a process dies again within 5.5 s of its start, by whatever
    cause. Raises SystemExit when it never got going.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server.mp import MPServer

    server = MPServer(
        "wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        working_dir=ROOT,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        backpressure=1000,
    )
    if sys.platform == "linux":
        _load_to_share()
    server.on_startup(partial(stopping.leave_first, server))
    start = time.monotonic()
    try:
        server.serve(target_loader=stopping.load, wrap_loader=False)
    except SystemExit:
        if server.interrupt_signal or time.monotonic() - start < SECONDS_TO_GET_GOING:
            raise
        return False
    return True


def _load_to_share() -> None:
    """Load the application here, and have granian fork its processes off: what none of them writes to, all share.

    Nothing that a child must have for itself is open by then: connections are made by the first request.
    """
    multiprocessing.set_start_method("fork", force=True)
    from wsgi import application

    for name in application.jinja_env.list_templates():
        application.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()  # a collection in a child would write to every object, and so copy it


@contextmanager
def _worker_beside() -> Iterator[None]:
    """A background worker in a process of its own, started again should it die."""
    ended = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=(ended,), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join(SECONDS_TO_FINISH)


def _keep_worker(ended: threading.Event) -> None:
    command = [*PROGRAM, "worker"]
    while not ended.is_set():
        process = subprocess.Popen(command, cwd=ROOT)  # noqa: S603  # our own interpreter and a fixed program
        while process.poll() is None and not ended.wait(0.5):
            pass
        if process.poll() is None:
            process.terminate()
            process.wait(SECONDS_TO_FINISH)
        elif not ended.wait(2):
            click.echo(f"forum: the worker ended with {process.returncode}; starting it again", err=True)


@click.command()
def worker() -> None:
    """Run only the background worker: mail, and everything that happens after an answer."""
    from forum import wiring
    from forum.app import create_app
    from forum.kernel import schema
    from forum.kernel.mailer import Postbox
    from forum.kernel.worker import Worker

    app = create_app()
    settings: Settings = app.extensions["settings"]
    one = Worker(Postbox.of(settings), wiring.JOBS, wiring.CHORES)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: one.stop.set())
    with app.app_context():
        schema.check()
        one.run()


@click.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535))
@click.option("--host", default=HOST, show_default=True)
@click.option("--prepare-only", is_flag=True, help="Load the sample community, but don't serve it.")
def demo(port: int, host: str, *, prepare_only: bool) -> None:
    """Set up, load the sample community and serve it."""
    from forum.app import create_app
    from forum.cli.site import prepare
    from forum.community.demo import load, sign_ins

    os.environ["PORT"] = str(port)
    if not prepare_only:
        free_address(host, port)
    app = create_app()
    prepare(app)
    with app.app_context():
        load()
        lines = sign_ins()
    click.echo(f"\nKade is at http://{host}:{port}\n\nSample sign-ins:\n" + "\n".join(lines) + "\n")
    if not prepare_only:
        arguments = [*PROGRAM, "serve", "--host", host, "--port", str(port)]
        os.execv(arguments[0], arguments)  # noqa: S606  # our own interpreter; what loading took is given back
