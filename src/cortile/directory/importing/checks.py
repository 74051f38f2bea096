"""Is it a card? Each value is read as people write it; what cannot be read is kept beside, what makes no card is refused. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from stdnum.it import codicefiscale, iva

from cortile.directory.importing import details
from cortile.directory.importing.reading import LEAST_FIGURES, PHONE, Reading, Ready, addresses, dicts, known_id, whole
from cortile.directory.importing.report import Reason, Row, Unfit
from cortile.directory.importing.texts import LONGEST, clean, day, line
from cortile.directory.rules.same import bare, tax_key
from cortile.directory.stages import STATUSES

_EMAIL = re.compile(r"[^@\s;,/]+@[^@\s;,/]+\.[a-zA-Z]{2,}")
_SITE = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-zA-Z]{2,}(?:[/?#]\S*)?")
_AGES = re.compile(r"\D*(\d{1,3})\s*(?:-|–|/|ai|a|fino a)\s*(\d{1,3})\D*")
_OLDEST, _LONGEST_NAME = 120, 200
# Columns about somebody, not about an office: what stands in them is kept nowhere (GDPR art. 5.1.c).
_PERSONS = frozenset(
    {
        "referente", "referenti", "contatto", "contatti", "responsabile", "responsabili", "operatore", "operatrice", "cognome",
        "nominativo", "cellulare", "cf", "fiscale", "contact", "contacts",
    }
)  # fmt: skip
# In a longer cell no mail is looked for: the pattern would begin again at each letter.
_LONGEST_MAILS = 500


def read(row: Row, today: date) -> Ready:
    """Return what a row says, in our own types. Raise ``Unfit`` for a row that is no card."""
    reading = Reading(row, today)
    _shifted(reading)
    for step in (_ids, _beside, _service, _organization, _contacts, *details.EVERY, _terms, _when):
        step(reading)
    return reading.ready


def _shifted(r: Reading) -> None:
    """Refuse a row whose cells stand in the wrong columns: what is read would be stored in the wrong place."""
    wrong = [
        key
        for key, said in (("email", r.text("email")), ("url", r.text("url")), *_cells_of_places(r), *_cells_of_phones(r))
        if said and not _LOOKS[key](said)
    ]
    astray = bool(_EMAIL.fullmatch(line(r.card.get("name"))) or PHONE.fullmatch(line(r.card.get("name"))))
    if len(wrong) >= 2 or (astray and r.row.cells):  # noqa: PLR2004 -- one may be a slip of the pen
        raise Unfit(
            Reason(
                ", ".join(wrong) or "name", "Le celle sembrano spostate di una colonna.", "Rimetti ogni valore sotto il suo titolo."
            )
        )


def _cells_of_places(r: Reading) -> list[tuple[str, str]]:
    return [("postal_code", clean(a.get("postal_code"))) for _at, _place, a in addresses(r)]


def _cells_of_phones(r: Reading) -> list[tuple[str, str]]:
    return [("phone", line(p.get("number"))) for p in dicts(r.card.get("phones"))]


_LOOKS: dict[str, Callable[[str], object]] = {
    "email": lambda said: "@" in said,
    "url": lambda said: "." in said and "@" not in said,
    "postal_code": lambda said: re.search(r"\d", said) and "@" not in said and len(said) <= 10,  # noqa: PLR2004 -- «I-20151» with blanks
    "phone": lambda said: len(re.sub(r"\D", "", said)) >= LEAST_FIGURES - 1 and "@" not in said,
}


def _ids(r: Reading) -> None:
    r.ready.uuid = known_id(r.card.get("id", ""))
    if r.card.get("id") and r.ready.uuid is None:
        r.aside("id", str(r.card["id"]), "L'identificativo non è un UUID.", "Ne diamo uno nuovo.")
    of = r.card.get("organization")
    r.ready.organization_uuid = known_id(of.get("id", "")) if isinstance(of, dict) else None
    told = r.card.get("brought")
    for name, said in told.items() if isinstance(told, dict) else ():
        if _is_of_a_person(str(name), clean(said)):
            r.row.notes.append(Reason(str(name), "Ci sono nomi di persone.", "La mappa è pubblica: non li abbiamo presi."))
        else:
            r.ready.brought[str(name)] = clean(said)


def _is_of_a_person(name: str, said: str) -> bool:
    """Tell whether a column is about somebody by its name, or a cell is a person's own tax number."""
    number = tax_key(said)
    return bool(_PERSONS.intersection(bare(name).split())) or (not number.isdigit() and codicefiscale.is_valid(number))


# What we read, and what says nothing by itself.
_READ = frozenset(
    {
        "id", "name", "organization", "organization_id", "program_id", "last_modified", "metadata", "assured_date", "assurer_email",
        "alternate_name", "description", "url", "email", "status", "interpretation_services", "application_process",
        "fees_description", "fees", "wait_time", "accreditations", "eligibility_description", "minimum_age", "maximum_age", "alert",
        "phones", "schedules", "languages", "service_areas", "cost_options", "service_at_locations", "capacities", "attributes",
        "words", "ages", "capacity_words", "brought", "location", "service", "location_id", "service_id",
    }
)  # fmt: skip


def _beside(r: Reading) -> None:
    """Keep what HSDS knows and we have no place for. Persons' names are kept nowhere: a directory is public."""
    for key, said in r.card.items():
        if key == "contacts" and said:
            r.row.notes.append(Reason("contacts", "Ci sono nomi di persone.", "La mappa è pubblica: non li abbiamo presi."))
        elif key not in _READ and _is_of_a_person(str(key), said if isinstance(said, str) else ""):
            r.row.notes.append(Reason(str(key), "Ci sono nomi di persone.", "La mappa è pubblica: non li abbiamo presi."))
        elif key not in _READ and said not in (None, "", [], {}):
            text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False, default=str)
            r.aside(str(key), text[:LONGEST], "Non abbiamo un posto per questo.", "Lo teniamo accanto alla scheda.")


def _service(r: Reading) -> None:
    name = line(r.text("name"))
    if not name:
        raise Unfit(Reason("name", "Manca il nome del servizio.", "Scrivi come si chiama."))
    if len(name) > _LONGEST_NAME:
        raise Unfit(Reason("name", "Il nome è troppo lungo.", "Metti la descrizione nella sua colonna."))
    if not re.search(r"[^\W\d_]{2}", name):
        raise Unfit(Reason("name", f"«{name}» non è un nome.", "Scrivi come si chiama."))
    texts = (
        "alternate_name", "description", "interpretation_services", "application_process", "wait_time", "accreditations",
        "eligibility_description", "alert",
    )  # fmt: skip
    r.ready.service = {"name": name, **{key: r.text(key) for key in texts}}
    status = r.text("status").lower() or "active"
    if status not in STATUSES:
        r.aside("status", status, "Lo stato non è dell'elenco.", "L'abbiamo segnato attivo.")
        status = "active"
    r.ready.service["status"] = status
    _ages(r)
    _fees(r)


def _ages(r: Reading) -> None:
    low, high = whole(r.card.get("minimum_age")), whole(r.card.get("maximum_age"))
    said = r.text("ages")
    if said and (found := _AGES.fullmatch(said)):
        low, high = int(found.group(1)), int(found.group(2))
    elif said:
        r.ready.service["eligibility_description"] = "\n".join(p for p in (r.ready.service["eligibility_description"], said) if p)
    known = [age for age in (low, high) if age is not None]
    if known != sorted(known) or max(known, default=0) > _OLDEST:
        r.aside("ages", said or f"{low}-{high}", "Le età non tornano.", "Scrivile così: 6-14.")
        low = high = None
    r.ready.service |= {"minimum_age": low, "maximum_age": high}


def _fees(r: Reading) -> None:
    said = r.text("fees_description") or r.text("fees")
    plain = bare(said)
    free = True if re.match(r"(?:gratis|gratuit[oiae]|libero|nessun costo|0|0 00|si)\b", plain) else (False if said else None)
    r.ready.service |= {"fees_description": "" if plain in {"si", "no", "0"} else said, "free": free}


def _organization(r: Reading) -> None:
    of = r.card.get("organization")
    told: dict[str, Any] = of if isinstance(of, dict) else {}
    name = line(told.get("name")) or r.ready.service["name"]
    if len(name) > _LONGEST_NAME:
        raise Unfit(Reason("organization", "Il nome dell'ente è troppo lungo.", "Controlla la riga."))
    found = {key: r.text(key, told) for key in ("alternate_name", "description", "legal_status")}
    r.ready.organization = {"name": name, **found, "kind": line(told.get("kind")), "tax_id": _tax(r, line(told.get("tax_id")))}
    r.ready.organization["email"] = _email(r, told.get("email"), "organization.email")
    r.ready.organization["website"] = _site(r, told.get("website"), "organization.website")


def _tax(r: Reading, said: str) -> str:
    number = tax_key(said)
    if not number:
        return ""
    if number.isdigit() and len(number) < 11 and iva.is_valid(number.zfill(11)):  # noqa: PLR2004 -- a sheet eats zeros before
        number = number.zfill(11)
    if iva.is_valid(number):
        return number
    if codicefiscale.is_valid(number) and not number.isdigit():
        # A person's own: the directory keeps nothing personal. It is not kept beside either.
        r.row.notes.append(Reason("tax_id", "È il codice fiscale di una persona.", "Qui va quello dell'ente: non l'abbiamo preso."))
        return ""
    r.aside("tax_id", said, "Il codice fiscale o la partita IVA non è giusto.", "Controlla le cifre.")
    return ""


def _contacts(r: Reading) -> None:
    r.ready.service["email"] = _email(r, r.card.get("email"), "email")
    r.ready.service["url"] = _site(r, r.card.get("url"), "url")
    r.ready.service["keeper_email"] = _email(r, r.card.get("assurer_email"), "assurer_email")


def _email(r: Reading, said: object, column: str) -> str:
    text = line(said).removeprefix("mailto:").replace(" ", "")
    found = _EMAIL.search(text) if len(text) <= _LONGEST_MAILS else None
    if found and found.group() == text and len(text) <= _LONGEST_NAME:
        return text.lower()
    if text:
        r.aside(column, line(said), f"«{line(said)[:40]}» non è solo una mail.", "Scrivine una.")
    return found.group().lower() if found and len(found.group()) <= _LONGEST_NAME else ""


def _site(r: Reading, said: object, column: str) -> str:
    text = line(said).replace(" ", "")
    if not text:
        return ""
    if len(text) <= _LONGEST_NAME and _SITE.fullmatch(text):
        return text if text.startswith("http") else f"https://{text}"
    r.aside(column, line(said), f"«{line(said)[:40]}» non è un sito.", "Scrivilo così: www.esempio.it")
    return ""


def _terms(r: Reading) -> None:
    for told in dicts(r.card.get("attributes")):
        term = told.get("taxonomy_term") if isinstance(told.get("taxonomy_term"), dict) else {}
        if code := line((term or {}).get("code")) or line(told.get("value")):
            r.ready.codes.append((code, known_id(told.get("id", ""))))
    r.ready.words = [w for w in (bare(part) for part in re.split(r"[,;/\n]", r.text("words"))) if w]


def _when(r: Reading) -> None:
    said = line(r.card.get("assured_date"))
    found = day(said)
    if said and found is None:
        r.aside("assured_date", said, f"«{said[:20]}» non è una data.", "Scrivila così: 14/03/2026.")
    elif found and found > r.today:
        r.aside("assured_date", said, "La data è nel futuro.", "Controlla giorno e mese.")
        found = None
    r.ready.confirmed = found
