"""The economic facts of these tests: the three files beside a delivery, and single rows written as an import does."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from cortile.accounts.models import Charge, IseeStatement, RentBand
from cortile.accounts.reads import Known
from cortile.kit import scopes
from tests import cast

FASCE = (
    "contratto;area;fascia;anno;data;fonte\nC1;protezione;a5;2025;01/10/2025;anagrafe utenza 2025\n"
    "C2;Permanenza;;2025;01/10/2025;\n"
)
SPESE = (
    "contratto;voce;stagione;dovuto;pagato;aumento;data\nC1;riscaldamento;2025/26;825,00;;;01/03/2026\n"
    "C1;servizi;2025/26;1.200,00;200,00;;01/03/2026\nC2;riscaldamento;2025/26;640,50;0;140,00;01/03/2026\n"
)
ISEE = (
    "nucleo;tipo;valore;protocollo;rilasciata;valida_fino;difformita;fonte\n"
    "N1;ordinario;12.400,00;INPS-ISEE-2026-00000123A-00;20/01/2026;31/12/2026;no;INPS\n"
    "N2;corrente;7.800,00;;20/02/2026;20/08/2026;sì;\n"
)
FactT = TypeVar("FactT", RentBand, Charge, IseeStatement)
FACTS = {"fasce.csv": FASCE, "spese.csv": SPESE, "isee.csv": ISEE}


def band_of(key: str = "adele", **details: Any) -> RentBand:  # noqa: ANN401 -- the model's own fields
    """Write the band of a tenant's contract: accesso, from the census of 2025, unless they say."""
    about: dict[str, Any] = {
        "area": "accesso", "step": "B1", "census_year": 2025, "as_of": date(2025, 10, 1), "source": "anagrafe utenza 2025",
    }  # fmt: skip
    return _written(RentBand, key, about | details, "tenancy")


def charge_of(key: str = "adele", **details: Any) -> Charge:  # noqa: ANN401 -- as above
    """Write a charge: 825 euro of heating for this season, unless they say."""
    about: dict[str, Any] = {"item": "heating", "season": "2025/26", "due_cents": 82_500, "as_of": date(2026, 3, 1)}
    return _written(Charge, key, about | details, "tenancy")


def isee_of(key: str = "adele", **details: Any) -> IseeStatement:  # noqa: ANN401 -- as above
    """Write an ISEE statement: 12.400 euro, ordinary, good all this year, unless they say."""
    about: dict[str, Any] = {
        "kind": "ordinary", "value_cents": 1_240_000, "protocol": "", "issued_on": date(2026, 1, 20),
        "valid_until": date(2026, 12, 31),
    }  # fmt: skip
    return _written(IseeStatement, key, about | details, "household")


def _written(table: type[FactT], key: str, about: dict[str, Any], of: str) -> FactT:
    tenancy = cast.person(key).tenancies_held.select_related("household").get()
    subject = tenancy if of == "tenancy" else tenancy.household
    code = f"{subject.code} {table.objects.count()}"
    with scopes.opened(scopes.EVERYTHING):
        return table.objects.create(agency_id=tenancy.agency_id, code=code, **{of: subject}, **about)


def values_of(known: dict[str, Known]) -> dict[str, int | None]:
    """Return what ``deciding.Judge.decide`` takes of what a register says."""
    return {name: None if said.value is None else int(said.value) for name, said in known.items()}
