"""The eight files of a landlord's registry and their columns, in Italian and English. ``docs/import.md`` tells them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from django.utils.translation import gettext_noop as _

from cortile.accounts import rules


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the names its header may carry; the first is the one we write. ``needed`` columns must be there."""

    names: tuple[str, ...]
    needed: bool = False

    @property
    def name(self) -> str:
        """Return the Italian name."""
        return self.names[0]


def _needed(*names: str) -> Column:
    return Column(names, needed=True)


def _may(*names: str) -> Column:
    return Column(names)


@dataclass(frozen=True, slots=True)
class Layout:
    """One file: its name in the folder, what it lists, its columns in the order the checks take them.

    ``code`` is what a row is known by from one delivery to the next: its first cell, unless it has no code of its own.
    """

    name: str
    italian: str
    what: str
    columns: tuple[Column, ...]
    code: Callable[[Sequence[str]], str] = itemgetter(0)

    @property
    def files(self) -> tuple[str, str]:
        """Return the file names it may have."""
        return f"{self.name}.csv", f"{self.italian}.csv"

    def label(self, field: str) -> str:
        """Return the Italian name of a field of our tables: ``birth_date`` gives data_nascita."""
        bare = field.removesuffix("_id").removesuffix("_cents").removeprefix("has_")
        return next((c.name for c in self.columns if bare in c.names), bare)


BUILDINGS = Layout("buildings", "edifici", _("edifici"), (
    _needed("codice", "code", "codice_edificio"), _needed("quartiere", "neighbourhood"), _needed("comune", "municipality"),
    _needed("via", "street", "indirizzo"), _may("civico", "number", "numero"), _may("ascensore", "lift"),
))  # fmt: skip
DWELLINGS = Layout("dwellings", "alloggi", _("alloggi"), (
    _needed("codice", "code", "codice_alloggio"), _needed("edificio", "building"), _may("scala", "stair"),
    _may("piano", "floor"), _may("interno", "number", "numero"), _may("superficie", "square_metres", "mq"),
))  # fmt: skip
PEOPLE = Layout("people", "persone", _("persone"), (
    _needed("codice", "code", "codice_persona"), _needed("cognome", "family_name"), _needed("nome", "given_name"),
    _may("data_nascita", "birth_date"), _may("codice_fiscale", "fiscal_code"), _may("nucleo", "household"),
    _may("parentela", "kinship"), _may("lingua", "language"), _may("cellulare", "mobile"),
    _may("telefono", "landline", "phone"), _may("email", "mail"),
))  # fmt: skip
TENANCIES = Layout("tenancies", "contratti", _("contratti"), (
    _needed("codice", "code", "codice_contratto"), _needed("alloggio", "dwelling"), _needed("intestatario", "holder"),
    _may("nucleo", "household"), _needed("inizio", "start"), _may("fine", "end"),
))  # fmt: skip
ACCOUNTS = Layout("accounts", "conti", _("conti"), (
    _needed("codice", "code", "codice_conto"), _needed("contratto", "tenancy"), _needed("saldo", "balance"),
    _may("canone", "monthly_rent"), _needed("data", "as_of"), _may("debito_dal", "owed_since", "dal"),
))  # fmt: skip
# Facts with a day have no code of their own in any program we know: what they are of, and of when, is their code.
ITEMS = {"riscaldamento": "heating", "servizi": "services", "affitto": "rent", "utenze": "utilities"}
ISEE_KINDS = {"ordinario": "ordinary", "corrente": "current"}


def _together(*parts: str) -> str:
    return " ".join(parts) if all(parts) else ""


def _band_code(row: Sequence[str]) -> str:
    return _together(row[0], row[3])


def _charge_code(row: Sequence[str]) -> str:
    return _together(row[0], ITEMS.get(row[1].lower(), row[1].lower()), row[2])


def _isee_code(row: Sequence[str]) -> str:
    """Return the household and the protocol; without one, the kind and the day."""
    protocol = rules.protocol_of(row[3])
    return _together(row[0], protocol) if protocol else _together(row[0], row[1].lower(), row[4])


BANDS = Layout("bands", "fasce", _("fasce"), (
    _needed("contratto", "tenancy"), _needed("area", "rent_area"), _may("fascia", "step", "sottofascia"),
    _needed("anno", "census_year", "anno_anagrafe"), _needed("data", "as_of"), _may("fonte", "source"),
), _band_code)  # fmt: skip
CHARGES = Layout("charges", "spese", _("spese"), (
    _needed("contratto", "tenancy"), _needed("voce", "item"), _needed("stagione", "season"), _needed("dovuto", "due"),
    _may("pagato", "paid"), _may("aumento", "increase"), _needed("data", "as_of"),
), _charge_code)  # fmt: skip
ISEE = Layout("isee_statements", "isee", _("attestazioni ISEE"), (
    _needed("nucleo", "household"), _needed("tipo", "kind"), _needed("valore", "value", "isee"), _may("protocollo", "protocol"),
    _needed("rilasciata", "issued_on"), _needed("valida_fino", "valid_until", "scadenza"), _may("difformita", "discrepancies"),
    _may("fonte", "source"),
), _isee_code)  # fmt: skip
LAYOUTS = (BUILDINGS, DWELLINGS, PEOPLE, TENANCIES, ACCOUNTS, BANDS, CHARGES, ISEE)
# What we add to a row we could not take. Their presence marks a file of corrections, which closes nothing.
REASONS = ("riga", "colonna", "motivo", "rimedio")
MARK = "motivo"


def plain(header: str) -> str:
    """Return a header as we compare it: «Data di nascita» gives data_nascita."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", header) if not unicodedata.combining(c)).lower().strip()
    return "_".join(w for w in bare.replace("_", " ").replace(".", " ").split() if w not in {"di", "del", "della"})
