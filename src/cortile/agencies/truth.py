"""The table of who may, in words a data-protection officer reads: pure, from the lines of ``policy`` and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cortile.agencies import policy
from cortile.agencies.policy import ADMIN, CM, CUSTODIAN, DESK, LEAD, NURSE, OFFICE, Rule
from cortile.agencies.words import ACTIONS, CAPABILITIES, FIELDS, LANES, PURPOSES, RELATIONS, WHAT, WHO
from cortile.kit.actor import Kind

FULL, PART, COUNTS, IN, NONE = "●", "◐", "Σ", "→", "○"
LEGEND = (
    "● tutto · ◐ solo quello che serve · Σ solo numeri, mai nomi · → porta dentro senza leggere · ○ niente · "
    "° non ancora: la stanza non c'è · ? da confermare"
)
PROTECTED = "La corsia protetta sta in un altro programma, con chiavi sue: qui nessuno può sapere se un caso esiste."

# The columns of product §3.5 first, then those its amendments add.
COLUMNS: dict[str, str] = {
    "custodian": "Custode", "community_manager": "CM", "lead": "Resp.", "desk": "Sport.", "nurse": "Inferm.", "partner": "Partner",
    "network_manager": "Soc.CM", "programme": "Contr.", "anti_violence": "Antiv.", "region": "Regione", "admin": "Ammin.",
    "office": "Ufficio", "link": "Link", "tenant": "Inquil.", "delegate": "Deleg.", "representative": "Rappr.",
    "machine": "Macch.", "public": "Pubbl.", "system": "Lavori",
}  # fmt: skip
MATTERS: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (words, frozenset(things.split()))
    for words, things in (
        ("Nome, scala, telefono, lingua", "person copy"),
        ("Guasti degli stabili", "fault"),
        ("Richieste e note", "thread referral consent copy"),
        ("Cose delicate", "delicate"),
        ("Contatti dell'ascolto", "contact"),
        ("Domande agli uffici", "hand_over"),
        ("Appuntamenti e richiamate", "appointment call_back"),
        ("Messaggi", "message"),
        ("SMS arrivati e non assegnati", "incoming_sms"),
        ("Avvisi agli stabili", "notice"),
        ("Prestazioni sanitarie fatte", "health_service"),
        ("Affitto e morosità", "account"),
        ("Requisiti per un contributo", "standing"),
        ("Pratica di contributo", "contribution flow"),
        ("Inviti a chiedere un contributo", "invitation"),
        ("Elenchi del proprietario", "registry"),
        ("Corsia protetta", ""),
    )
)
# Relations that reach a few cases only: half a circle, even where every field of those is shown.
NARROW = frozenset(
    {
        "broken glass", "handed over", "handed over rent", "opt-in visits", "own list", "delegate", "shared cases", "after consent",
        "sent to us", "duty", "envelope", "asked for help", "assisting", "sample", "on the phone",
    }
)  # fmt: skip
# What §3.5 does not say, and the body's officer has still to; and every line of a lead (``unsure``).
TO_CONFIRM = frozenset(
    {
        (ADMIN, "thread"),
        (ADMIN, "contact"),
        (CUSTODIAN, "contact"),
        (NURSE, "contact"),
        (Kind.TENANT, "fault"),
        (OFFICE, "person"),
        (CM, "incoming_sms"),
        (DESK, "incoming_sms"),
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: who may do what to what, when, why, and which fields they see."""

    who: str
    what: str
    lane: str
    relation: str
    purpose: str
    actions: str
    fields: str
    state: str
    to_confirm: bool


def version() -> str:
    """Return the name of this very table: another line, another name."""
    said = sorted(
        repr((r.thing, r.lane, sorted(r.holders), r.relation, r.action, sorted(r.fields), r.purpose)) for r in policy.TABLE
    )
    said += sorted(f"{name} {sorted(who)}" for name, who in policy.CAPABILITIES.items()) + sorted(map(str, policy.ANNOUNCED))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]


def lines_of(holder: str) -> list[Line]:
    """Return what somebody may, in the order of the table, the actions on the same rows together."""
    together: dict[tuple[object, ...], list[Rule]] = {}
    for rule in policy.TABLE:
        if holder in rule.holders:
            key = (rule.thing, rule.lane, rule.relation, rule.purpose, rule.fields)
            together.setdefault(key, []).append(rule)
    return [_line(holder, rules) for rules in together.values()]


def _line(holder: str, rules: list[Rule]) -> Line:
    rule = rules[0]
    return Line(
        WHO[holder], _said(WHAT, [rule.thing]), _said(LANES, [rule.lane]), _said(RELATIONS, [rule.relation]),
        _said(PURPOSES, [rule.purpose]), _said(ACTIONS, [r.action for r in rules]), _said(FIELDS, rule.fields),
        _state(rule), unsure(holder, rule.thing),
    )  # fmt: skip


def _said(words: dict[str, str], names: Iterable[str]) -> str:
    """Return names in words, in the order of the words; one that has none stands as it is, and a test asks for it."""
    given = list(names)
    return ", ".join([said for name, said in words.items() if name in given] + sorted(n for n in given if n not in words))


def _state(rule: Rule) -> str:
    if (rule.thing, rule.relation) in policy.ANNOUNCED:
        return "non ancora"
    return "solo numeri" if rule.relation in policy.COUNTED else "in vigore"


def unsure(holder: str, thing: str) -> bool:
    """Tell whether a line is ours and not yet the officer's: §3.5 has no column for a lead."""
    return holder == LEAD or (holder, thing) in TO_CONFIRM


def cell(holder: str, things: frozenset[str]) -> str:
    """Return a cell of the grid of product §3.5: the most somebody has of a matter, and whether it stands already."""
    rules = [r for r in policy.TABLE if holder in r.holders and r.thing in things]
    if not rules:
        return NONE
    best = min((FULL, PART, COUNTS, IN).index(_degree(r)) for r in rules)
    reached = [r for r in rules if (FULL, PART, COUNTS, IN).index(_degree(r)) == best]
    later = "°" if all((r.thing, r.relation) in policy.ANNOUNCED for r in reached) else ""
    return (FULL, PART, COUNTS, IN)[best] + later + ("?" if any(unsure(holder, r.thing) for r in reached) else "")


def _degree(rule: Rule) -> str:
    if rule.action in {"count", "import"}:
        return COUNTS if rule.action == "count" else IN
    few = rule.relation in NARROW or (rule.thing, rule.relation) == ("contact", "own entry")
    return PART if few or rule.fields != policy.ALL else FULL


def grid() -> list[tuple[str, list[str]]]:
    """Return the grid: each matter with a cell for every column."""
    return [(words, [cell(holder, things) for holder in COLUMNS]) for words, things in MATTERS]


def capabilities() -> list[tuple[str, str]]:
    """Return what is done without a row to look at, and who may."""
    return [
        (CAPABILITIES.get(name, name), ", ".join(WHO[who] for who in COLUMNS if who in holders))
        for name, holders in policy.CAPABILITIES.items()
    ]


def text() -> str:
    """Return the whole table as text: what ``tests/agencies/truth.txt`` holds, checked by hand."""
    return (
        "\n".join(
            [
                *_grid_lines(),
                "",
                *(said for holder in COLUMNS for said in section(holder)),
                "Atti senza una riga da guardare",
                *_act_lines(),
            ]
        )
        + "\n"
    )


def table() -> list[tuple[str, ...]]:
    """Return every line as the row of a sheet, its heading first."""
    heading = ("chi", "che cosa", "relazione", "corsia", "scopo", "può", "campi", "stato", "da confermare")
    rows: list[tuple[str, ...]] = [
        (f.who, f.what, f.relation, f.lane, f.purpose, f.actions, f.fields, f.state, "sì" if f.to_confirm else "")
        for holder in COLUMNS
        for f in lines_of(holder) or [Line(WHO[holder], "niente", "", "", "", "", "", "", to_confirm=False)]
    ]
    return [heading, *rows]


def _grid_lines() -> Iterator[str]:
    yield "In breve"
    yield LEGEND
    yield PROTECTED
    names, rows = list(COLUMNS.values()), grid()
    for first, last in ((0, 11), (11, len(names))):
        yield ""
        yield f"{'':32}" + "".join(f"{name:8}" for name in names[first:last]).rstrip()
        for words, cells in rows:
            yield f"{words:32}" + "".join(f"{said:8}" for said in cells[first:last]).rstrip()


def section(holder: str) -> list[str]:
    """Return what somebody may as the text says it: their name, then a line each."""
    name = WHO[holder]
    said = [f"  {_in_a_row(line)}" for line in lines_of(holder)]
    return [name.capitalize() if name.islower() else name, *(said or ["  niente"]), ""]


def _in_a_row(line: Line) -> str:
    state = "" if line.state == "in vigore" else f" · {line.state}"
    mark = " · da confermare" if line.to_confirm else ""
    where = f"{line.what} {line.relation} · corsia {line.lane} · {line.purpose}"
    return f"{where} · {line.actions} · campi: {line.fields}{state}{mark}"


def _act_lines() -> Iterator[str]:
    for act, who in capabilities():
        yield f"  {act}: {who}"
