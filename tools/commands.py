"""The commands of ./run: each one is short, and says in one sentence what went wrong."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence

from tools import checks, cluster, demo, environment, house, lane, testing, two_worlds
from tools.paths import python
from tools.problem import Problem

# The owner of the tables changes them; every other command runs as the application's role, behind the write guard.
AS_OWNER = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "optimizemigration", "squashmigrations"}


def main(arguments: Sequence[str]) -> int:
    """Run one command. A ``Problem`` is printed as its sentence, without a traceback."""
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if name not in COMMANDS:
        print(USAGE, file=sys.stderr)
        return 0 if name in {"-h", "--help"} else 2
    try:
        return COMMANDS[name](rest)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def cortile(arguments: list[str]) -> int:
    """Run a management command on the demo's database, or on the one of ``DATABASE_URL``; after «haven», one of the lane's own."""
    if arguments[:1] == ["haven"]:
        return lane.command(arguments[1:] or ["help"])
    if arguments[:2] == ["bench", "haven"]:
        return lane.command(["bench", *arguments[2:]])
    if arguments[:2] == ["bench", "two-worlds"]:
        return two_worlds.run(arguments[2:])
    if arguments[:1] == ["seed"]:
        return _seed(arguments[1:])
    return _of_the_house(arguments)


def _seed(arguments: list[str]) -> int:
    """Seed the house and, where protected cases are asked for, the lane: each by a process of its own."""
    theirs, lanes = lane.split(arguments)
    return _of_the_house(["seed", *theirs]) or (lane.seed(lanes) if lanes is not None else 0)


def _of_the_house(arguments: list[str]) -> int:
    env = house.stand()
    if arguments and arguments[0] in AS_OWNER:
        env["CORTILE_ROLE"] = "owner"
    elif house.migrations():
        house.migrate(env)
    return house.show([python(), "-m", "django", *arguments], env)


def run_python(arguments: list[str]) -> int:
    """Run the environment's interpreter, with the house on its path and its database up."""
    return house.show([python(), *arguments], house.stand())


def stop(_: list[str]) -> int:
    """Stop the PostgreSQL that demo and tests share."""
    cluster.down()
    cluster.down(cluster.LANE)
    print("PostgreSQL è fermo.")
    return 0


def prepare(names: list[str]) -> int:
    """Install everything and start nothing; of environments named, kept apart from the house's, print the interpreters."""
    with house.alone():
        if not names:
            environment.ready(dev=True)
        for name in names:
            print(environment.apart(name))
    return 0


USAGE = """Uso:
  ./run demo [--port N] [--no-browser] [--fresh]   il mondo di prova, e la porta riservata sulla porta dopo
  ./run demo --haven-only                          solo la corsia protetta, da sola
  ./run test [--fast] [-- argomenti di pytest]     tutte le prove; --fast senza quelle con il browser
  ./run check                                      stile, tipi, scale d'importazione, migrazioni
  ./run cortile COMANDO                            un comando di Cortile
  ./run cortile seed --protected-cases N           il mondo di prova, con N schede nella corsia protetta
  ./run cortile haven COMANDO                      un comando della corsia protetta
  ./run cortile bench two-worlds                   il confronto di due mondi, per intero
  ./run python …                                   l'interprete dell'ambiente
  ./run hooks                                      i controlli veloci prima di ogni commit
  ./run stop                                       ferma PostgreSQL"""

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": demo.run,
    "test": testing.run,
    "check": checks.run,
    "hooks": checks.hooks,
    "cortile": cortile,
    "python": run_python,
    "stop": stop,
    "prepare": prepare,
}
