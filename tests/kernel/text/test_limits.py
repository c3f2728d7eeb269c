"""No text takes long, however it is made."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

import pytest

from forum.kernel.text import MAX_SOURCE, TextRefused, TextTooDense, TextTooLong, names_in, plain, render

Family = Callable[[int], str]

# CPU seconds any text may take, and how much longer a text of twice the length may.
LONGEST = 1.0
DOUBLED = 2.5

# Below this a measurement is the clock's.
CLOCK = 0.004


def again(unit: str, head: str = "") -> Family:
    return lambda length: (head + unit * (length // len(unit)))[:length]


def growing(mark: str) -> Family:
    """Runs of one mark more each."""
    return lambda length: " ".join(mark * run for run in range(1, int((2 * length) ** 0.5)))[:length]


FAMILIES: dict[str, Family] = {
    "quotations": again("> "),
    "quotations, lazily": again("b\n", head="> " * 100 + "a\n"),
    "quotations, line by line": again("> a\n"),
    "brackets": again("["),
    "brackets, closed": lambda length: "[" * (length // 2) + "]" * (length // 2),
    "brackets, few": again("&é![' <~> "),
    "pictures, open": again("!["),
    "pictures, one in another": again("<**+ ![  x y"),
    "links, open": again("[a]("),
    "links, open in angles": again("[a](<b"),
    "links": again("[a](b)"),
    "links, to elsewhere": again("[a](http://b.nl) "),
    "references": again("[a]", head="[a]: /b\n\n"),
    "references, defined": lambda length: "".join(f"[{number}]: /b\n" for number in range(length // 10)),
    "backticks": again("`"),
    "backticks, growing": growing("`"),
    "backticks, uneven": again("`a``"),
    "tables": again("|b" * 24 + "|\n", head="|a" * 24 + "|\n" + "|-" * 24 + "|\n"),
    "tables, small": again("a|b\n-|-\n"),
    "tables, short rows": again("|\n", head="|a" * 50 + "|\n" + "|-" * 50 + "|\n"),
    "tables, wide": again("|\n", head="|a" * 200 + "|\n" + "|-" * 200 + "|\n"),
    "asterisks": again("*"),
    "asterisks, open": again("*a "),
    "asterisks, mixed": again("*_"),
    "asterisks, matched": again("*a*b"),
    "asterisks, nested": lambda length: "**a " * (length // 8) + "b** " * (length // 8),
    "asterisks, uneven": again("a**bc* "),
    "tildes": again("~~a "),
    "entities": again("&lt;"),
    "entities, broken": again("&#"),
    "ampersands": again("&"),
    "addresses": again("https://a.nl "),
    "addresses, empty": again("http://"),
    "addresses, in angles": again("<http://a.nl>"),
    "addresses, www": again("www.a.nl "),
    "addresses, closing": again(")", head="http://a.nl/"),
    "addresses, dotted": again(".", head="http://a.nl/"),
    "addresses, in other letters": again("http://" + "".join(map(chr, range(0x4E00, 0x4E3F))) + ".nl "),
    "addresses, alone": again("https://a.nl\n\n"),
    "videos": again("https://youtu.be/abcdefghijk\n\n"),
    "colons": again(":"),
    "mail": again("a@b.nl "),
    "mail, half": lambda length: "a." * (length // 4) + "@" * (length // 2),
    "names": again("@abc "),
    "names, joined": again("@abc-"),
    "topics": again(" #abc-"),
    "footnotes": again("[^a]", head="[^a]: b\n\n"),
    "footnotes, open": again("[^", head="[^a]: b\n\n"),
    "footnotes, nested": again("[^a]: "),
    "footnotes, many": lambda length: "".join(f"[^{n}]\n\n[^{n}]: b\n\n" for n in range(length // 22)),
    "lists": again("- "),
    "lists, deeper": lambda length: "\n".join(" " * (line % 40) + "- a" for line in range(length // 24)),
    "tasks": again("- [ ] a\n"),
    "fences": again("~~~\n```\n"),
    "headings": again("# a\n"),
    "lines": again("a\n"),
    "paragraphs": again("a\n\n"),
    "angles": again("<a "),
    "comments": again("<!--"),
    "escapes": again("\\*"),
    "spaces": lambda length: "a" + " " * (length - 2) + "b",
    "tabs": again("\t"),
    "marks on letters": lambda length: "a" + "\u0301" * (length // 2) + "\u0316" * (length // 2 - 1),
    "letters that grow": again("\ufb2c"),
    "one word": again("a"),
    "words": again("word "),
    "quotation marks": again('"'),
}


@pytest.fixture(autouse=True, scope="module")
def _what_is_loaded_is_not_measured() -> Iterator[None]:
    render("*a* https://a.nl")
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize("name", FAMILIES)
def test_hostile_text_takes_no_second_and_no_more_than_its_length(name: str) -> None:
    short, long = least_seconds(FAMILIES[name](MAX_SOURCE // 4), FAMILIES[name](MAX_SOURCE))
    assert long <= LONGEST
    assert long <= short * DOUBLED**2


def least_seconds(short: str, long: str) -> tuple[float, float]:
    """CPU seconds of both: the least of several, since other work on the machine only ever adds."""
    least = (float("inf"), float("inf"))
    for _ in range(8):
        least = (min(least[0], cpu_seconds(short)), min(least[1], cpu_seconds(long)))
        if least[1] <= min(LONGEST, least[0] * DOUBLED**2):
            break
    return (max(least[0], CLOCK), least[1])


def cpu_seconds(source: str) -> float:
    gc.collect()
    started = time.process_time()
    try:
        names_in(source)
        render(source)
    except TextRefused:
        pass
    return time.process_time() - started


@pytest.mark.parametrize("unit", ["&<", "*a*", "a\n\n", "[a](/b)", "- a\n", "a@b.nl "])
def test_too_dense_a_text_is_refused(unit: str) -> None:
    with pytest.raises(TextTooDense):
        render(again(unit)(MAX_SOURCE))


def test_a_megabyte_is_refused_before_any_work() -> None:
    source = "\0&<[*" * 200_000
    started = time.process_time()
    with pytest.raises(TextTooLong):
        render(source)
    assert time.process_time() - started < LONGEST


def test_ten_thousand_nested_quotations_are_shown() -> None:
    html = render(">" * 10_000 + "deep").html
    assert html.count("<blockquote>") == 8
    assert plain(html).endswith("deep")


def test_full_length_of_ordinary_writing_is_taken() -> None:
    section = "## Head\n\n" + "Some *words*, [a link](https://example.org/a) and `code`. " * 3 + "\n\n- one\n- two\n\n"
    words = render(again(section)(MAX_SOURCE)).words
    assert words > 3_000
