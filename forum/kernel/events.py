"""What happened. A command records an event; who listens is written in forum/wiring.py and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from forum.kernel import outbox


@dataclass(frozen=True)
class Event:
    """A fact in the past tense. Subclasses hold ids and plain values only, since they travel as JSON."""


Table = Mapping[type[Event], Sequence[Callable[..., None]]]

_together: dict[type[Event], tuple[Callable[..., None], ...]] = {}
_later: dict[type[Event], tuple[Callable[..., None], ...]] = {}


def connect(together: Table, later: Table) -> None:
    """Set who listens to what. Called once by the application with the tables of forum/wiring.py."""
    _together.clear()
    _later.clear()
    _together.update({kind: tuple(listeners) for kind, listeners in together.items()})
    _later.update({kind: tuple(listeners) for kind, listeners in later.items()})


def name_of(listener: Callable[..., None]) -> str:
    """`accounts.listeners.welcome`: how a listener is called in the outbox. Renaming one needs a migration."""
    return f"{listener.__module__.removeprefix('forum.')}.{listener.__qualname__}"


def record(event: Event) -> None:
    """Keep the event for those who listen later and run those who listen together, in the open transaction."""
    later = [name_of(listener) for listener in _later.get(type(event), ())]
    if later:
        outbox.put(type(event).__name__, asdict(event), later)
    for listener in _together.get(type(event), ()):
        listener(event)


def find_listener(event_name: str, listener_name: str) -> tuple[type[Event], Callable[..., None]] | None:
    """The event's class and the function behind names kept in the outbox; None if the code no longer has them."""
    for kind, listeners in _later.items():
        for listener in listeners:
            if kind.__name__ == event_name and name_of(listener) == listener_name:
                return kind, listener
    return None
