"""The delivery as a whole: a dry run writes nothing, a failure leaves nothing, repeating it changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cortile.accounts import registry
from cortile.accounts.models import Account, RegistryImport
from cortile.accounts.registry import generate
from cortile.accounts.registry.run import LOCK
from cortile.agencies.models import Agency
from cortile.homes.models import Building
from cortile.kit import bulk
from cortile.kit.refusals import Refused
from cortile.people.models import Membership, Person, Tenancy
from tests import cast
from tests.accounts.delivery import PERSONE, WHOLE, deliver, of, send

SOME = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def rows() -> list[int]:
    return [m.objects.count() for m in (Building, Person, Membership, Tenancy, Account)]


def test_a_dry_run_writes_nothing() -> None:
    before = rows()
    deliver(dry_run=True)
    assert rows() == before


def test_a_dry_run_draws_no_card_numbers() -> None:
    (before,) = bulk.draw("people_card_serial", 1)
    deliver(dry_run=True)
    assert bulk.draw("people_card_serial", 1) == [before + 1]


def test_a_dry_run_counts_what_the_true_one_does() -> None:
    dry = deliver(dry_run=True)
    assert dry.counts == deliver().counts


def test_a_dry_run_shows_the_differences_and_leaves_them() -> None:
    deliver()
    report = deliver({"persone.csv": PERSONE.replace("Haddad", "Mansour")}, dry_run=True)
    assert [(c.code, c.column, c.before, c.after) for c in of(report, "persone").changes] == [
        ("P3", "cognome", "Haddad", "Mansour")
    ]
    assert Person.objects.get(code="P3").family_name == "Haddad"


def test_a_dry_run_is_remembered_as_one() -> None:
    deliver(dry_run=True)
    assert RegistryImport.objects.latest("pk").state == "dry"


def test_a_failure_half_way_leaves_nothing() -> None:
    before = rows()
    broken = 'codice;contratto;saldo;data\nK1;"C1;10;01/03/2026\n' + "K2;C2;10;01/03/2026\n" * 9000
    with pytest.raises(Refused) as refused:
        deliver({"conti.csv": broken})
    assert refused.value.code == "file-broken"
    assert rows() == before


def test_a_failure_is_remembered() -> None:
    with pytest.raises(Refused):
        deliver({"conti.csv": "solo;queste\n"})
    assert RegistryImport.objects.latest("pk").state == "failed"


def test_one_import_of_a_body_runs_at_a_time(milano: Agency) -> None:
    other = connection.copy()
    try:
        other.cursor().execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, milano.pk])
        with pytest.raises(Refused) as refused:
            deliver()
    finally:
        other.close()
    assert refused.value.code == "import-running"


def test_an_empty_delivery_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        send({})
    assert refused.value.code == "nothing-to-import"


def test_the_same_list_twice_in_a_delivery_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        deliver({"people.csv": PERSONE})
    assert refused.value.code == "file-twice"


def test_a_folder_that_is_not_there_is_refused(milano: Agency, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        registry.run(milano, tmp_path / "niente", by=cast.SYSTEM)
    assert refused.value.code == "folder-missing"


def test_a_folder_is_read_by_its_file_names(milano: Agency, tmp_path: Path) -> None:
    for name, text in (WHOLE | {"note.txt": "x", "altro.csv": "a;b"}).items():
        (tmp_path / name.upper()).write_text(text)
    assert registry.run(milano, tmp_path, by=cast.SYSTEM).touched == 10


def test_progress_reaches_the_end_of_every_file(milano: Agency) -> None:
    said: list[tuple[str, int, int]] = []
    files = [(name, text.encode()) for name, text in WHOLE.items()]
    registry.run(milano, files, by=cast.SYSTEM, progress=lambda *step: said.append(step))
    assert said == [("edifici", 1, 1), ("alloggi", 2, 2), ("persone", 3, 3), ("contratti", 2, 2), ("conti", 2, 2)]


def test_the_generator_gives_the_same_bytes_for_a_seed() -> None:
    assert generate.files(generate.Recipe(40, seed=7)) == generate.files(generate.Recipe(40, seed=7))
    assert generate.files(generate.Recipe(40, seed=7)) != generate.files(generate.Recipe(40, seed=8))


def test_the_generator_makes_as_many_people_as_asked() -> None:
    made = dict(generate.files(generate.Recipe(40, people=100)))
    assert made["persone.csv"].count(b"\r\n") == 101


def test_generated_codes_are_good_in_the_demo(lodi: Agency) -> None:
    assert registry.run(lodi, generate.files(generate.Recipe(10, codes=True)), by=cast.SYSTEM).rejected == 0


def shuffled(seed: int) -> Callable[[tuple[str, bytes]], tuple[str, bytes]]:
    def mixed(file: tuple[str, bytes]) -> tuple[str, bytes]:
        header, *lines = file[1].splitlines(keepends=True)
        Random(seed).shuffle(lines)  # noqa: S311 -- an order, not a secret
        return file[0], header + b"".join(lines)

    return mixed


@SOME
@given(seed=st.integers(0, 10_000), dwellings=st.integers(1, 60))
def test_importing_twice_changes_nothing_whatever_the_order(seed: int, dwellings: int) -> None:
    files, lodi = generate.files(generate.Recipe(dwellings, seed)), cast.agency("aler-lodi")
    registry.run(lodi, files, by=cast.SYSTEM, accept_closures=True)
    again = registry.run(lodi, map(shuffled(seed), files), by=cast.SYSTEM)
    assert (again.touched, again.rejected, again.moved) == (0, 0, 0)


@SOME
@given(seed=st.integers(0, 10_000))
def test_a_shuffled_first_delivery_makes_the_same_registry(seed: int) -> None:
    files = generate.files(generate.Recipe(12, seed=3))
    milano, lodi = cast.agency(), cast.agency("aler-lodi")
    registry.run(milano, files, by=cast.SYSTEM, accept_closures=True)
    registry.run(lodi, map(shuffled(seed), files), by=cast.SYSTEM, accept_closures=True)
    assert _picture(milano) == _picture(lodi)


def _picture(body: Agency) -> list[tuple[object, ...]]:
    people = Person.objects.filter(agency=body, registry_digest__isnull=False).order_by("code")
    fields = ("code", "family_name", "birth_date", "home_stair__name", "memberships__household__code", "memberships__kinship")
    return list(people.values_list(*fields))
