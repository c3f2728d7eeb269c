"""A write-up as people really send one: addresses in running text, lines of their own, an interview at the end."""

from __future__ import annotations

from forum.kernel.text import plain, render
from tests.kernel.text import page

LINK = "https://amsterdamsmartcity.com/posts/organizing-smart-city-projects-lessons-learned-fr"
SOURCE = f"""Last week some of us walked the halls of the World Smart City Expo in Barcelona. Most cities could show
a project in one quarter of town; very few could name the next quarter.

Earlier, we posted about the upscaling research of the Amsterdam University of Applied Sciences. {LINK}.
It is good to see the research in this field grow.

But what could cities themselves do directly?
In the short interview below, a colleague shares his thoughts with us.

If you are a city interested to work with us on this, please leave a reaction in the comments below.

https://www.youtube.com/watch?v=-_z-f6UoO-M
"""


def test_write_up_has_its_paragraphs_and_its_player() -> None:
    assert [node.tag for node in page.tree(render(SOURCE).html)] == ["p", "p", "p", "p", "figure"]


def test_write_up_links_without_the_full_stop() -> None:
    assert page.hrefs(render(SOURCE).html) == [LINK, "https://www.youtube.com/watch?v=-_z-f6UoO-M"]
    assert f"{LINK}.\n" in plain(render(SOURCE).html)


def test_write_up_is_described() -> None:
    rendered = render(SOURCE)
    assert rendered.excerpt == (
        "Last week some of us walked the halls of the World Smart City Expo in Barcelona. Most cities could show a "
        "project in one quarter of town; very few could name the next quarter. Earlier, we posted about the upscaling "
        "research of the…"
    )
    assert (rendered.words, rendered.images, rendered.mentions) == (101, 0, ())
    assert rendered.links == (LINK, "https://www.youtube.com/watch?v=-_z-f6UoO-M")


def test_write_up_has_nothing_that_must_not_be_there() -> None:
    assert page.problems(render(SOURCE).html) == []
