"""PostgreSQL without a cursor: statements prepared once, sent by psycopg's thin wrapper of libpq.

For the few statements that answer a page: a cursor takes three times as long in this process, and with it a third of
what the whole question does (ADR 25).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import psycopg
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGresult

INT2, INT4, INT8 = 21, 23, 20  # pg_type.oid


class PlainConnection:
    """In autocommit. Statements have PostgreSQL's own marks ($1, $2 …); values are numbers, texts, times, and lists
    of numbers or texts. What comes back is numbers, texts and None: nothing else is read.
    """

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True, client_encoding="utf8")
        self._names: dict[str, bytes] = {}

    def rows(self, statement: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
        """Raises psycopg.Error."""
        connection = self._connection.pgconn
        name = self._names.get(statement) or self._prepare(statement)
        return _read(self._checked(connection.exec_prepared(name, [_sent(value) for value in values])))

    def close(self) -> None:
        self._connection.close()

    def _prepare(self, statement: str) -> bytes:
        name = f"page_{len(self._names)}".encode()
        self._checked(self._connection.pgconn.prepare(name, statement.encode()))
        self._names[statement] = name
        return name

    def _checked(self, result: PGresult) -> PGresult:
        if self._connection.pgconn.status != ConnStatus.OK:
            raise psycopg.OperationalError("the connection was lost")
        if result.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
            raise psycopg.errors.error_from_result(result)
        return result


def _sent(value: Any) -> bytes:
    return _array(value) if isinstance(value, list) else str(value).encode()


def _array(values: Sequence[Any]) -> bytes:
    return f"{{{','.join(map(_element, values))}}}".encode()


def _element(value: Any) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _read(result: PGresult) -> list[tuple[Any, ...]]:
    columns = [(column, _reads(result.ftype(column))) for column in range(result.nfields)]
    get = result.get_value
    return [
        tuple([None if (value := get(row, column)) is None else read(value) for column, read in columns])
        for row in range(result.ntuples)
    ]


def _reads(kind: int) -> Callable[[bytes], Any]:
    return int if kind in {INT2, INT4, INT8} else _text


def _text(value: bytes) -> str:
    return value.decode()
