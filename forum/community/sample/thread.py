"""Grows a thread: who answers whom, and what that makes of paths and counters.

Comments come one after another in time. Each begins something new or answers one of the latest, so that threads branch
as in a Galton-Watson process, with some long exchanges between two people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from forum.comments import tree

# Of all comments, those that answer the post itself.
AT_TOP = 0.4
# How far back somebody looks for what to answer, in comments.
MEMORY = 4.0


@dataclass(frozen=True)
class Thread:
    """By number, in order of time. `parents`: what each answers, -1 for the post. `children`: right under its path;
    `below`: at any level."""

    parents: list[int] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)
    roots: int = 0

    def depth(self, number: int) -> int:
        return tree.depth_of(self.paths[number])


def grow(rng: Random, count: int, deepest: int = tree.MAX_DEPTH + 1) -> Thread:
    """Replies to what is at depth `deepest` go to what that answered."""
    depths: list[int] = []
    parents: list[int] = []
    for number in range(count):
        parent = -1
        if number and rng.random() >= AT_TOP:
            parent = max(number - 1 - int(rng.expovariate(1 / MEMORY)), 0)
            while depths[parent] >= deepest:
                parent = parents[parent]
        parents.append(parent)
        depths.append(depths[parent] + 1 if parent >= 0 else 0)
    return _placed(parents)


def _placed(parents: Sequence[int]) -> Thread:
    paths: list[str] = []
    hosts: list[int] = []
    children = [0] * len(parents)
    roots = 0
    for parent in parents:
        host = _host(parent, paths, hosts)
        if host < 0:
            paths.append(tree.child("", roots))
            roots += 1
        else:
            paths.append(tree.child(paths[host], children[host]))
            children[host] += 1
        hosts.append(host)
    return Thread(list(parents), paths, children, _below(hosts), roots)


def _host(parent: int, paths: Sequence[str], hosts: Sequence[int]) -> int:
    """Under which comment a reply is put: its parent, or at the deepest level the one above that."""
    if parent < 0 or tree.host_of(paths[parent]) == paths[parent]:
        return parent
    return hosts[parent]


def _below(hosts: Sequence[int]) -> list[int]:
    """How many comments each has under it, at any level. A host is older than what it hosts."""
    below = [0] * len(hosts)
    for number in range(len(hosts) - 1, -1, -1):
        if hosts[number] >= 0:
            below[hosts[number]] += below[number] + 1
    return below
