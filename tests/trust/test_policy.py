"""Which level figures earn, and when one is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from forum.kernel import clock
from forum.trust import policy
from forum.trust.models import Level
from forum.trust.policy import Standing, earned, standing
from forum.trust.records import Figures

BASIC = Figures(posts_opened=5, comments_read=30, minutes=10)
MEMBER = Figures(
    posts_opened=20, comments_read=100, minutes=60, days_visited=15, recommendations_given=1, recommendations_received=1
)
REGULAR = replace(MEMBER, days_visited_lately=50, discussions_lately=10)
NOW = clock.now()


@pytest.mark.parametrize(
    ("figures", "level"),
    [(Figures(), Level.NEW), (BASIC, Level.BASIC), (MEMBER, Level.MEMBER), (REGULAR, Level.REGULAR)],
)
def test_levels_are_earned_one_by_one(figures: Figures, level: Level) -> None:
    assert earned(figures) == level


@pytest.mark.parametrize(("figures", "level"), [(BASIC, Level.BASIC), (MEMBER, Level.MEMBER), (REGULAR, Level.REGULAR)])
def test_level_is_missed_by_any_one_need(figures: Figures, level: Level) -> None:
    for need in policy.NEEDS[level]:
        missed = need.wanted + (1 if need.at_most else -1)
        assert earned(replace(figures, **{need.figure: missed})) < level


def test_level_above_is_not_earned_past_a_missed_one() -> None:
    assert earned(replace(REGULAR, minutes=0)) == Level.NEW


def test_leader_is_never_earned() -> None:
    many = Figures(**dict.fromkeys(vars(Figures()), 10_000))
    assert earned(replace(many, upheld_reports_lately=0, penalties=0)) == Level.REGULAR


@pytest.mark.parametrize("level", [Level.BASIC, Level.MEMBER])
def test_levels_one_and_two_are_kept(level: Level) -> None:
    assert standing(level, replace(Figures(), penalties=3), None, NOW) == Standing(level)


def test_regular_who_stays_away_keeps_the_level_for_a_while() -> None:
    until = NOW + policy.KEPT_FOR
    assert standing(Level.REGULAR, MEMBER, None, NOW) == Standing(Level.REGULAR, until)
    assert standing(Level.REGULAR, MEMBER, until, NOW) == Standing(Level.REGULAR, until)
    assert standing(Level.REGULAR, MEMBER, until, until) == Standing(Level.MEMBER)


def test_regular_who_comes_back_keeps_the_level() -> None:
    assert standing(Level.REGULAR, REGULAR, NOW + timedelta(days=1), NOW) == Standing(Level.REGULAR)


def test_regular_who_is_penalised_loses_the_level_at_once() -> None:
    assert standing(Level.REGULAR, replace(REGULAR, penalties=1), None, NOW) == Standing(Level.MEMBER)


def test_leader_without_a_grant_falls_back_to_what_is_earned() -> None:
    assert standing(Level.LEADER, REGULAR, None, NOW) == Standing(Level.REGULAR)
    assert standing(Level.LEADER, Figures(), None, NOW) == Standing(Level.MEMBER)
