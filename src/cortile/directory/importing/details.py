"""What a card says more, read cell by cell: places, telephones, hours, languages, costs, places left. Pure."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from cortile.directory.importing.reading import LEAST_FIGURES, PHONE, Reading, addresses, dicts, known_id, whole
from cortile.directory.importing.report import Reason
from cortile.directory.importing.texts import clean, day, line, parse_moment
from cortile.directory.rules import hours
from cortile.directory.rules.same import bare
from cortile.directory.stages import CAPACITIES, DAYS, EXCEPTION, FREQUENCIES, PLACES

_LANGUAGES = {
    "italiano": "it", "arabo": "ar", "inglese": "en", "spagnolo": "es", "francese": "fr", "cinese": "zh", "rumeno": "ro",
    "romeno": "ro", "ucraino": "uk", "russo": "ru", "tedesco": "de", "albanese": "sq", "bengalese": "bn", "urdu": "ur",
    "tigrino": "ti", "portoghese": "pt", "singalese": "si", "filippino": "fil", "tagalog": "tl", "hindi": "hi",
}  # fmt: skip
_FULL = ("pieno", "completo", "esaurito", "non ci sono posti", "nessun posto", "no", "0", "no-capacity", "chiuso")
_WAIT = ("lista", "attesa", "waitlist", "waiting")
_ROOM = ("posti", "disponibil", "liber", "si", "capacity", "aperto")
_MILLION, _MOST_WEEKS = 1_000_000, 52
# In a longer cell no telephone is looked for: the pattern would begin again at each figure.
_LONGEST_PHONES = 500
_BYDAY = re.compile(rf"[1-5]?(?:{'|'.join(DAYS)})")


def _places(r: Reading) -> None:
    for at, place, address in addresses(r):
        street, city = line(address.get("address_1")), line(address.get("city"))
        kind = line(place.get("location_type")) or "physical"
        r.ready.places.append(
            {
                "at_uuid": known_id(at.get("id", "")), "at_description": clean(at.get("description")),
                "uuid": known_id(place.get("id", "")),
                "address_uuid": known_id(address.get("id", "")), "location_type": kind if kind in PLACES else "physical",
                "name": line(place.get("name")), "description": clean(place.get("description")),
                "transportation": clean(place.get("transportation")), "address_1": street, "city": city,
                "state_province": line(address.get("state_province")),
                "postal_code": _postcode(r, line(address.get("postal_code"))),
                "latitude_e6": _degrees(r, place.get("latitude"), 90, "latitude"),
                "longitude_e6": _degrees(r, place.get("longitude"), 180, "longitude"), "step_free": _steps(r, place),
                "accessibility": _access(place),
                "schedules": [s for s in (_schedule(r, told) for told in dicts(at.get("schedules"))) if s],
            }
        )  # fmt: skip


def _access(place: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a place has for who moves with difficulty, but for the steps, which are read apart."""
    found = []
    for told in dicts(place.get("accessibility")):
        words = clean(told.get("description"))
        if words and bare(words) not in {"senza gradini", "con gradini"}:
            found.append({"uuid": known_id(told.get("id", "")), "description": words, "details": clean(told.get("details"))})
    return found


def _postcode(r: Reading, said: str) -> str:
    plain = re.sub(r"^(?:i|it)-|[\s.,]", "", re.sub(r"[.,]0{1,2}$", "", said.lower()))
    if re.fullmatch(r"\d{5}", plain):
        return plain
    if re.fullmatch(r"\d{4}", plain):
        return plain.zfill(5)
    if said:
        r.aside("postal_code", said, f"«{said[:20]}» non è un CAP.", "Un CAP ha cinque cifre.")
    return ""


def _degrees(r: Reading, said: object, most: int, column: str) -> int | None:
    text = line(said).replace(",", ".")
    if not text:
        return None
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{1,18})?", text) and abs(float(text)) <= most:
        return round(float(text) * _MILLION)
    r.aside(column, line(said), "La posizione non è giusta.", "Scrivila in gradi, per esempio 45.4781.")
    return None


def _steps(r: Reading, place: dict[str, Any]) -> bool | None:
    said = bare(line(place.get("step_free")))
    if not said:
        told = {bare(line(a.get("description"))) for a in dicts(place.get("accessibility"))}
        return True if "senza gradini" in told else (False if "con gradini" in told else None)
    if said in {"si", "s", "1", "x", "true", "vero", "accessibile", "totale"}:
        return True
    if said in {"no", "n", "0", "false", "falso", "non accessibile"}:
        return False
    r.aside("step_free", said, "Non capiamo se si entra senza gradini.", "Scrivi sì o no.")
    return None


def _phones(r: Reading) -> None:
    for told in dicts(r.card.get("phones")):
        said = line(told.get("number"))
        numbers = _numbers(said)
        if not numbers and said:
            r.aside("phone", said, f"«{said[:30]}» non è un numero di telefono.", "Se è in forma 3,9E+09, scrivilo come testo.")
        rest = {"type": line(told.get("type")), "description": line(told.get("description"))}
        ids = [known_id(told.get("id", "")), *[None] * len(numbers)]
        r.ready.phones += [{"uuid": known, "number": n, **rest} for known, n in zip(ids, numbers, strict=False)]


def _numbers(said: str) -> list[str]:
    """Return each number of a cell: «02 5550 100 / 333 5550 101» is two, «02/5550100» is one."""
    if len(said) > _LONGEST_PHONES or re.search(r"\d[.,]?\d*[eE]\+?\d", said):
        return []
    found = []
    for part in re.split(r"\s+[/\-–]\s+|;|,| o | oppure | e |\n", said):
        digits = len(re.sub(r"\D", "", part))
        match = PHONE.search(part)
        if match and LEAST_FIGURES <= digits <= 15:  # noqa: PLR2004 -- E.164
            found.append(" ".join(match.group().split()))
        elif re.search(r"\d", part):
            return []
    return found


def _schedules(r: Reading) -> None:
    r.ready.schedules = [s for s in (_schedule(r, told) for told in dicts(r.card.get("schedules"))) if s]


def _schedule(r: Reading, told: dict[str, Any]) -> dict[str, Any] | None:
    """Return a line of hours; None, with a note, for one that does not hold together or says nothing."""
    since, until, words = day(line(told.get("valid_from"))), day(line(told.get("valid_to"))), clean(told.get("description"))
    opens, closes, freq = _hour(told.get("opens_at")), _hour(told.get("closes_at")), line(told.get("freq")).upper()
    exception = since is not None and _is_exception(told, since, until)
    if not _holds(opens, closes, freq):
        r.aside("orari", " ".join(line(v) for v in told.values()), "L'orario non torna.", "Scrivilo così: lun-ven 9:00-13:00.")
        return None
    if not (words or freq or exception):
        return None
    if not (freq or exception):
        r.row.notes.append(Reason("orari", "L'orario resta scritto com'è.", "Per «aperto ora» scrivilo così: lun-ven 9:00-13:00."))
    every = {"freq": freq, "valid_to": until, "description": words}
    once = {"freq": "", "valid_to": since, "description": words.removeprefix("Chiuso")}
    return (
        _parts(told)
        | {"exception": exception, "valid_from": since, "opens_at": opens, "closes_at": closes}
        | (once if exception else every)
    )


def _is_exception(told: dict[str, Any], since: date, until: date | None) -> bool:
    return EXCEPTION in line(told.get("notes")).split("; ") or (since == until and not told.get("freq"))


def _holds(opens: time | None, closes: time | None, freq: str) -> bool:
    if freq and freq not in FREQUENCIES:
        return False
    return hours.may_be(opens, closes) if opens and closes else opens is closes


def _parts(told: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of an RRULE that hold: days, days of the month, every how many."""
    days = [part for part in re.split(r"[,\s]+", line(told.get("byday")).upper()) if _BYDAY.fullmatch(part)]
    dates = [part for part in re.split(r"[,\s]+", line(told.get("bymonthday"))) if re.fullmatch(r"[1-9]|[12]\d|3[01]", part)]
    every = whole(told.get("interval")) or 1
    return {
        "uuid": known_id(told.get("id", "")), "byday": ",".join(days), "bymonthday": ",".join(dates),
        "interval": every if every <= _MOST_WEEKS else 1,
    }  # fmt: skip


def _hour(said: object) -> time | None:
    found = re.match(r"(\d{1,2})[:.](\d{2})", line(said))
    if not found or int(found.group(1)) > 23 or int(found.group(2)) > 59:  # noqa: PLR2004 -- a clock's
        return None
    return time(int(found.group(1)), int(found.group(2)))


def _languages(r: Reading) -> None:
    for told in dicts(r.card.get("languages")):
        code = line(told.get("code"))
        for name in [line(told.get("name"))] if code else re.split(r"[,;/]| e ", line(told.get("name"))):
            if name.strip() or code:
                known = code or _LANGUAGES.get(bare(name), "")
                r.ready.languages.append(
                    {
                        "uuid": known_id(told.get("id", "")) if code else None,
                        "code": known,
                        "name": name.strip(),
                        "note": clean(told.get("note")),
                    }
                )


def _more(r: Reading) -> None:
    for told in dicts(r.card.get("service_areas")):
        name = line(told.get("name")) or line(told.get("extent"))
        if name:
            r.ready.areas.append(
                {"uuid": known_id(told.get("id", "")), "name": name, "description": clean(told.get("description"))}
            )
    for told in dicts(r.card.get("cost_options")):
        amount = line(told.get("amount")).replace(",", ".")
        cents = round(float(amount) * 100) if re.fullmatch(r"\d{1,7}(?:\.\d{1,4})?", amount) else None
        if amount and cents is None:
            r.aside("cost_options", amount, "Il costo non è un numero.", "Scrivilo così: 15,50.")
        r.ready.costs.append(
            {
                "uuid": known_id(told.get("id", "")), "option": line(told.get("option")), "amount_cents": cents,
                "amount_description": clean(told.get("amount_description")), "valid_from": day(line(told.get("valid_from"))),
                "valid_to": day(line(told.get("valid_to"))),
            }
        )  # fmt: skip


def _capacity(r: Reading) -> None:
    for told in dicts(r.card.get("capacities"))[:1]:
        state, left = line(told.get("description")), whole(told.get("available"))
        if state in CAPACITIES or left is not None:
            state = state if state in CAPACITIES else ("capacity" if left else "no-capacity")
            r.ready.capacity = {
                "uuid": known_id(told.get("id", "")), "state": state, "available": left or 0, "maximum": whole(told.get("maximum")),
                "updated": parse_moment(line(told.get("updated"))),
            }  # fmt: skip
    if said := r.text("capacity_words"):
        _capacity_in_words(r, said)


def _capacity_in_words(r: Reading, said: str) -> None:
    plain, number = bare(said), re.search(r"\d{1,4}", said)
    left = int(number.group()) if number else 0
    if any(word in plain for word in _WAIT):
        state, left = "waitlist", 0
    elif plain in _FULL or any(plain.startswith(word) for word in _FULL if len(word) > 2):  # noqa: PLR2004 -- «no» begins many words
        state, left = "no-capacity", 0
    elif left or any(plain.startswith(word) for word in _ROOM):
        state = "capacity"
    else:
        r.aside("posti", said, "Non capiamo se ci sono posti.", "Scrivi un numero, «pieno» o «lista d'attesa».")
        return
    r.ready.capacity = {"uuid": None, "state": state, "available": left, "maximum": None, "updated": None}


EVERY = (_places, _phones, _schedules, _languages, _more, _capacity)
