"""What search asks of the database, whatever there is to find."""

from __future__ import annotations

from flask import Flask

from tests import factories
from tests.search.finding import post, settle
from tests.statements import counted
from tests.web import Web

PAGE, SUGGEST = 10, 3


def asked(app: Flask, web: Web, path: str) -> list[str]:
    settle()
    with counted(app) as made:
        assert web.get(path).status == 200
    return made


def test_suggestions_cost_three_statements(app: Flask, web: Web) -> None:
    web.sign_in(factories.member("pumpo", name="Pump Pumpson"))
    factories.organisation("pump-house")
    post("Pumps", under=factories.topic("pumping"))
    made = asked(app, web, "/search/suggest?q=pum")
    assert len(made) <= SUGGEST, made


def test_page_costs_as_much_for_many_hits_as_for_few(app: Flask, web: Web) -> None:
    web.sign_in(factories.member())
    author, topic = factories.member(), factories.topic()
    post("Pump", author=author, under=topic)
    few = len(asked(app, web, "/search?q=pump"))
    for number in range(30):
        post(f"Pump {number}", author=author, under=topic)
    assert (len(asked(app, web, "/search?q=pump")), few <= PAGE) == (few, True)


def test_searching_writes_nothing(app: Flask, web: Web) -> None:
    post("Pumps")
    made = asked(app, web, "/search?q=pump")
    assert [one for one in made if one.split()[0] in {"INSERT", "UPDATE", "DELETE"}] == []
