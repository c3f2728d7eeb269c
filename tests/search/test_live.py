"""A site that is being served: what is posted is found, and a damaged index fails nobody and heals."""

from __future__ import annotations

import time
from subprocess import CalledProcessError

from flask import Flask

from forum.search.index import engine
from tests.browser.site import in_time
from tests.search.live import Live, live
from tests.search.test_damage import DAMAGES, SAYS

# The bar is 3 s (`make bench-search` measures it); the suite shares its machine.
SECONDS_TO_BE_FOUND = 20


def test_comment_is_found_soon_after_it_was_posted(app: Flask) -> None:
    with live(app) as here:
        here.writes("They heat it with basalt.")
        begun = time.monotonic()
        assert here.found("basalt")
        spent = time.monotonic() - begun
    print(f"{engine().name}: found after {spent:.1f} s")  # noqa: T201 - a figure, seen with -s
    assert spent <= SECONDS_TO_BE_FOUND


def test_damaged_index_fails_nobody_and_is_rebuilt_while_the_site_is_up(app: Flask) -> None:
    with live(app) as here:
        for number, damage in enumerate(DAMAGES[engine().name].values()):
            damage(app)
            page = here.says("brick")
            assert SAYS in page or 'class="result"' in page  # unless the worker healed it already
            here.visitor.get("/search/suggest?q=quay")
            here.visitor.get(here.discussion)
            here.writes(f"Ours are of basalt{number}.")
            in_time(lambda: rebuilt(here), "index that is built anew")
            assert here.found(f"basalt{number}")
        assert f"engine: {engine().name}\n" in here.site.run("search", "status")


def rebuilt(here: Live) -> bool | None:
    """It's refused while the worker builds."""
    try:
        return "the new index is live" in here.site.run("search", "rebuild")
    except CalledProcessError:
        return None
