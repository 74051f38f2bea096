"""OpenFisca-core beside the house, never in it: a process of its own, in an environment of its own, asked over pipes."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.conf import settings

from cortile.backstage.bench.population import BANDS, Facts

ENVIRONMENT = "openfisca"
SCRIPT = Path(__file__).with_name("openfisca_rules.py")
# How a household is told: as its Web API is told it, and the least that can be written by hand.
FROM_JSON, BY_HAND = "json", "by hand"


class MissingError(Exception):
    """Raised where its environment cannot be made, with the sentence to say."""


class Answer(NamedTuple):
    """The CPU seconds of asking about every household, with the trace, and the cents each was awarded."""

    seconds: float
    cents: list[int]


class OpenFisca:
    """The process, waiting to be asked."""

    def __init__(self, to: IO[str], back: IO[str]) -> None:
        self._to, self._back = to, back

    def ask(self, way: str) -> Answer:
        """Ask about everybody once. Raise ``MissingError`` where it is gone."""
        return Answer(**self._said(way))

    def tell(self, rows: Sequence[Facts]) -> None:
        """Tell it the households, in its own words: euros in floats and the band's name."""
        self._said(json.dumps([_told(row) for row in rows]))

    def _said(self, line: str) -> dict[str, Any]:
        with contextlib.suppress(BrokenPipeError):
            print(line, file=self._to, flush=True)
        answer = self._back.readline()
        if not answer:
            message = "OpenFisca did not answer: its figures are missing."
            raise MissingError(message)
        found: dict[str, Any] = json.loads(answer)
        return found


@contextlib.contextmanager
def running(rows: Sequence[Facts]) -> Iterator[OpenFisca]:
    """Start it on some households, installed first by ``requirements/openfisca.txt`` where it is not there yet.

    Raise ``MissingError`` where it cannot be.
    """
    # Isolated: neither our path nor the folder of the script, whose modules have everyday names.
    command = [prepared(ENVIRONMENT), "-I", str(SCRIPT)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 -- our own script
        if process.stdin is None or process.stdout is None:
            raise MissingError
        asked = OpenFisca(process.stdin, process.stdout)
        asked.tell(rows)
        yield asked


def prepared(name: str) -> str:
    """Return the interpreter of its environment. Raise ``MissingError`` where there is none and none can be made."""
    command = [sys.executable, str(settings.BASE_DIR / "run"), "prepare", name]
    done = subprocess.run(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 -- our own command
    if done.returncode:
        message = "OpenFisca cannot be put in an environment of its own (no network?): its figures are missing."
        raise MissingError(message)
    return done.stdout.splitlines()[-1]


def _told(row: Facts) -> dict[str, object]:
    return {
        "band": BANDS[row["band"]], "isee": row["isee"] / 100, "due": row["due"] / 100,
        "solidarity_granted": bool(row["solidarity_granted"]),
    }  # fmt: skip
