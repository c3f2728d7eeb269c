"""Many visitors at the same moment, each on a connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import Flask

from forum.kernel.db import db

Given = TypeVar("Given")
Found = TypeVar("Found")


def at_once(app: Flask, act: Callable[[Given], Found], given: Sequence[Given]) -> list[Found]:
    """Run `act` for each of `given` in a thread of its own, all let go together. Raises what any of them raised."""
    gate = threading.Barrier(len(given))
    found: dict[int, Found] = {}
    failed: list[BaseException] = []

    def run(index: int) -> None:
        gate.wait()
        try:
            with app.app_context():
                found[index] = act(given[index])
                db.session.remove()
        except BaseException as error:  # handed to the test's own thread
            failed.append(error)

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(given))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return [found[index] for index in range(len(given))]
