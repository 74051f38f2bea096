"""A sheet of services as offices keep them, and everything that goes wrong with one: seeded, and ignorant of the importer."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

HEADER = [
    "Ente",
    "Nome servizio",
    "Indirizzo",
    "CAP",
    "Comune",
    "Telefono",
    "E-mail",
    "Sito web",
    "Orari",
    "Costo",
    "Posti",
    "Aggiornato il",
    "P.IVA",
]
ENTE, NAME, STREET, CAP, TOWN, PHONE, MAIL, SITE, HOURS, COST, PLACES, DAY, VAT = range(13)
WHAT = [
    "Doposcuola",
    "Emporio",
    "Ambulatorio",
    "Ascolto",
    "Mensa",
    "Guardaroba",
    "Corso di italiano",
    "Sportello",
    "Biblioteca",
    "Ciclofficina",
]
WHOM = ["Tigli", "Betulle", "Aceri", "Olmi", "Salici", "Pioppi", "Frassini", "Ginestre", "Robinie", "Magnolie", "Larici", "Noci"]
STORED, EXPLAINED, EITHER = "stored", "explained", "either"


@dataclass(frozen=True, slots=True)
class Told:
    """What the generator knows of a row: where it stands, what was done to it, how it may end, the name it must have."""

    line: int
    kind: str
    end: str
    name: str


def vat(number: int) -> str:
    """Return a partita IVA with its check figure (Luhn, as the tax office computes it)."""
    digits = [int(c) for c in f"{number:010d}"]
    total = sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits))
    return f"{number:010d}{-total % 10}"


def good(n: int, dice: random.Random) -> list[str]:
    """Return a row with nothing wrong: each has its own name, street, telephone and number."""
    name = f"{dice.choice(WHAT)} {dice.choice(WHOM)} {n}"
    return [
        f"Cooperativa {dice.choice(WHOM)} {n}", name, f"Via dei {dice.choice(WHOM)} {n}", f"20{dice.randint(100, 199)}", "Milano",
        f"02 {5_000_000 + n}", f"servizio{n}@example.invalid", f"https://www.servizio{n}.example.invalid", "lun-ven 9:00-12:30",
        "gratis", str(dice.randint(0, 30)), f"{dice.randint(1, 28):02}/0{dice.randint(1, 2)}/2026", vat(n * 1000 + 15),
    ]  # fmt: skip


Damage = Callable[[list[str], random.Random], list[str]]


def _put(place: int, make: Callable[[str, random.Random], str]) -> Damage:
    def damage(row: list[str], dice: random.Random) -> list[str]:
        return [make(cell, dice) if n == place else cell for n, cell in enumerate(row)]

    return damage


KINDS: dict[str, tuple[str, Damage]] = {
    "untouched": (STORED, lambda row, _d: row),
    "shifted right": (EXPLAINED, lambda row, _d: ["", *row[:-1]]),
    "shifted left": (EXPLAINED, lambda row, _d: [*row[1:], ""]),
    "iso date": (STORED, _put(DAY, lambda _c, _d: "2026-02-14")),
    "short date": (STORED, _put(DAY, lambda _c, _d: "14.2.26")),
    "date as a number": (STORED, _put(DAY, lambda _c, _d: "46067")),
    "date that is none": (STORED, _put(DAY, lambda _c, _d: "31/02/2026")),
    "date to come": (STORED, _put(DAY, lambda _c, _d: "01/01/2031")),
    "web page in a cell": (STORED, _put(NAME, lambda c, _d: f"<p><b>{c}</b>&nbsp;</p>")),
    "script in a cell": (STORED, _put(STREET, lambda c, _d: f"{c}<script>alert(1)</script>")),
    "broken letters": (STORED, _put(TOWN, lambda _c, _d: "CittÃ\xa0 di Milano")),
    "invisible marks": (STORED, _put(NAME, lambda c, _d: f"\u200b {c}\u00a0 \ufeff")),
    "formula gone wrong": (STORED, _put(SITE, lambda _c, d: d.choice(["#REF!", "#N/D", "#VALORE!"]))),
    "formula to run": (STORED, _put(COST, lambda _c, _d: '=HYPERLINK("http://x.invalid";"gratis")')),
    "telephone as a number": (STORED, _put(PHONE, lambda _c, _d: "3,92E+09")),
    "telephone in letters": (STORED, _put(PHONE, lambda _c, _d: "chiedere a Lina")),
    "two telephones": (STORED, _put(PHONE, lambda c, _d: f"{c} / 333 {c[-7:]}")),
    "mail without at": (STORED, _put(MAIL, lambda c, _d: c.replace("@", " chiocciola "))),
    "site without http": (STORED, _put(SITE, lambda c, _d: c.removeprefix("https://"))),
    "postcode as a number": (STORED, _put(CAP, lambda c, _d: f"{c}.0")),
    "hours in words": (STORED, _put(HOURS, lambda _c, d: d.choice(["su appuntamento", "quando c'è Lina", "lun 25-30"]))),
    "full in words": (STORED, _put(PLACES, lambda _c, d: d.choice(["pieno", "lista d'attesa", "boh"]))),
    "wrong tax number": (STORED, _put(VAT, lambda c, _d: c[:-1] + str((int(c[-1]) + 1) % 10))),
    "tax number without zeros": (STORED, _put(VAT, lambda c, _d: c.lstrip("0"))),
    "capitals": (STORED, _put(STREET, lambda c, _d: c.upper())),
    "no name": (EXPLAINED, _put(NAME, lambda _c, d: d.choice(["", "n.d.", "-", "  "]))),
    "name of figures": (EXPLAINED, _put(NAME, lambda _c, _d: "12345")),
    "cell without end": (EXPLAINED, _put(NAME, lambda c, _d: c + " bla" * 90)),
    "cut short": (EXPLAINED, lambda row, d: row[: d.randint(2, 9)]),
    "one cell too many": (EXPLAINED, lambda row, _d: [*row[:3], "scala B", *row[3:]]),
    "header again": (EXPLAINED, lambda _row, _d: HEADER),
    "total": (EXPLAINED, lambda row, _d: ["TOTALE", "1234", *[""] * (len(row) - 2)]),
    "quotation left open": (STORED, _put(STREET, lambda c, _d: f'"{c}')),
    "many lines in a cell": (STORED, _put(HOURS, lambda _c, _d: '"lun-ven 9:00-12:30\nsab 9-11"')),
}
# Made from a row that came before.
TWINS = ("exact twin", "twin in capitals", "twin on one telephone", "twin with one tax number")


def sheet(seed: int, rows: int) -> tuple[bytes, list[Told]]:
    """Return a file of so many rows, most of them damaged in one of the kinds, and what is known of each."""
    dice = random.Random(seed)  # noqa: S311 -- the dice of a test
    lines, line = [";".join(HEADER)], 2
    told: list[Told] = []
    past: list[list[str]] = []
    kinds = [*KINDS, *TWINS]
    for n in range(1, rows + 1):
        kind = kinds[(n - 1) % len(kinds)]
        row, end = good(n, dice), EXPLAINED
        if kind in TWINS:
            row = _twin(kind, dice.choice(past), row)
        else:
            name = row[NAME]
            end, damage = KINDS[kind]
            row = damage(row, dice)
            if kind == "untouched":
                past.append(row)
            row = [f'"{c.replace(chr(34), chr(34) * 2)}"' if ";" in c else c for c in row]
            told.append(Told(line, kind, end, name))
        if kind in TWINS:
            told.append(Told(line, kind, end, ""))
        text = ";".join(row)
        lines.append(text)
        line += text.count("\n") + 1
    return "\r\n".join(lines).encode("utf-8"), told


def _twin(kind: str, old: list[str], row: list[str]) -> list[str]:
    if kind == "exact twin":
        return list(old)
    keep = {"twin in capitals": [], "twin on one telephone": [PHONE], "twin with one tax number": [VAT]}[kind]
    if not keep:
        return [f" {c.upper()} " if n in {NAME, STREET} else c for n, c in enumerate(old)]
    return [old[NAME] if n == NAME else (old[n] if n in keep else c) for n, c in enumerate(row)]
