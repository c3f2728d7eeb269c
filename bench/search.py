"""`make bench-search`: fills a site, builds its index with each engine, asks it by kind of query, prints tables.

Times are CPU times of this process for Whoosh, and wall times where PostgreSQL works: so that a busy machine says the
same as an idle one where that's possible. Both are given.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench import servers
from bench.visitor import Visitor

REPEATS = 30
SHOWN = 20
FRESH, LOOK_S = 10, 0.05


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-search", description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--engines", nargs="+", default=["whoosh", "postgres"], choices=["whoosh", "postgres"])
    parser.add_argument("--ask", action="store_true", help="only ask the site that the environment names")
    asked = parser.parse_args()
    if asked.ask:
        print(json.dumps(ask()))
        return
    for engine in asked.engines:
        with tempfile.TemporaryDirectory(prefix="kade-bench-search-") as folder:
            print(table(engine, asked.documents, measure(Path(folder) / "site", engine, asked.documents)), flush=True)


def measure(folder: Path, engine: str, documents: int) -> dict[str, Any]:
    posts = documents // 20
    sample = ["--posts", str(posts), "--comments", str(documents - posts), "--members", "500", "--organisations", "30"]
    site = servers.make_site(folder, "sqlite" if engine == "whoosh" else "postgresql", [*sample, "--seed", "1"])
    environ = site.environ | {"FORUM_SEARCH": engine}
    try:
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        servers.run(["search", "rebuild"], environ)
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        built = {
            "seconds": time.monotonic() - begun,
            "cpu": spent.ru_utime + spent.ru_stime - before.ru_utime - before.ru_stime,
            "memory": spent.ru_maxrss / 1024,
        }
        command = [sys.executable, "-m", "bench.search", "--ask"]
        done = subprocess.run(command, env=environ, cwd=servers.ROOT, check=True, stdout=subprocess.PIPE, text=True)
        asked: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return built | asked | {"bar 9": fresh(servers.Site(site.name, environ, site.sample))}
    finally:
        if engine == "postgres":
            servers.drop_database(environ["FORUM_DATABASE_URL"])


def fresh(site: servers.Site) -> list[float]:
    """Seconds from the answer to a comment until it's found, over HTTP, with the worker beside the server."""
    spent = []
    with servers.kade(site, has_worker=True) as running:
        visitor = Visitor(running.port)
        visitor.sign_in(**site.sample["member"])
        for number in range(FRESH):
            word = f"q{number}z"  # too short to be taken for a slip of another word
            visitor.comment(site.sample["addresses"]["post"], f"Remark {word} about the quay.")
            begun = time.monotonic()
            while 'class="result"' not in visitor.get(f"/search?counts=off&q={word}"):
                time.sleep(LOOK_S)
            spent.append(time.monotonic() - begun)
    return sorted(spent)


def ask() -> dict[str, Any]:
    from forum.app import create_app
    from forum.search.index import engine

    app = create_app()
    with app.app_context():
        state = engine().state()
        *asked, (_, page), (_, parts) = questions(app)
        timed = {name: timings(work)[0] for name, work in asked}
        page_, parts_ = timings(page, parts)
        return {
            "documents": state.documents,
            "size": state.size,
            "asking_memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "timed": timed | {"page without counts": page_, "its parts": parts_},
            "bar 8": page_["cpu"] / parts_["cpu"],
            "bar 8 by the clock": page_["p50"] / parts_["p50"],
        }


def questions(app: Any) -> Iterator[tuple[str, Callable[[], Any]]]:
    from forum.kernel.access import ANONYMOUS
    from forum.search import tokens
    from forum.search.ask import AllOf, AnyOf, Ask, Phrase, Sort, Word
    from forum.search.index import engine
    from forum.search.queries import suggestions
    from forum.search.words import stem

    (rare, middling, frequent), phrase, common = words()
    one, posts = engine(), (frozenset({tokens.kind("post")}),)
    pair = AllOf((Word(frequent), Word(middling)))
    yield f"rare word ({rare})", lambda: one.search(Ask(Word(rare)))
    yield f"middling word ({middling})", lambda: one.search(Ask(Word(middling)))
    yield f"frequent word ({frequent})", lambda: one.search(Ask(Word(frequent)))
    yield "two words", lambda: one.search(Ask(pair))
    yield "phrase", lambda: one.search(Ask(Phrase(phrase)))
    yield "two dozen words, any of them", lambda: one.search(Ask(AnyOf(tuple(map(Word, common)))))
    yield "unfinished word", lambda: one.search(Ask(Word(middling[:4], prefix=True)))
    yield "posts only", lambda: one.search(Ask(pair, posts))
    yield "newest first", lambda: one.search(Ask(Word(frequent), sort=Sort.NEWEST))
    yield "counts", lambda: one.counts(Ask(Word(middling)))
    yield "suggestions", lambda: suggestions(middling[:4], ANONYMOUS)
    yield "posts like words", lambda: one.similar([stem(middling, "en"), stem(rare, "en")], Ask(None, posts), 4)
    yield "correction", lambda: one.near(f"{middling[:2]}x{middling[3:]}", 4)
    client, address = app.test_client(), f"/search?q={frequent}+{middling}&counts=off"
    yield "page without counts", lambda: client.get(address)
    yield "its parts", lambda: parts_of(Ask(AllOf((Word(frequent), Word(middling, prefix=True)))))


def parts_of(wanted: Any) -> None:
    """What bar 8 compares the page with: the bare question, its rows, and their excerpts."""
    from forum.kernel.access import ANONYMOUS
    from forum.kernel.db import db
    from forum.search.excerpts import Marks, excerpt
    from forum.search.index import engine
    from forum.search.parsing import plain_words
    from forum.search.queries.rows import rows_of

    hits = engine().search(wanted).hits[:SHOWN]
    rows = rows_of(ANONYMOUS, {(hit.kind, hit.id) for hit in hits})
    marks = Marks.of(plain_words(wanted.wanted))
    for row in rows.values():
        excerpt(row.text, marks)
    db.session.rollback()


def words() -> tuple[tuple[str, str, str], tuple[str, ...], tuple[str, ...]]:
    """Out of some comments: a rare, a middling and a frequent word, three words that stand together, common ones."""
    from sqlalchemy import select

    from forum.comments.models import Comment
    from forum.kernel import text
    from forum.kernel.db import db
    from forum.search.ask import Ask, Word
    from forum.search.index import engine
    from forum.search.words import is_empty, words_in

    texts = [words_in(text.plain(html)) for html in db.session.scalars(select(Comment.html).limit(150))]
    known = sorted({word for one in texts for word in one if len(word) > 4 and word.isalpha() and not is_empty(word)})
    counted = sorted((engine().search(Ask(Word(word))).total, word) for word in known[:: max(1, len(known) // 60)])
    longest = max(texts, key=len)
    told = [word for _, word in counted]
    return (told[0], told[len(told) // 2], told[-1]), tuple(longest[:3]), tuple(told[-24:])


def timings(*works: Callable[[], Any]) -> list[dict[str, float]]:
    """Of each, in turns: milliseconds, median and 95th by the clock, and the median of this process's CPU."""
    spent: list[list[tuple[float, float]]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(REPEATS):
        for work, its in zip(works, spent, strict=True):
            begun, used = time.perf_counter(), time.process_time()
            work()
            its.append((1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - used)))
    return [_summed(its) for its in spent]


def _summed(spent: list[tuple[float, float]]) -> dict[str, float]:
    clock, cpu = (quantiles(column, n=20) for column in zip(*spent, strict=True))
    return {"p50": clock[9], "p95": clock[18], "cpu": cpu[9]}


def table(engine: str, documents: int, found: dict[str, Any]) -> str:
    lines = [
        f"{engine}, {found['documents']:,} documents (asked for {documents:,})",
        f"  built in {found['seconds']:.0f} s ({found['cpu']:.0f} s of CPU here), at most {found['memory']:.0f} MB",
        f"  {found['size'] / 1024**2:.1f} MB, {found['size'] / found['documents']:.0f} bytes a document",
        f"  a process that asks has {found['asking_memory']:.0f} MB",
        f"  {'':34}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}",
    ]
    lines += [f"  {name:34}{t['p50']:9.1f}{t['p95']:9.1f}{t['cpu']:9.1f}" for name, t in found["timed"].items()]
    lines.append(f"  bar 8: {found['bar 8']:.2f} by CPU, {found['bar 8 by the clock']:.2f} by the clock (at most 1.5)")
    found_after = found["bar 9"]
    lines.append(f"  bar 9: found after {median(found_after):.1f} s, {max(found_after):.1f} s at most (at most 3)")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
