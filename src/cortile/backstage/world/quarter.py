"""San Siro in depth and a corner of the Lodigiano, written as the landlord's lists and taken in by the import."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from cortile.accounts import registry
from cortile.backstage.world import standings
from cortile.backstage.world.bodies import Bodies
from cortile.backstage.world.invented import Invented, Origins, landline, phone
from cortile.backstage.world.plan import Plan
from cortile.kit import clock
from cortile.people import access as people_access
from cortile.people import actions as people

MILANO, LODI = "aler-milano", "aler-pavia-lodi"
STAIRS = "ABCD"
ADULT, OLD, OLDEST = 18, 70, 93
LIVED_IN = 0.95
LARGEST = 6
ARREARS_SHARE = 0.18
GIANNI_OWES = "640,00"


@dataclass(frozen=True, slots=True)
class Corner:
    """A part of a body's homes: how many, and where. Streets are invented; nobody finds them in the city."""

    body: str
    prefix: str
    dwellings: int
    people: int
    # Area, municipality, street, number, lift, stairs.
    buildings: tuple[tuple[str, str, str, str, str, str], ...]
    # Rows the import cannot take: what an office does with one is half of the import page.
    refused: tuple[tuple[str, ...], ...] = ()


SAN_SIRO = Corner(MILANO, "MI", 412, 984, (
    ("San Siro", "Milano", "Via dei Tigli", "12", "sì", STAIRS), ("San Siro", "Milano", "Via dei Tigli", "14", "sì", STAIRS),
    ("San Siro", "Milano", "Via delle Rondini", "3", "no", STAIRS), ("San Siro", "Milano", "Via delle Rondini", "7", "sì", STAIRS),
    ("San Siro", "Milano", "Via del Gelso", "21", "no", STAIRS), ("San Siro", "Milano", "Piazza dell'Aquilone", "2", "sì", STAIRS),
))  # fmt: skip
LODIGIANO = Corner(LODI, "LO", 36, 84, (
    ("Sant'Angelo Lodigiano", "Sant'Angelo Lodigiano", "Via dei Pioppi", "5", "sì", "A"),
    ("Codogno", "Codogno", "Via dell'Acacia", "9", "no", "A"),
    ("Casalpusterlengo", "Casalpusterlengo", "Via del Sambuco", "7", "no", "A"),
), (("P99999", "Uggeri", "Carlo", "12/03/1890", "", "N99999", "", "it", "", ""),))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Persona:
    """A tenant of the story (product §2): who they are, where, and how many live there."""

    key: str
    who: Invented
    building: int
    stair: str
    household: int
    number: str


def personas(today: date) -> list[Persona]:
    """Return the tenants of the story, of the age the story gives them."""
    return [
        Persona("adele", Invented("Adele", "Brambilla", True, _aged(today, 78), "it"), 0, "B", 1, landline(1078)),
        Persona("samira", Invented("Samira", "Haddad", True, _aged(today, 34), "ar"), 0, "A", 4, phone(1034)),
        Persona("gianni", Invented("Gianni", "Sala", False, _aged(today, 52), "it"), 2, "C", 1, phone(1052)),
    ]


def _aged(today: date, years: int) -> date:
    passed = (today.month, today.day) >= (1, 17)
    return date(today.year - years - (not passed), 1, 17)


class Quarter:
    """Who lives where. ``adults`` are those a contact or a request can be of, by body."""

    def __init__(self, plan: Plan, bodies: Bodies) -> None:
        self.plan, self.bodies = plan, bodies
        self.personas = {p.key: p for p in personas(plan.today)}
        with clock.frozen(clock.at(plan.beginning, time(8, 30))):
            for persona in self.personas.values():
                self._register(persona)
            for corner in (SAN_SIRO, LODIGIANO):
                lists = Lists(plan, corner, list(self.personas.values()) if corner is SAN_SIRO else [])
                report = registry.run(bodies.bodies[corner.body], lists.files(), by=bodies.job(corner.body))
                if report.rejected != len(corner.refused):
                    raise ValueError(report.rejects)
        grown = date(plan.today.year - ADULT, 1, 1)
        self.adults = {
            body: list(
                people_access.visible_to(bodies.job(body)).filter(birth_date__lt=grown)
                .select_related("home_stair__building", "agency").order_by("code")
            )
            for body in (MILANO, LODI)
        }  # fmt: skip
        self.by_key = {p.demo_persona: p for p in self.adults[MILANO] if p.demo_persona}

    def _register(self, persona: Persona) -> None:
        """Register a tenant of the story by hand; the list then adopts the row by its code."""
        who = persona.who
        people.register(
            self.bodies.bodies[MILANO], by=self.bodies.job(MILANO), code=persona.key.upper(), given_name=who.given_name,
            family_name=who.family_name, birth_date=who.born, phone=persona.number, language=who.language,
            fiscal_code=who.fiscal_code, demo_persona=persona.key, needs_interpreter=who.language == "ar",
        )  # fmt: skip


class Lists:
    """The lists of a corner, as the landlord would send them."""

    def __init__(self, plan: Plan, corner: Corner, story: list[Persona]) -> None:
        self.plan, self.corner, self.chance = plan, corner, plan.chance
        self.origins = Origins(plan.chance, plan.today)
        self.calls = 2000 if corner is SAN_SIRO else 6000
        self.rows: dict[str, list[tuple[object, ...]]] = {
            "edifici": [("codice", "quartiere", "comune", "via", "civico", "ascensore")],
            "alloggi": [("codice", "edificio", "scala", "piano", "interno", "superficie")],
            "persone": [("codice", "cognome", "nome", "data_nascita", "codice_fiscale", "nucleo", "parentela", "lingua",
                         "cellulare", "telefono")],
            "contratti": [("codice", "alloggio", "intestatario", "nucleo", "inizio")],
            "conti": [("codice", "contratto", "saldo", "canone", "data", "debito_dal")],
        }  # fmt: skip
        stairs = [(n, s) for n, building in enumerate(corner.buildings) for s in building[5]]
        # Homes are dealt out stair by stair: the smallest world still reaches the stair of everybody in the story.
        least = max((stairs.index((p.building, p.stair)) + 1 for p in story), default=0)
        self._buildings()
        self._settle(story, list(self._homes(stairs, max(least, plan.many(corner.dwellings)))))
        self.rows["persone"] += corner.refused
        self.rows |= standings.lists(plan.seed, self.rows["contratti"][1:], plan.today)

    def files(self) -> list[tuple[str, bytes]]:
        """Return the lists as files, as an office exports them."""
        return [(f"{name}.csv", _written(rows)) for name, rows in self.rows.items()]

    def _buildings(self) -> None:
        for n, (area, town, street, number, lift, _) in enumerate(self.corner.buildings):
            self.rows["edifici"].append((self._building(n), area, town, street, number, lift))

    def _building(self, n: int) -> str:
        return f"{self.corner.prefix}{n + 1:03d}"

    def _homes(self, stairs: list[tuple[int, str]], many: int) -> Iterator[tuple[int, str, str]]:
        """Yield the dwellings stair by stair, as evenly as the count allows: building, stair, code."""
        for k in range(many):
            n, stair = stairs[k % len(stairs)]
            door = k // len(stairs) + 1
            code = f"{self._building(n)}-{stair}{door:02d}"
            floor = str(4 if (n, stair, door) == (0, "B", 1) else (door - 1) // 3)
            metres = self.chance.choice((38, 46, 52, 58, 67, 74))
            self.rows["alloggi"].append((code, self._building(n), stair, floor, door, metres))
            yield n, stair, code

    def _settle(self, story: list[Persona], homes: list[tuple[int, str, str]]) -> None:
        """Give each lived-in dwelling a household, until everybody has a home."""
        waiting = {(p.building, p.stair): p for p in story}
        ours = [(code, waiting.pop((n, stair), None)) for n, stair, code in homes]
        plain = [code for code, persona in ours if persona is None]
        plain = plain[: max(1, round(len(plain) * LIVED_IN))]
        told = [(code, persona) for code, persona in ours if persona is not None]
        left = self.plan.many(self.corner.people) - sum(p.household for _, p in told)
        for number, (code, persona) in enumerate(told, 1):
            self._told(number, code, persona)
        for number, (code, size) in enumerate(zip(plain, self._sizes(len(plain), left), strict=True), len(told) + 1):
            self._household(number, code, size)

    def _sizes(self, households: int, people: int) -> list[int]:
        sizes = [1] * households
        for _ in range(max(0, people - households)):
            k = self.chance.randrange(households)
            while sizes[k] >= LARGEST:
                k = (k + 1) % households
            sizes[k] += 1
        return sizes

    def _told(self, number: int, code: str, persona: Persona) -> None:
        household, who = f"N{number:05d}", persona.who
        self._person(persona.key.upper(), who, household, "intestataria" if who.woman else "intestatario", persona.number)
        origin = "nord_africa" if who.language == "ar" else "italia"
        for k in range(1, persona.household):
            child = self.origins.somebody(origin, oldest=11, youngest=3, family=who.family_name)
            self._person(f"{persona.key.upper()}{k}", child, household, "figlia" if child.woman else "figlio")
        owes = GIANNI_OWES if persona.key == "gianni" else "0,00"
        self._contract(number, code, persona.key.upper(), household, owes)

    def _household(self, number: int, code: str, size: int) -> None:
        household, origin = f"N{number:05d}", self.origins.one()
        alone = size == 1
        holder = self.origins.somebody(origin, oldest=OLDEST if alone else OLD, youngest=40 if alone else 27)
        self._person(f"P{number:05d}", holder, household, "intestataria" if holder.woman else "intestatario", self._call())
        shared = self.chance.random() < 0.15  # noqa: PLR2004 -- a phone in two, as product §2 has it
        for k in range(1, size):
            if k == 1:
                other = self.origins.somebody(origin, oldest=OLD, youngest=27, woman=not holder.woman)
                their_call = phone(self.calls - 1) if shared else self._call()
                self._person(f"P{number:05d}-1", other, household, "coniuge", their_call)
            else:
                child = self.origins.somebody(origin, oldest=24, youngest=3, family=holder.family_name)
                self._person(f"P{number:05d}-{k}", child, household, "figlia" if child.woman else "figlio")
        late = self.chance.random() < ARREARS_SHARE
        self._contract(number, code, f"P{number:05d}", household, f"{self.chance.randint(60, 2400)},50" if late else "0,00")

    def _call(self) -> str:
        self.calls += 1
        return phone(self.calls - 1)

    def _person(self, code: str, who: Invented, household: str, kinship: str, number: str = "") -> None:
        mobile, fixed = (number, "") if number.startswith("3") else ("", number)
        self.rows["persone"].append(
            (code, who.family_name, who.given_name, f"{who.born:%d/%m/%Y}", who.fiscal_code, household, kinship, who.language,
             mobile, fixed)
        )  # fmt: skip

    def _contract(self, number: int, dwelling: str, holder: str, household: str, owes: str) -> None:
        contract = f"{self.corner.prefix}C{number:05d}"
        start = self.plan.beginning - timedelta(days=self.chance.randint(200, 9000))
        self.rows["contratti"].append((contract, dwelling, holder, household, f"{start:%d/%m/%Y}"))
        rent = f"{self.chance.randint(95, 340)},00"
        # Behind since the first of a month, two to eight of them ago.
        since = (self.plan.today.replace(day=1) - timedelta(days=30 * (2 + number % 7))).replace(day=1) if owes != "0,00" else None
        told = f"{since:%d/%m/%Y}" if since else ""
        self.rows["conti"].append((f"{contract}-A", contract, owes, rent, f"{self.plan.today:%d/%m/%Y}", told))


def _written(rows: list[tuple[object, ...]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode("utf-8")
