"""The Markdown of this site, construct by construct."""

from __future__ import annotations

import pytest

from forum.kernel.text import render
from tests.kernel.text import page


def html(source: str) -> str:
    return render(source, scope="p1-").html.rstrip("\n")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Plain.", "<p>Plain.</p>"),
        ("One\nTwo", "<p>One<br>\nTwo</p>"),
        ("*a* **b** ~~c~~", "<p><em>a</em> <strong>b</strong> <s>c</s></p>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3"><li>a</li>\n</ol>'),
        ("> a", "<blockquote><p>a</p>\n</blockquote>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("<b>no</b> & &lt;", "<p>&lt;b&gt;no&lt;/b&gt; &amp; &lt;</p>"),
        ("", ""),
    ],
)
def test_markdown_construct(source: str, expected: str) -> None:
    assert html(source) == expected


def test_code_keeps_its_language() -> None:
    assert html("```Python title\nx = '<'\n```") == "<pre><code class=\"language-python\">x = '&lt;'\n</code></pre>"


@pytest.mark.parametrize("language", ['"onload="x', "a" * 31, "é", "<b>", "&quot;"])
def test_code_of_an_odd_language_has_none(language: str) -> None:
    assert html(f"```{language}\nx\n```") == "<pre><code>x\n</code></pre>"


def test_table_has_its_sides_and_scrolls_in_a_box() -> None:
    assert html("| a | b |\n|:-:|--:|\n| 1 | 2 |") == (
        '<div class="table"><table><thead><tr>'
        '<th class="center" scope="col">a</th><th class="right" scope="col">b</th></tr>\n</thead>\n'
        '<tbody><tr><td class="center">1</td><td class="right">2</td></tr>\n</tbody>\n</table></div>'
    )


def test_table_of_fifty_columns_is_one() -> None:
    wide = "|a" * 50 + "|\n" + "|-" * 50 + "|"
    assert html(wide).count("<th ") == 50


def test_table_of_more_columns_is_text() -> None:
    wide = "|a" * 51 + "|\n" + "|-" * 51 + "|"
    assert "<table>" not in html(wide)


def test_table_cells_of_a_text_are_bounded() -> None:
    table = "|a" * 40 + "|\n" + "|-" * 40 + "|\n" + "|\n" * 2000
    assert html(table).count("<td") + html(table).count("<th ") <= 2000


def test_table_rows_past_the_bound_stay_as_text() -> None:
    table = "a|b\n-|-\n" + "".join(f"r{row}|x\n" for row in range(1200))
    assert "r1199|x" in page.words(html(table))


def test_task_list_has_boxes_nobody_can_press() -> None:
    box = '<input class="task-box" type="checkbox" disabled'
    assert html("- [ ] a\n- [x] b") == (
        f'<ul><li class="task">{box}> a</li>\n<li class="task">{box} checked> b</li>\n</ul>'
    )


def test_footnote_leads_there_and_back() -> None:
    assert html("A[^x].\n\n[^x]: Note.") == (
        '<p>A<sup class="footnote-ref"><a href="#p1-fn-1" id="p1-fnref-1">1</a></sup>.</p>\n'
        '<section class="footnotes"><ol>\n<li id="p1-fn-1"><p>Note. '
        '<a class="footnote-backref" href="#p1-fnref-1">↩\ufe0e</a></p>\n</li>\n</ol></section>'
    )


def test_footnote_called_twice_has_two_ways_back() -> None:
    back = [href for href in page.hrefs(html("A[^x] b[^x].\n\n[^x]: Note.")) if "fnref" in href]
    assert back == ["#p1-fnref-1", "#p1-fnref-1-2"]


def test_footnotes_of_two_texts_do_not_meet() -> None:
    first, second = render("A[^1].\n\n[^1]: One."), render("B[^1].\n\n[^1]: Two.")
    assert page.problems(first.html + second.html) == []


def test_footnotes_of_one_text_stay_where_they_were() -> None:
    assert render("A[^1].\n\n[^1]: One.").html == render("A[^1].\n\n[^1]: One.").html


@pytest.mark.parametrize(
    ("source", "tags"),
    [
        ("# a\n\n## b\n\n### c\n\n#### d", ["h2", "h3", "h4", "h4"]),
        ("## a\n\n#### b", ["h2", "h3"]),
        ("###### a", ["h2"]),
        ("a\n===\n\nb\n---", ["h2", "h3"]),
    ],
)
def test_headings_stand_below_the_title_of_the_page(source: str, tags: list[str]) -> None:
    assert [node.tag for node in page.elements(html(source))] == tags


def test_heading_ids_are_the_texts_own() -> None:
    ids = [node.get("id") for node in page.elements(html("# What *now*?\n\n# What now\n\n# Écoute\n\n# !?"))]
    assert [name for name in ids if name] == ["p1-h-what-now", "p1-h-what-now--2", "p1-h-écoute", "p1-h-part"]


def test_link_to_a_heading_finds_it() -> None:
    assert page.hrefs(html("[below](#What-now)\n\n# What now")) == ["#p1-h-what-now"]


@pytest.mark.parametrize("scope", ["", "P1-", "p1", "1-", '"><b>', "a" * 500])
def test_scope_that_is_no_id_is_made_into_one(scope: str) -> None:
    rendered = render("# a\n\nb[^1]\n\n[^1]: c", scope=scope)
    assert page.problems(rendered.html) == []


def test_quotations_deeper_than_eight_keep_their_words() -> None:
    assert "deep" in page.words(html("> " * 30 + "deep"))


def test_lists_deeper_than_seven_keep_their_words() -> None:
    assert "deep" in page.words(html("- " * 30 + "deep"))


def test_emphasis_deeper_than_five_keeps_its_words() -> None:
    nested = "**a " * 20 + "b" + "**" * 20
    assert page.words(html(nested)) == "a " * 20 + "b"
    assert html(nested).count("<strong>") == 5
