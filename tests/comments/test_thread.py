"""Pages of a thread: each comment once, in order, in both directions, whatever the thread's shape."""

from __future__ import annotations

import random
from typing import Any

import pytest
from flask import Flask

from forum.comments.models import CommentState
from forum.comments.place import PAGE
from forum.comments.queries import Sort, ThreadPage, page_of_thread
from forum.posts.models import Post
from tests import factories
from tests.comments.threads import Node, grow, random_parents, reading_order, shape

SORTS = [Sort.OLDEST, Sort.NEWEST, Sort.TOP]
SHAPES = [(0, 0.3), (1, 0.3), (49, 0.5), (50, 1.0), (51, 0.02), (230, 0.02), (260, 0.15), (240, 0.6)]


def thread(count: int, tops: float, seed: int = 7) -> tuple[Post, list[Node], list[int]]:
    """A thread with placeholders, hidden comments and recommendations here and there."""
    dice = random.Random(seed)
    nodes = shape(random_parents(count, seed, tops=tops))
    for node in nodes:
        node.recommended = dice.choice([0, 0, 0, 1, 1, 2, 5])
        states = [CommentState.VISIBLE] * 12 + [CommentState.WITHDRAWN, CommentState.REMOVED, CommentState.HIDDEN]
        node.state = dice.choice(states)
    post = factories.post()
    return post, nodes, grow(post, [factories.member(), factories.member()], nodes)


def forward(post: Post, sort: Sort = Sort.OLDEST, **branch: Any) -> list[ThreadPage]:
    pages = [page_of_thread(post.id, sort, **branch)]
    while pages[-1].after is not None:
        pages.append(page_of_thread(post.id, sort, after=pages[-1].after, **branch))
    return pages


def backward(post: Post, sort: Sort = Sort.OLDEST, **branch: Any) -> list[ThreadPage]:
    pages = [page_of_thread(post.id, sort, last=True, **branch)]
    while pages[0].before is not None:
        pages.insert(0, page_of_thread(post.id, sort, before=pages[0].before, **branch))
    return pages


def ids_on(pages: list[ThreadPage]) -> list[int]:
    return [row.id for page in pages for row in page.rows]


@pytest.mark.parametrize(("count", "tops"), SHAPES)
@pytest.mark.parametrize("sort", SORTS)
def test_pages_forward_have_each_comment_once_in_order(app: Flask, sort: Sort, count: int, tops: float) -> None:
    post, nodes, ids = thread(count, tops)
    pages = forward(post, sort)
    assert ids_on(pages) == reading_order(nodes, ids, sort)
    assert all(len(page.rows) <= PAGE for page in pages)


@pytest.mark.parametrize(("count", "tops"), SHAPES)
@pytest.mark.parametrize("sort", SORTS)
def test_pages_backward_have_each_comment_once_in_order(app: Flask, sort: Sort, count: int, tops: float) -> None:
    post, nodes, ids = thread(count, tops)
    assert ids_on(backward(post, sort)) == reading_order(nodes, ids, sort)
