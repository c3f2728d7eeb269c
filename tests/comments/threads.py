"""Threads of any shape, put straight into the database with paths and counters as the commands would leave them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from forum.accounts.models import Member
from forum.comments import tree
from forum.comments.models import READABLE, SHOWN, Comment, CommentState
from forum.kernel.db import db, transaction
from forum.posts.models import Post

START = datetime(2025, 3, 1, tzinfo=UTC)


@dataclass
class Node:
    """One comment; `number` is its place among the thread's, in the order they were sent."""

    number: int
    parent: Node | None
    path: str = ""
    next_child: int = 0
    below: int = 0
    state: str = CommentState.VISIBLE
    recommended: int = 0
    children: list[Node] = field(default_factory=list)

    @property
    def depth(self) -> int:
        return tree.depth_of(self.path)


def shape(parents: Sequence[int | None]) -> list[Node]:
    """`parents` gives for each comment the number of the one it answers, which is smaller than its own."""
    nodes: list[Node] = []
    by_path: dict[str, Node] = {"": Node(-1, None)}
    for number, parent in enumerate(parents):
        above = nodes[parent] if parent is not None else None
        host = by_path[tree.host_of(above.path) if above else ""]
        node = Node(number, above, tree.child(host.path, host.next_child))
        host.next_child += 1
        by_path[node.path] = node
        nodes.append(node)
    return nodes


def random_parents(count: int, seed: int, *, tops: float = 0.3) -> list[int | None]:
    """A share of `tops` starts a branch of its own; the rest answer a recent comment more often than an old one."""
    dice = random.Random(seed)
    parents: list[int | None] = []
    for number in range(count):
        top = number == 0 or dice.random() < tops
        parents.append(None if top else max(0, number - 1 - int(dice.expovariate(1 / 8))))
    return parents


def grow(post: Post, authors: Sequence[Member], nodes: Sequence[Node]) -> list[int]:
    """Insert the nodes as comments of a post; their ids in the nodes' order."""
    _count_below(nodes)
    first = _next_id()
    ids = [first + node.number for node in nodes]
    rows = [_values(post, authors, node, ids) for node in nodes]
    shown = sum(node.state in READABLE for node in nodes)
    roots = sum(len(node.path) == tree.WIDTH for node in nodes)
    with transaction() as session:
        if rows:
            session.execute(insert(Comment), rows)
        counted = update(Post).where(Post.id == post.id).values(comment_count=shown, next_root=roots)
        session.execute(counted, execution_options={"synchronize_session": False})
    return ids


def _next_id() -> int:
    return (db.session.scalar(select(func.max(Comment.id))) or 0) + 1


def _count_below(nodes: Sequence[Node]) -> None:
    by_path = {node.path: node for node in nodes}
    for node in nodes:
        for path in tree.ancestors(node.path) if node.state in SHOWN else ():
            by_path[path].below += 1


def _values(post: Post, authors: Sequence[Member], node: Node, ids: Sequence[int]) -> Mapping[str, Any]:
    return {
        "id": ids[node.number], "post_id": post.id, "path": node.path, "depth": node.depth,
        "parent_id": ids[node.parent.number] if node.parent else None, "next_child": node.next_child,
        "source": f"Remark {node.number}.", "html": f"<p>Remark {node.number}.</p>\n", "pipeline": 1,
        "excerpt": f"Remark {node.number}.", "language": "en", "author_id": authors[node.number % len(authors)].id,
        "role_title": "", "state": node.state, "created_at": START + timedelta(minutes=node.number), "revision": 1,
        "reply_count": node.below, "recommendation_count": node.recommended,
    }  # fmt: skip


def reading_order(nodes: Sequence[Node], ids: Sequence[int], sort: str = "oldest") -> list[int]:
    """Ids of the comments on a thread's pages, as they should be read."""
    keys = {"oldest": lambda n: n.number, "newest": lambda n: -n.number,
            "top": lambda n: (-n.recommended, -n.number)}  # fmt: skip
    roots = sorted((node for node in nodes if node.depth == 0), key=keys[sort])
    order = {root.path: place for place, root in enumerate(roots)}
    shown = [node for node in nodes if node.state in SHOWN and node.depth < 5]
    shown.sort(key=lambda node: (order[tree.root_of(node.path)], node.path))
    return [ids[node.number] for node in shown]
