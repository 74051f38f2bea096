"""The two lists of terms: the codes of SIUSS, and the words people use for what they need."""

from __future__ import annotations

import csv
import tomllib
import uuid
from pathlib import Path

from cortile.directory import access
from cortile.directory.models import Taxonomy, TaxonomyTerm
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor

DATA = Path(__file__).parents[1] / "data"
# The same list has the same ids in every installation: other directories may refer to them.
SPACE = uuid.UUID("6f1c9f4e-6a53-4d0e-9a4c-1f5c9c2f7d31")


@action("taxonomy.loaded")
def load_terms(*, by: Actor, once: str = "") -> Taxonomy:
    """Write both lists as they stand in ``data``; what is there already keeps its id. Raise ``Refused`` with ``not-allowed``."""
    access.require(by)
    told = tomllib.loads((DATA / "needs.toml").read_text(encoding="utf-8"))
    siuss, needs = _taxonomy("siuss", told["siuss"]), _taxonomy("needs", told["needs"])
    with (DATA / "siuss.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _term(siuss, row["code"], row["name"])
    for term in told["term"]:
        _term(needs, term["code"], term["name"], words=term["words"])
    for term in TaxonomyTerm.objects.filter(taxonomy=siuss, parent=None):
        head, _dot, _last = term.code.rpartition(".")
        term.parent = TaxonomyTerm.objects.filter(taxonomy=siuss, code=head).first()
        if term.parent:
            term.save(update_fields=["parent"])
    done("U", needs, fields=["terms"])
    return needs


def _taxonomy(key: str, told: dict[str, str]) -> Taxonomy:
    row, _made = Taxonomy.objects.update_or_create(key=key, defaults=told, create_defaults={**told, "uuid": uuid.uuid5(SPACE, key)})
    return row


def _term(taxonomy: Taxonomy, code: str, name: str, *, words: list[str] | None = None) -> None:
    told = {"name": name, "words": words or []}
    TaxonomyTerm.objects.update_or_create(
        taxonomy=taxonomy, code=code, defaults=told, create_defaults={**told, "uuid": uuid.uuid5(taxonomy.uuid, code)}
    )
