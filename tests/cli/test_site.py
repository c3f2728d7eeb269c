"""The command line as an operator uses it: in a process of its own, on a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess, Popen

import pytest
from click.testing import CliRunner

from forum.cli import COMMANDS
from forum.cli import forum as program
from forum.config import ROOT

PROGRAM = [sys.executable, "-c", "from forum.cli import main; main()"]
Forum = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "FORUM_DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def forum(environ: dict[str, str]) -> Forum:
    def run(*arguments: str, typed: str = "", **more: str) -> CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, *arguments],
            env={**environ, **more},
            cwd=ROOT,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def await_answer(address: str, process: Popen[bytes]) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            process.poll()
    raise AssertionError(f"{address} doesn't answer")


def test_init_says_how_to_make_the_first_administrator_until_there_is_one(forum: Forum) -> None:
    assert "forum user create" in forum("init").stdout
    made = forum("user", "create", "--username", "first", "--email", "first@example.org", "--role", "admin",
                 "--password-stdin", typed="nine geese at the mill\n")  # fmt: skip
    again = forum("init")
    assert (made.returncode, again.returncode, "forum user create" in again.stdout) == (0, 0, False)


def test_nodes_that_start_together_set_one_database_up(tmp_path: Path, second_postgres_database: str) -> None:
    nodes = [
        Popen(
            [*PROGRAM, "init"],
            env={
                **os.environ,
                "FORUM_DATA_DIR": str(tmp_path / name),
                "FORUM_DATABASE_URL": second_postgres_database,
                "FORUM_SECRET_KEY": "of both nodes, as both have the same",
            },
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("left", "middle", "right")
    ]
    assert [(node.communicate()[1], node.returncode) for node in nodes] == [("", 0)] * 3


def test_program_has_help(forum: Forum) -> None:
    answer = forum("--help")
    assert (answer.returncode, answer.stderr, "Usage: forum" in answer.stdout) == (0, "", True)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    answer = CliRunner().invoke(program, [command, "--help"], prog_name="forum")
    assert (answer.exit_code, answer.stderr, f"Usage: forum {command}" in answer.output) == (0, "", True)


def test_settings_are_listed_changed_and_put_back(forum: Forum) -> None:
    forum("init")
    assert forum("setting", "get", "sign-up-open").stdout == "on\n"
    assert forum("setting", "set", "sign-up-open", "off").stdout == "sign-up-open = off\n"
    assert (
        "sign-up-open = off\n    Anyone may make an account. (switch, on by default)" in forum("setting", "list").stdout
    )
    assert forum("setting", "set", "sign-up-open", "--default").stdout == "sign-up-open = on\n"


def test_history_of_a_setting_says_from_what_to_what(forum: Forum) -> None:
    forum("init")
    for value in ("off", "--default"):
        forum("setting", "set", "sign-up-open", value)
    told = [line.partition("UTC  ")[2] for line in forum("setting", "history", "sign-up-open").stdout.splitlines()]
    assert told == ["command line: 'off' → 'on'", "command line: 'on' → 'off'"]


@pytest.mark.parametrize(("arguments", "says"), [
    (["set", "sign-up-open", "perhaps"], "write on or off"),
    (["get", "colour"], "There is no setting"),
])  # fmt: skip
def test_setting_that_makes_no_sense_is_refused(forum: Forum, arguments: list[str], says: str) -> None:
    forum("init")
    answer = forum("setting", *arguments)
    assert (answer.returncode, says in answer.stderr, "Traceback" in answer.stderr) == (1, True, False)


def test_wrong_environment_is_told_in_whole(forum: Forum) -> None:
    answer = forum("init", FORUM_DATABASE_URL="mysql://x", FORUM_SEARCH="grep")
    assert (answer.returncode, len(answer.stderr.splitlines())) == (2, 2)


def test_doctor_of_a_new_site_misses_only_the_worker(forum: Forum) -> None:
    forum("init")
    answer = forum("doctor")
    failed = [line.split(":")[0] for line in answer.stdout.splitlines() if line.startswith("FAIL")]
    assert (answer.returncode, failed) == (1, ["FAIL worker"])


def test_doctor_says_where_files_cannot_be_kept(forum: Forum) -> None:
    forum("init")
    answer = forum("doctor", FORUM_MEDIA_URL="s3+http://key-id:secret@127.0.0.1:9/files/kade")
    line = next(line for line in answer.stdout.splitlines() if "storage:" in line)
    told = "files in 127.0.0.1:9/files/kade can’t be written, read and deleted: "
    assert (line.startswith("FAIL"), told in line, "secret" in answer.stdout + answer.stderr) == (True, True, False)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("tell", [os.kill, os.killpg], ids=["the first process", "all of them"])
def test_server_with_its_worker_ends_when_told(
    forum: Forum, environ: dict[str, str], number: int, tell: Callable[[int, int], None]
) -> None:
    forum("init")
    port = free_port()
    server = Popen(
        [*PROGRAM, "serve", "--port", str(port)], env=environ, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        assert await_answer(f"http://127.0.0.1:{port}/healthz", server) == "ok\n"
        while '"worker":"ok"' not in await_answer(f"http://127.0.0.1:{port}/readyz", server):
            assert server.poll() is None
    finally:
        tell(server.pid, number)
    assert (server.communicate(timeout=40)[1], server.returncode) == (b"", 0)


def test_server_does_not_share_a_port(forum: Forum) -> None:
    forum("init")
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        answers = [forum(command, "--port", port) for command in ("serve", "demo")]
    told = f"Error: can’t listen on 127.0.0.1, port {port}: Address already in use. Stop what listens there, or choose "
    assert [(one.returncode, one.stderr) for one in answers] == [(1, f"{told}another with --port.\n")] * 2


def test_server_says_that_an_address_is_not_of_this_machine(forum: Forum) -> None:
    answer = forum("serve", "--host", "192.0.2.1")
    assert (answer.returncode, "Is that an address of this machine?" in answer.stderr) == (1, True)


NOWHERE = "postgresql+psycopg://postgres:secret@127.0.0.1:9/kade"
SITE_COMMANDS = (("serve",), ("worker",), ("user", "list"), ("counters", "check"), ("search", "status"))


@pytest.mark.parametrize("command", [("worker",), ("user", "list"), ("counters", "check"), ("init",)])
def test_database_that_cannot_be_reached_is_said_in_a_line(forum: Forum, command: tuple[str, ...]) -> None:
    answer = forum(*command, FORUM_DATABASE_URL=NOWHERE)
    begins = "forum: The database can't be reached: connection failed: "
    assert (answer.returncode, answer.stderr[: len(begins)], answer.stderr.count("\n")) == (1, begins, 1)
    assert "secret" not in answer.stderr


@pytest.mark.parametrize("command", SITE_COMMANDS)
def test_site_that_was_not_set_up_says_how_to(forum: Forum, command: tuple[str, ...]) -> None:
    answer = forum(*command, PORT=str(free_port()))
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert answer.stderr.endswith("Run: forum init\n")


def test_older_code_does_not_serve_what_newer_code_made(forum: Forum, environ: dict[str, str]) -> None:
    forum("init")
    with sqlite3.connect(Path(environ["FORUM_DATA_DIR"]) / "kade.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_later'")
    answer = forum("serve", PORT=str(free_port()))
    assert (answer.returncode, "of a newer version than this code" in answer.stderr) == (1, True)
