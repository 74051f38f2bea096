"""What an outcome says to who applied: cause, sum, what to do, by when, with whom (I6). Pure, made of the rule that decided.

The sentences are Italian, like the call they come from; the catalogue of messages holds what stands around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from cortile.benefits.judging import Judged
from cortile.benefits.rules import sentences
from cortile.benefits.rules.deciding import Reason, State, leading
from cortile.benefits.rules.nodes import Compare, Fact, Rule, inputs_of
from cortile.benefits.terms import Terms

# Where a no leads: another programme, or something that mends it.
OTHER_HELP = {
    "solidarity": "il contributo di solidarietà della Regione", "energy": "il contributo energetico",
    "energy_in_city": "il contributo energetico del Comune",
}  # fmt: skip
OTHER_WAYS = {
    "instalment_plan": "Puoi anche chiedere di pagare l'affitto a rate.",
    "current_isee": "L'ISEE corrente si chiede in un CAF, ed è gratis.",
}
# L. 241/1990, as a decision must name it (art. 3 c. 4): where to appeal is the body's own, and it says so in the call.
APPEAL_UNKNOWN = "A chi fare ricorso, e in quanti giorni: da confermare con l'ente."

Values = dict[str, object]


def notice(judged: Judged, *, until: date, days: int, grounds: str = "") -> Values:
    """Return what a notice before a no says: why, by how much, what mends it, and until when it can be answered."""
    return _no(judged, grounds) | {"last_day": until, "days": days}


def refused(judged: Judged, *, until: date, grounds: str = "") -> Values:
    """Return what a no says. ``until`` is the last day to ask for a new look."""
    return _no(judged, grounds) | {"last_day": until}


def granted(judged: Judged, terms: Terms, *, until: date, cents: int) -> Values:
    """Return what a yes says, whole or in part, or waiting for money: the sum, how it was worked out, how it arrives."""
    return {
        "sum": sentences.euros(cents), "award": sentences.euros(judged.award), "account": account(judged),
        "paid_how": whole(terms.texts["paid_how"]), "last_day": until,
    }  # fmt: skip


def corrected(judged: Judged, terms: Terms, *, until: date, before: int, cents: int, reason: str) -> Values:
    """Return what a sum worked out again says: before, now, and what becomes of the difference, in cents."""
    less = before - cents
    back = f"La differenza è di {sentences.euros(less)}: decidiamo insieme come sistemarla." if less > 0 else ""
    more = f"Ricevi altri {sentences.euros(-less)}. Non devi fare altro." if less < 0 else ""
    return granted(judged, terms, until=until, cents=cents) | {
        "before": sentences.euros(before), "cause": whole(reason), "difference": back or more or "Per te non cambia niente.",
    }  # fmt: skip


def revoked(*, until: date, cents: int, paid: int, reason: str) -> Values:
    """Return what a contribution taken back says, in cents: how much it was, and what becomes of what was paid already."""
    back = f"Hai già ricevuto {sentences.euros(paid)}: decidiamo insieme come renderli, anche un pezzo alla volta."
    return {
        "sum": sentences.euros(cents), "cause": whole(reason), "difference": back if paid else "Non devi rendere niente.",
        "last_day": until,
    }  # fmt: skip


def _no(judged: Judged, grounds: str) -> Values:
    wrong = [r for r in judged.decision.reasons if r.state in {State.FAILED, State.DOUBT}]
    return {
        "causes": causes(wrong, judged, grounds), "steps": "\n".join(dict.fromkeys(whole(r.requirement.cure) for r in wrong)),
        "way": " ".join(_ways(wrong)),
    }  # fmt: skip


def causes(wrong: Iterable[Reason], judged: Judged, grounds: str = "") -> str:
    """Say why: one reason or several, each with the rule, what was found, and by how much."""
    found = list(wrong)
    first = "Il motivo è uno solo." if len(found) == 1 else f"I motivi sono {len(found)}." if found else ""
    return "\n".join(part for part in (first, *(_cause(reason, judged) for reason in found), whole(grounds)) if part)


def _cause(reason: Reason, judged: Judged) -> str:
    label = sentences.label(reason.requirement, judged.rule, judged.figures)
    said = [f"La regola chiede questo: {lowered(label)}", f"Da noi risulta: {_found(reason, judged.rule)}."]
    if by := sentences.short_by(reason, judged.rule):
        said.append(f"La differenza è di {by}.")
    if reason.state == State.DOUBT:
        said.append("Su questo punto i testi non sono chiari, e ha deciso una persona.")
    return " ".join(said)


def _found(reason: Reason, rule: Rule) -> str:
    """Say what was found, by its name: «ISEE, 15.420 euro»."""
    told = leading(reason.requirement.test)
    value = sentences.value_of(reason, rule)
    name = told.left.name if isinstance(told, Compare) and isinstance(told.left, Fact) else getattr(told, "name", "")
    return f"{rule.input(name).label}, {value}" if name else value


def _ways(wrong: Iterable[Reason]) -> Iterable[str]:
    for name in dict.fromkeys(reason.requirement.next_programme for reason in wrong):
        if name in OTHER_HELP:
            yield f"Per te può esserci un altro aiuto: {OTHER_HELP[name]}."
        elif name in OTHER_WAYS:
            yield OTHER_WAYS[name]


def account(judged: Judged) -> str:
    """Say how the sum is worked out: each datum it comes from, then the sum itself."""
    names = [found for found in judged.rule.inputs if found.name in inputs_of(judged.rule.award)]
    known = [(found, judged.told[found.name].value) for found in names]
    data = " ".join(
        f"Il dato di partenza è {found.label}: {sentences.said(found.kind, value, unit=found.unit, options=found.options)}."
        for found, value in known if value is not None
    )  # fmt: skip
    return f"{data} Il contributo è {sentences.award_said(judged.rule, judged.figures)}."


def legal(rule: Rule, terms: Terms, keys: Mapping[str, object]) -> list[str]:
    """Return the part of law, folded under the rest: where each requirement is written, the terms, where to appeal."""
    cited = dict.fromkeys(found.citation for found in rule.requirements if found.key in keys)
    return [
        *cited, f"Termine per decidere: {terms.procedure_days} giorni dall'arrivo (L. 241/1990, art. 2).",
        f"Nuovo esame: entro {terms.review_days} giorni dalla decisione.", terms.texts.get("appeal", "") or APPEAL_UNKNOWN,
    ]  # fmt: skip


def whole(text: str) -> str:
    """Return words with a full stop at their end, so that what follows is another sentence."""
    bare = text.strip()
    return bare if not bare or bare[-1] in ".!?" else f"{bare}."


def lowered(text: str) -> str:
    """Return a sentence that goes on after a colon: «L'ISEE non supera…» becomes «l'ISEE non supera…»."""
    return text[:1].lower() + text[1:]
