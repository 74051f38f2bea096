"""Checks that every translation catalogue compiles and says what its source says: same languages, no lost placeholder."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tools.paths import ROOT

HOLES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def main() -> int:
    """Print what is wrong, one line each; return 1 when something is."""
    wrong = [line for path in sorted((ROOT / "src").rglob("*.po")) for line in problems(path)]
    print("\n".join(wrong))
    return 1 if wrong else 0


def problems(path: Path) -> list[str]:
    """Return the lines of a catalogue that would not be right on screen."""
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    here = path.relative_to(ROOT)
    return [f"{here}: {said}" for message in catalogue if message.id for said in _problems(message)]


def _problems(message: Message) -> list[str]:
    source, said = _texts(message.id), _texts(message.string)
    if message.fuzzy:
        return [f"«{source[0][:60]}» è incerta (fuzzy)"]
    if not all(said):
        return [f"«{source[0][:60]}» non è tradotta"]
    holes = set(HOLES.findall(" ".join(source)))
    return [f"«{source[0][:60]}» perde {', '.join(sorted(lost))}" for lost in [holes - set(HOLES.findall(" ".join(said)))] if lost]


def _texts(value: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [""])


if __name__ == "__main__":
    sys.exit(main())
