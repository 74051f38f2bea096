"""Where the map library (Leaflet) is found and how it is served, out of a pinned package that nobody else knows."""

from __future__ import annotations

import builtins
import gzip
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

from cortile.kit import pages

PACKAGE, WITHIN, SHELF = "django-js-lib-leaflet", "js_lib_leaflet", "library"
# Parts of the library that no page of ours has: more than half of its sheet, and every image it names.
_UNUSED = re.compile(r"popup|tooltip|layers|vml|default-icon|zoom-box")
# The head of what holds rules, such as @media; a rule; the end of what holds them.
_RULE = re.compile(r"@[^{}]*\{(?=[^{}]*\{)|[^{}]*\{[^{}]*\}|\}")


def published(kind: str) -> bytes:
    """Return a file as the library's makers published it: ``js`` or ``css``."""
    return (resources.files(WITHIN) / "static" / WITHIN / f"leaflet.{kind}").read_bytes()


def _served(kind: str) -> bytes:
    """Return what is served: the script whole, and of the sheet the rules that something here may wear."""
    if kind == "js":
        return published(kind)
    rules = _RULE.findall(pages.lean(published(kind).decode()))
    worn = (rule for rule in rules if not all(_UNUSED.search(one) for one in rule.partition("{")[0].split(",")))
    return "".join(worn).encode()


def _name(kind: str) -> str:
    """Return a name that is another where the content is: a browser may keep what it names for good."""
    return f"leaflet-{metadata.version(PACKAGE)}-{hashlib.sha256(_served(kind)).hexdigest()[:8]}.{kind}"


_NAMES = {kind: _name(kind) for kind in ("js", "css")}
SCRIPT, SHEET = (f"/static/{SHELF}/{name}" for name in _NAMES.values())


class _Shelf(FileSystemStorage):
    prefix = SHELF


class Finder(BaseFinder):
    """Finds the library's script and sheet, and no other file of the package: each with a twin compressed once."""

    def check(self, **_: Any) -> builtins.list[CheckMessage]:  # noqa: ANN401 -- Django's own signature
        """Find nothing wrong: a package that is not there stops the start by itself."""
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:  # noqa: ARG002 -- Django's own signature
        """Yield the files, by the names they are served under."""
        shelf = _Shelf(location=_laid_out())
        for name in _NAMES.values():
            yield from ((name, shelf), (f"{name}.gz", shelf))

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:  # noqa: ANN401, FBT001, FBT002 -- Django's own signature
        """Return where a file lies, or nothing for any other name."""
        shelf, _mark, name = path.partition("/")
        found = [str(_laid_out() / name)] if shelf == SHELF and name in _NAMES.values() else []
        # Django takes an empty list, of whoever has nothing, and no None.
        return found if find_all or not found else found[0]


def _laid_out() -> Path:
    """Lay the files out beside what else lives outside the checkout, unless they lie there already."""
    home: Path = settings.STATE / SHELF
    home.mkdir(parents=True, exist_ok=True)
    for kind, name in _NAMES.items():
        # The twin is written last: where it lies, the other does.
        if not (home / f"{name}.gz").exists():
            whole = _served(kind)
            _write(home / name, whole)
            _write(home / f"{name}.gz", gzip.compress(whole, mtime=0))
    return home


def _write(path: Path, content: bytes) -> None:
    """Write a file at once: several workers may start together."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(path)
