"""What a container runs, run here: it comes up on an empty folder, answers, and ends when it is told to."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from forum.config import ROOT
from tests.browser.site import Site, free_port, in_time

FOLDER = ROOT / "docs" / "container"


def test_start_makes_a_site_serves_it_and_ends_on_sigterm(tmp_path: Path) -> None:
    port = str(free_port())
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environ = {**os.environ, "PATH": path, "HOST": "127.0.0.1", "PORT": port, "FORUM_DATA_DIR": str(tmp_path / "data")}
    site = Site(f"http://127.0.0.1:{port}", environ)
    server = subprocess.Popen(["sh", str(FOLDER / "start.sh"), "--workers", "1"], env=environ, cwd=ROOT)
    try:
        in_time(site.answers, "an answer of the container's command")
    finally:
        server.send_signal(signal.SIGTERM)
    assert server.wait(60) == 0


@pytest.mark.parametrize("script", sorted(FOLDER.glob("*.sh")), ids=lambda path: path.name)
def test_scripts_are_right_by_the_shell(script: Path) -> None:
    assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0


def test_images_are_named_plainly() -> None:
    """Whoever builds chooses the registry."""
    texts = [path.read_text() for path in FOLDER.iterdir()]
    images = [name for text in texts for name in re.findall(r"^(?:FROM|\s+image:) (\S+)", text, re.MULTILINE)]
    assert sorted(images) == ["kade", "postgres:17", "python:3.13-slim", "redis:7"]


def test_container_runs_the_steps_that_stand_in_scripts() -> None:
    text = (FOLDER / "Containerfile").read_text()
    assert re.findall(r"sh (docs/container/\w+\.sh)|\"(docs/container/\w+\.sh)\"", text) == [
        ("docs/container/build.sh", ""), ("", "docs/container/start.sh"),
    ]  # fmt: skip
