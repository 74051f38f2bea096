"""Bounded load on this machine: a few threads, one kept-alive connection each, nothing but the standard library."""

from __future__ import annotations

import http.client
import http.cookies
import re
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from cortile.backstage.bench.server import HOST

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FAILED = 400


@dataclass(frozen=True, slots=True)
class Ask:
    """A request to repeat. ``body`` is made anew each time, so that no two are the same act."""

    path: str
    body: Callable[[], dict[str, str]] | None = None


@dataclass
class Visitor:
    """Somebody signed in, with their cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def enter(self, persona: str) -> None:
        """Become a persona of the demo."""
        self.read("/")
        self.send("/demo/enter", {"persona": persona})

    def read(self, path: str) -> str:
        """Open a page, and keep the token of its form."""
        page = self._once("GET", path, "")
        found = TOKEN.search(page)
        self.token = found.group(1) if found else self.token
        return page

    def send(self, path: str, data: dict[str, str]) -> str:
        """Send a form."""
        return self._once("POST", path, urlencode({**data, "csrfmiddlewaretoken": self.token}))

    @property
    def headers(self) -> dict[str, str]:
        """Return what a browser would send along."""
        jar = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        return {"Cookie": jar, "Accept-Encoding": "gzip", "Accept-Language": "it"}

    def _once(self, method: str, path: str, body: str) -> str:
        talk = http.client.HTTPConnection(HOST, self.port, timeout=60)
        headers = {**self.headers, "Accept-Encoding": "identity"} | (FORM if body else {})
        talk.request(method, path, body=body or None, headers=headers)
        answer = talk.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {k: m.value for k, m in http.cookies.SimpleCookie(line).items()}
        text = answer.read().decode()
        talk.close()
        if answer.status >= FAILED:
            message = f"{method} {path}: {answer.status}"
            raise RuntimeError(message)
        return text


def rate(visitor: Visitor, ask: Ask, *, seconds: float, clients: int = 2) -> float:
    """Return how many requests a second are answered to a few clients who do nothing else."""
    counts = [0] * clients
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=_repeat, args=(visitor, ask, until, counts, n)) for n in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - start)


def _repeat(visitor: Visitor, ask: Ask, until: float, counts: list[int], mine: int) -> None:
    talk = http.client.HTTPConnection(HOST, visitor.port, timeout=60)
    while time.perf_counter() < until:
        _one(talk, visitor, ask)
        counts[mine] += 1
    talk.close()


def median_ms(visitor: Visitor, ask: Ask, *, times: int = 60) -> float:
    """Return the median time of an answer to somebody alone, in milliseconds."""
    return statistics.median(times_ms(visitor, ask, times=times))


def times_ms(visitor: Visitor, ask: Ask, *, times: int) -> list[float]:
    """Return the times of some answers to somebody alone, in milliseconds."""
    talk = http.client.HTTPConnection(HOST, visitor.port, timeout=60)
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        _one(talk, visitor, ask)
        taken.append((time.perf_counter() - start) * 1000)
    talk.close()
    return taken


def _one(talk: http.client.HTTPConnection, visitor: Visitor, ask: Ask) -> None:
    if ask.body is None:
        talk.request("GET", ask.path, headers=visitor.headers)
    else:
        data = urlencode({**ask.body(), "csrfmiddlewaretoken": visitor.token})
        talk.request("POST", ask.path, body=data, headers=visitor.headers | FORM)
    answer = talk.getresponse()
    answer.read()
    if answer.status >= FAILED:
        message = f"{ask.path}: {answer.status}"
        raise RuntimeError(message)
