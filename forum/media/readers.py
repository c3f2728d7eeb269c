"""Who may see what holds a file. Each feature that holds files says so for its own; forum/wiring.py brings them here.

Media stands below posts and comments and knows neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from forum.kernel.access import Actor
from forum.kernel.ids import MemberId

# Whether the actor may see any of these holders, by their ids.
Reader = Callable[[Actor, Sequence[int]], bool]
# Which of these keys still stand in something that a member wrote and may go back to: an older version, a draft.
Mention = Callable[[MemberId, Iterable[str]], set[str]]


_readers: dict[str, Reader] = {}
_mentions: list[Mention] = []


def connect(readers: Mapping[str, Reader], mentions: Sequence[Mention]) -> None:
    """Set who answers. Called once by the application with the tables of forum/wiring.py."""
    _readers.clear()
    _readers.update(readers)
    _mentions[:] = mentions


def may_see(actor: Actor, holders: Mapping[str, Sequence[int]]) -> bool:
    """One or two statements for each kind of holder."""
    return any(_readers[kind](actor, ids) for kind, ids in holders.items() if kind in _readers)


def mentioned(owner_id: MemberId, keys: Iterable[str]) -> set[str]:
    wanted = set(keys)
    return set().union(*(mention(owner_id, wanted) for mention in _mentions))
