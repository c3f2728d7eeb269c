"""What typed text becomes before it is stored."""

from __future__ import annotations

import pytest

from forum.kernel.text import MAX_SOURCE, TextTooLong, clean_source


def test_source_of_plain_words_stays() -> None:
    assert clean_source("Een kade.\n\nTwee kades.") == "Een kade.\n\nTwee kades."


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_source_line_end_becomes_line_feed(end: str) -> None:
    assert clean_source(f"one{end}two") == "one\ntwo"


def test_source_blank_edges_go_but_first_indent_stays() -> None:
    assert clean_source("\n\n    code\n\n  \n") == "    code"


@pytest.mark.parametrize("unseen", ["\0", "\x1b", "\x7f", "\x9b", "\ufeff", "\ufff9"])
def test_source_control_character_goes(unseen: str) -> None:
    assert clean_source(f"be{unseen}fore") == "before"


@pytest.mark.parametrize("turn", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_source_direction_override_goes(turn: str) -> None:
    assert clean_source(f"invoice{turn}gpj.exe") == "invoicegpj.exe"


@pytest.mark.parametrize(
    "kept", ["שלום עולם", "مرحبا\u200f!", "می\u200cخواهم", "👩\u200d🚒", "🏴\U000e0067\U000e0062\U000e007f"]
)
def test_source_other_scripts_and_joiners_stay(kept: str) -> None:
    assert clean_source(kept) == kept


@pytest.mark.parametrize("broken", ["\ud800", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\U0010ffff"])
def test_source_that_no_encoding_carries_is_marked(broken: str) -> None:
    assert clean_source(f"a{broken}b") == "a\ufffdb"


def test_source_is_composed() -> None:
    assert clean_source("cafe\u0301") == "caf\u00e9"


def test_source_tower_of_marks_is_cut() -> None:
    assert clean_source("x" + "\u0316\u0323" * 500 + "y") == "x" + "\u0316\u0323" * 4 + "y"


def test_source_of_greatest_length_is_taken() -> None:
    assert clean_source("a" * MAX_SOURCE) == "a" * MAX_SOURCE


def test_source_line_ends_of_browsers_count_once() -> None:
    assert clean_source("a\r\n" * (MAX_SOURCE // 2)) == ("a\n" * (MAX_SOURCE // 2)).rstrip()


def test_source_too_long_is_refused_with_both_numbers() -> None:
    with pytest.raises(TextTooLong) as refused:
        clean_source("a" * (MAX_SOURCE + 1))
    assert (refused.value.length, refused.value.limit) == (MAX_SOURCE + 1, MAX_SOURCE)


def test_source_that_grows_past_the_length_is_refused() -> None:
    with pytest.raises(TextTooLong):
        clean_source("\ufb2c" * MAX_SOURCE)  # three characters each when composed


@pytest.mark.parametrize("typed", ["\u0344" * 40, "\r\0\n", "\n \n x \n", "e\u0301" * 20, "\u202e\ud800"])
def test_source_cleaned_twice_is_the_same(typed: str) -> None:
    assert clean_source(clean_source(typed)) == clean_source(typed)
