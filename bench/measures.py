"""The bars of speed and size: each measured in turns with limit A, in one run, and given as a ratio to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from urllib.request import Request, urlopen

from bench import servers
from bench.client import Connection, Target, load, one_by_one
from bench.servers import Running, Site
from bench.visitor import Visitor

ROUNDS = 3
POSTED = 150


@dataclass(frozen=True)
class Result:
    """`value` against `bar`: at least it when `is_floor`, else at most. `detail` has the absolute figures."""

    bar: str
    site: str
    what: str
    value: float
    limit: float
    is_floor: bool
    detail: str

    @property
    def is_met(self) -> bool:
        return self.value >= self.limit if self.is_floor else self.value <= self.limit


@dataclass
class Bench:
    """One site and limit A, both running."""

    site: Site
    kade: Running
    a: Running
    seconds: float

    def visitor(self) -> Visitor:
        one = Visitor(self.kade.port)
        member = self.site.sample["member"]
        one.sign_in(member["username"], member["password"])
        return one

    def rates(self) -> list[Result]:
        """Bars 1 to 3."""
        addresses = self.site.sample["addresses"]
        member = (("Cookie", self.visitor().cookie()),)
        pages = (
            ("1", "post", addresses["post"], 0.9),
            ("3", "home", "/", 0.9),
            ("3", "topic", addresses["topic"], 0.9),
        )
        results = [self._rate(bar, name, Target(self.kade.port, path), limit) for bar, name, path, limit in pages]
        for bar, name, path, _ in pages:
            signed = Target(self.kade.port, path, member)
            results.append(self._rate("2" if bar == "1" else bar, f"{name}, signed in", signed, 0.4))
        return results

    def polling(self) -> list[Result]:
        """What an open page asks now and then, while nothing is new: not more than A's cost of a request."""
        path = self.site.sample["addresses"]["post"].split("/")[2]
        signed: tuple[tuple[str, str], ...] = (("Cookie", self.visitor().cookie()),)
        results = []
        for name, headers in (("open page asks", signed[1:]), ("open page asks, signed in", signed)):
            known = etag_of(Target(self.kade.port, f"/live/posts/{path}", headers))
            target = Target(self.kade.port, f"/live/posts/{path}", (*headers, ("If-None-Match", known)))
            results.append(self._rate("live", name, target, 1.0))
        return results

    def _rate(self, bar: str, name: str, target: Target, limit: float) -> Result:
        size = one_size(target)
        constant = Target(self.a.port, f"/?bytes={size}")
        load(target, 0.5)
        load(constant, 0.5)
        pairs = [(load(target, self.seconds), load(constant, self.seconds)) for _ in range(ROUNDS)]
        for tally, _ in pairs:
            if not set(tally.statuses) <= {200, 304}:
                raise RuntimeError(f"bench: {target.path} was answered {dict(tally.statuses)}")
        ratio = median(tally.rate / other.rate for tally, other in pairs)
        ours, theirs = median(t.rate for t, _ in pairs), median(o.rate for _, o in pairs)
        detail = f"{ours:,.0f}/s, A {theirs:,.0f}/s, {size:,} bytes"
        return Result(bar, self.site.name, name, ratio, limit, is_floor=True, detail=detail)

    def long_thread(self) -> list[Result]:
        """Bar 6: pages of a very long thread, each made anew, against the first page of a thread of 50."""
        addresses = self.site.sample["addresses"]
        base = self._made(addresses["post"])
        pages = {"first": "", "last": "?last=1", "newest": "?sort=newest", "top": "?sort=top"}
        pages["middle"] = f"?after={servers.middle_comment(self.site)}"
        results = []
        for name, query in pages.items():
            seconds = self._made(addresses["long_thread"] + query)
            detail = f"{seconds * 1000:.1f} ms made anew, thread of 50 {base * 1000:.1f} ms"
            what = f"long thread, {name}"
            results.append(Result("6", self.site.name, what, seconds / base, 1.25, is_floor=False, detail=detail))
        return results

    def _made(self, path: str) -> float:
        """Median seconds to make a page anew: everything kept is outdated before each request."""
        times = []
        for _ in range(30):
            servers.outdate(self.site)
            times.extend(one_by_one(Target(self.kade.port, path), 1))
        return median(times)

    def posting(self) -> Result:
        """Bar 7: one comment after the other, each in turn with a request to A, by the same client."""
        words = (f"Remark {number} about the quay." for number in range(POSTED))
        times, constant = [], Target(self.a.port, "/?bytes=40000")
        others: list[float] = []
        for seconds in self.visitor().comments(self.site.sample["addresses"]["post"], words):
            times.append(seconds)
            others += one_by_one(constant, 1)
        a = median(others)
        detail = f"{median(times) * 1000:.2f} ms, A {a * 1000:.2f} ms"
        return Result("7", self.site.name, "comment posted", median(times) / a, 12, is_floor=False, detail=detail)

    def sizes(self) -> list[Result]:
        """Bar 11, the page's part."""
        path = self.site.sample["addresses"]["post"]
        gzip, brotli = (Target(self.kade.port, path, (("Accept-Encoding", name),)) for name in ("gzip", "br"))
        plain, tight, first = one_size(Target(self.kade.port, path)), self._fresh_size(gzip), self._fresh_size(brotli)
        load(brotli, self.seconds)
        often = one_size(brotli)
        detail = f"brotli, asked for often; at first {first / 1000:.1f}, gzip {tight / 1000:.1f}"
        return [
            Result("11", self.site.name, "post, KB of HTML", plain / 1000, 110, is_floor=False, detail=""),
            Result("11", self.site.name, "post, KB compressed", often / 1000, 16, is_floor=False, detail=detail),
        ]

    def _fresh_size(self, target: Target) -> int:
        """Bytes of a page as its first readers get it."""
        servers.outdate(self.site)
        connection = Connection(target)
        return [connection.get()[1] for _ in range(2 * servers.WORKERS)][-1]

    def memory(self, when: str) -> Result:
        """Bar 10: two workers and the process that keeps them. It speaks of idle ones; after the run is for growth."""
        used = servers.memory(self.kade.pid) / 1e6
        return Result("10", self.site.name, f"two workers, MB PSS {when}", used, 180, is_floor=False, detail="")


def etag_of(target: Target) -> str:
    request = Request(f"http://127.0.0.1:{target.port}{target.path}", headers=dict(target.headers))
    with urlopen(request) as answer:
        return str(answer.headers["ETag"])


def one_size(target: Target) -> int:
    tally = load(target, 0.3)
    return round(tally.bytes / tally.requests)


def table(results: Sequence[Result]) -> str:
    head = f"{'bar':>4}  {'database':<11} {'what':<36} {'value':>9}  {'bar':>9}"
    lines = [
        f"{one.bar:>4}  {one.site:<11} {one.what:<36} {one.value:>9.2f}"
        f"  {'≥' if one.is_floor else '≤'} {one.limit:>7.2f}  {'met   ' if one.is_met else 'MISSED'}  {one.detail}"
        for one in results
    ]
    return "\n".join([head, *lines])
