"""Prints how the house reads, writes it to docs/style-numbers.txt (committed, so that it moves in plain sight), fails on a wall."""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from tools.paths import ROOT

SOURCE, TESTS, LANE_TESTS = ROOT / "src" / "cortile", ROOT / "tests", ROOT / "tests_haven"
NUMBERS = ROOT / "docs" / "style-numbers.txt"
DOORS = ("workspace", "app", "api", "backstage")
NEEDS_DOCSTRING = ("rules", "access", "actions")
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.While, ast.ExceptHandler, ast.Assert, ast.comprehension, ast.BoolOp, ast.match_case)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class File:
    """A Python file, read once."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """Count all lines."""
        return self.text.count("\n")

    @property
    def functions(self) -> list[Function]:
        """Return every function and method."""
        return [n for n in ast.walk(self.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]

    def under(self, *names: str) -> bool:
        """Tell whether the file, or a folder it stands in, has one of these names."""
        return bool(set(names) & {*self.path.relative_to(ROOT).with_suffix("").parts})


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the page: a value, what we aim at, and the wall if there is one."""

    name: str
    value: float
    aim: float | None = None
    wall: float | None = None
    least: float | None = None

    @property
    def broken(self) -> bool:
        """Tell whether the value stands beyond its wall."""
        return (self.wall is not None and self.value > self.wall) or (self.least is not None and self.value < self.least)

    def __str__(self) -> str:
        aim = "" if self.aim is None else f"aim {self.aim:g}"
        wall = f"wall {self.wall:g}" if self.wall is not None else f"at least {self.least:g}" if self.least is not None else ""
        return f"{self.name:<52}{self.value:>9.4g}   {aim:<10}{wall}".rstrip()


def main() -> int:
    """Print the measures and write them down; return 1 when a wall is broken."""
    found = measures()
    page = "\n".join(map(str, found)) + "\n"
    NUMBERS.parent.mkdir(exist_ok=True)
    NUMBERS.write_text(page)
    broken = [m for m in found if m.broken]
    print(page if "--quiet" not in sys.argv else "".join(f"{m}\n" for m in broken), end="")
    for measure in broken:
        print(f"Muro superato: {measure.name} = {measure.value:g}", file=sys.stderr)
    return 1 if broken else 0


def measures() -> list[Measure]:
    """Measure product and tests."""
    product, tests = read(SOURCE), [*read(TESTS), *read(LANE_TESTS)]
    return [*_sizes(product), *_care(product), *_templates(), *_tests(product, tests)]


def read(folder: Path) -> list[File]:
    """Read the Python files of a folder, without what Django wrote."""
    paths = sorted(p for p in folder.rglob("*.py") if not re.match(r"0\d+", p.name))
    return [File(p, text, ast.parse(text)) for p in paths if (text := p.read_text()) is not None]


def _sizes(files: list[File]) -> list[Measure]:
    functions = [f for file in files for f in file.functions]
    lengths, branching = [*map(length, functions)], [*map(complexity, functions)]
    views = [length(f) for file in files for f in file.functions if decorated(f, "opens")]
    acts = [length(f) for file in files for f in file.functions if decorated(f, "action")]
    rules = [length(f) for file in files for f in file.functions if file.path.stem == "rules" or f.name.startswith("may_")]
    sizes = [f.lines for f in files]
    return [
        Measure("function lines, median", median(lengths), 8),
        Measure("function lines, p90", percentile(lengths, 90), 22),
        Measure("function lines, p99", percentile(lengths, 99), 50),
        Measure("function lines, longest", max(lengths), 50, 80),
        Measure("functions over 50 lines, %", share(lengths, 50), 1, 2),
        Measure("complexity, mean", mean(branching), 2.4),
        Measure("complexity over 10, %", share(branching, 10), 0.5),
        Measure("complexity, highest", max(branching), 10, 12),
        Measure("file lines, median", median(sizes), 90),
        Measure("file lines, p90", percentile(sizes, 90), 250),
        Measure("file lines, longest", max(sizes), 250, 500),
        Measure("view lines, p90", percentile(views, 90), 25),
        Measure("view lines, longest", max(views, default=0), 25, 40),
        Measure("act lines, p90", percentile(acts, 90), 35),
        Measure("act lines, longest", max(acts, default=0), 35, 60),
        Measure("rule and may_ lines, p90", percentile(rules, 90), 12),
        Measure("rule and may_ lines, longest", max(rules, default=0), 12, 25),
    ]


def _care(files: list[File]) -> list[Measure]:
    text, code = "\n".join(f.text for f in files), sum(code_lines(f.text) for f in files)
    rooms = [f for file in files if file.under(*NEEDS_DOCSTRING) for f in file.tree.body]
    told = [f for f in rooms if isinstance(f, Function) and not f.name.startswith("_")]
    marks = re.findall(r"# (?:noqa|type: ignore)[^\n]*", text)
    bare = [m for m in marks if not re.search(r"(?:noqa: [A-Z0-9, ]+ -- \S|\]\s+# \S|fmt)", m)]
    inner = [n for file in files for f in file.functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    broad = [n for file in files for n in ast.walk(file.tree) if isinstance(n, ast.ExceptHandler) and too_broad(n)]
    return [
        Measure("comments per 100 code lines", 100 * comments(text) / code, 6),
        Measure("acts, rules and access without a docstring", sum(ast.get_docstring(f) is None for f in told), 0, 0),
        Measure("functions not fully typed", sum(not typed(f) for file in files for f in file.functions), 0, 0),
        Measure("noqa and type: ignore per 1000 lines", 1000 * len(marks) / code, 0.3),
        Measure("noqa and type: ignore without a reason", len(bare), 0, 0),
        Measure("imports inside functions per 1000 lines", 1000 * len(inner) / code, 0.3),
        Measure("broad excepts", len(broad), 0),
        Measure("model signals", len(re.findall(r"django\.db\.models\.signals|\bpost_save\b|\bpre_save\b", text)), 0, 0),
        Measure("TODO without an issue", len(re.findall(r"# TODO(?! ?\(?#\d)", text)), 0, 0),
    ]


def _templates() -> list[Measure]:
    sizes = [p.read_text().count("\n") for p in SOURCE.rglob("templates/**/*") if p.suffix in {".html", ".txt", ".typ"}]
    return [
        Measure("template lines, median", median(sizes or [0]), 30),
        Measure("template lines, longest", max(sizes, default=0), 150, 200),
    ]


def _tests(product: list[File], files: list[File]) -> list[Measure]:
    tests = [(f, file) for file in files for f in file.functions if f.name.startswith("test_")]
    lengths = [length(f) for f, _ in tests] or [0]
    refusing = [f for f, file in tests if refuses(ast.get_source_segment(file.text, f) or "")]
    # A test that breaks the house on purpose, to show that its guard notices, has to patch it.
    plain = [ast.get_source_segment(file.text, f) or "" for f, file in tests if "_fails_when_" not in f.name]
    patches = sum(len(re.findall(r"\b(?:monkeypatch\.setattr|mock\.patch|patch\()", text)) for text in plain)
    code = sum(code_lines(f.text) for f in product)
    return [
        Measure("tests", len(tests)),
        Measure("tests per 1000 code lines", 1000 * len(tests) / code, 100),
        Measure("test lines, median", median(lengths), 10),
        Measure("test lines, p90", percentile(lengths, 90), 22),
        Measure("test lines, longest", max(lengths), 22, 60),
        Measure("tests that refuse somebody, %", 100 * len(refusing) / max(1, len(tests)), 20),
        Measure("patches per 100 tests", 100 * patches / max(1, len(tests)), 3, 5),
    ]


def length(function: Function) -> int:
    """Count the lines of a function, its docstring left out."""
    documented = ast.get_docstring(function) is not None
    first = function.body[0]
    doc = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - doc


def complexity(function: Function) -> int:
    """Count the ways through a function (McCabe), a boolean operator being a way."""
    return 1 + sum(isinstance(n, BRANCHES) for n in ast.walk(function))


def decorated(function: Function, name: str) -> bool:
    """Tell whether a function carries a decorator: ``@action(...)``."""
    return any(isinstance(d, ast.Call) and isinstance(d.func, ast.Name) and d.func.id == name for d in function.decorator_list)


def typed(function: Function) -> bool:
    """Tell whether every argument and the result are annotated."""
    named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return function.returns is not None and all(a.annotation or a.arg in {"self", "cls"} for a in named)


def too_broad(handler: ast.ExceptHandler) -> bool:
    """Tell whether an except takes everything."""
    return handler.type is None or (isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"})


def refuses(text: str) -> bool:
    """Tell whether a test names a refusal or a page that is not there."""
    return bool(re.search(r"Refused|NotVisible|Http404|\.code\b|\b40[349]\b", text))


def comments(text: str) -> int:
    """Count the lines that are a comment and no directive."""
    alone = re.findall(r"^\s*# (?!noqa|type:|fmt:|---)", text, re.MULTILINE)
    return len(alone) + len(re.findall(r"\S  # (?!noqa|type:|fmt:)", text))


def code_lines(text: str) -> int:
    """Count the lines that are neither empty nor a comment."""
    return max(1, sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in text.splitlines()))


def percentile(values: list[int], which: int) -> float:
    """Return a percentile by nearest rank; zero of nothing."""
    ordered = sorted(values) or [0]
    return ordered[min(len(ordered) - 1, round(which / 100 * (len(ordered) - 1)))]


def share(values: list[int], over: int) -> float:
    """Return how many values in a hundred stand above a number."""
    return 100 * sum(v > over for v in values) / max(1, len(values))


if __name__ == "__main__":
    sys.exit(main())
