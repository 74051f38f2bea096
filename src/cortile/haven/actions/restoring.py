"""Bringing a backup back into an empty database: whole, or not at all, and without whoever was destroyed since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import AutoField, Max, Model

from cortile.haven import audit, backups, erasures
from cortile.haven.models import Association, Record
from cortile.kit import audit as kit
from cortile.kit import bulk
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor

FEW = 1000


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: how many rows, and how many records were destroyed again."""

    rows: int
    erased: int


@action("haven.backup.restored")
def restore(copy: backups.Copy, erased: Iterable[str], *, by: Actor) -> Restored:
    """Write the rows of a copy into an empty database, and destroy again what was destroyed before or since.

    Raise ``Refused('not-empty')``, ``Refused('backup-counts')`` where a table has not the rows the copy says, and
    ``Refused('chain-broken')`` where an association's audit is not whole.
    """
    is_empty = not Association.objects.exists()
    refuse_unless(is_empty, "not-empty", "Qui ci sono già dei dati.", "Si riporta una copia solo in un database vuoto.")
    counts: dict[str, int] = {}
    for table, rows in groupby(backups.objects(copy), key=lambda row: row._meta.db_table):
        counts[table] = sum(_written(some) for some in bulk.batches(rows, FEW))
    whole = all(counts.get(table, 0) == many for table, many in copy.counts.items())
    refuse_unless(whole, "backup-counts", "Mancano delle righe.", "Prendi la copia prima.")
    for association in Association.objects.all():
        is_whole = not audit.findings(association.pk)
        refuse_unless(is_whole, "chain-broken", "Il registro della copia non è intero.", "Prendi la copia prima.")
        # Each association reads in its own audit that what it sees was brought back.
        kit.leave("haven.backup.restored", by=by, verb="C", of=association.pk)
    gone = _destroyed_again({*copy.erased, *erased})
    _numbers_go_on(counts)
    done("C", None, fields=sorted(counts))
    return Restored(sum(counts.values()), gone)


def _destroyed_again(digests: set[str]) -> int:
    numbers = [number for number in Record.objects.values_list("pk", flat=True) if erasures.digest(number) in digests]
    Record.objects.filter(pk__in=numbers).delete()
    return len(numbers)


def _written(rows: list[Model]) -> int:
    return len(type(rows[0])._default_manager.bulk_create(rows))  # noqa: SLF001 -- whatever table they are of


def _numbers_go_on(counts: dict[str, int]) -> None:
    """Draw from each table's sequence up to its last number: the application may draw, and set none."""
    for table, many in counts.items():
        model = next(model for model in backups.models() if model._meta.db_table == table)
        if many and isinstance(model._meta.pk, AutoField):
            last = int(model._default_manager.aggregate(last=Max("pk"))["last"])  # noqa: SLF001 -- whatever table it is
            bulk.draw(f"{table}_id_seq", last)
