"""`make bench`: fills both databases, serves them, measures, prints a table and writes JSON."""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench import servers
from bench.measures import Bench, Result, table


def main() -> None:
    asked = arguments()
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="kade-bench-") as folder:
        for database in asked.databases:
            results += measure(Path(folder) / database, database, asked)
    print(table(results))
    Path(asked.json).write_text(json.dumps([asdict(one) | {"met": one.is_met} for one in results], indent=1))
    print(f"\nWritten to {asked.json}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("--seconds", type=float, default=3.0, help="each measurement, three of each")
    parser.add_argument("--posts", type=int, default=1_000)
    parser.add_argument("--comments", type=int, default=10_000)
    parser.add_argument("--long-thread", type=int, default=20_000)
    parser.add_argument("--json", default="bench.json")
    return parser.parse_args()


def measure(folder: Path, database: str, asked: argparse.Namespace) -> list[Result]:
    sample = [
        "--posts", str(asked.posts), "--comments", str(asked.comments), "--members", "500", "--organisations", "30",
        "--long-thread", str(asked.long_thread), "--seed", "1",
    ]  # fmt: skip
    site = servers.make_site(folder, database, sample)
    try:
        with servers.limit_a() as a, servers.kade(site) as kade:
            bench = Bench(site, kade, a, asked.seconds)
            idle = bench.memory("idle")
            pages = [*bench.rates(), *bench.polling(), *bench.long_thread(), bench.posting(), *bench.sizes()]
            return [*pages, idle, bench.memory("after the run")]
    finally:
        servers.drop_database(site.environ["FORUM_DATABASE_URL"])


if __name__ == "__main__":
    main()
