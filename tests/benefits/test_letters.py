"""Every outcome says what, why, the sum, what to do, by when and with whom (I6), in words anybody reads (G1, G5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pytest

from cortile.benefits import catalogue, judging, letters, terms
from cortile.benefits.judging import Judged, Told
from cortile.benefits.rules.deciding import State
from cortile.kit import plain_language
from cortile.messages import rules as messages
from tests.benefits.notices import CONDITIONS
from tests.benefits.rules.households import GOOD

pytestmark = pytest.mark.pure
DAY, UNTIL = date(2026, 3, 11), date(2026, 4, 10)
TERMS = terms.read(CONDITIONS)
AROUND: dict[str, object] = {
    "number": 10427,
    "owner": "Mariagrazia",
    "phone": "02 5550 000",
    "date": date(2026, 3, 16),
    "position": 812,
    "reached": 760,
}
# What makes each requirement fail, by itself.
WRONG: dict[str, dict[str, dict[str, int]]] = {
    "energy": {
        "band": {"band": 2}, "isee_floor": {"isee": 7_800_00}, "isee_ceiling": {"isee": 15_420_00}, "due": {"due": 0},
        "no_solidarity": {"solidarity_granted": 1},
    },
    "energy_in_city": {
        "assigned": {"months_assigned": 4}, "band": {"band": 3}, "isee_floor": {"isee": 7_800_00},
        "isee_ceiling": {"isee": 15_000_01}, "due": {"due": 0}, "no_solidarity": {"solidarity_granted": 1},
        "rent": {"arrears": 640_00},
    },
    "solidarity": {
        "assigned": {"months_assigned": 20}, "band": {"band": 3}, "isee": {"isee": 12_000_00}, "no_cause": {"cause_of_loss": 1},
        "due": {"due": 0}, "no_energy": {"energy_granted": 1},
    },
    "solidarity_entry": {
        "entered": {"months_assigned": 40}, "isee": {"isee": 4_000_00}, "due": {"due": 0}, "no_energy": {"energy_granted": 1},
    },
}  # fmt: skip
PARTS = {
    "what": ("Non possiamo darti questo contributo.",), "why": ("Il motivo è uno solo.", "I motivi sono"),
    "the sum": ("Da noi risulta:",), "what to do": ("Che cosa puoi fare adesso.",), "by when": ("entro venerdì 10 aprile",),
    "with whom": ("Mariagrazia",), "how": ("02 5550 000",),
}  # fmt: skip
YES_PARTS = {
    "what": ("accolta", "Hai i requisiti", "Abbiamo rifatto"),
    "why": ("controlli", "Il motivo è", "soldi di questo avviso sono finiti"), "the sum": ("Il contributo è",),
    "what to do": ("Non devi", "Per te non cambia niente", "decidiamo insieme"), "by when": ("entro venerdì 10 aprile",),
    "with whom": ("Mariagrazia",), "how": ("02 5550 000",),
}  # fmt: skip


def judged(programme: str, **changed: int | None) -> Judged:
    """Judge the good household with something changed."""
    facts = GOOD[programme] | changed
    return judging.judge(catalogue.rule(programme), {name: Told(value, "carta") for name, value in facts.items()}, DAY)


def combined() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every set of requirements that can fail together, in each rule that comes with the house."""
    for programme, each in WRONG.items():
        for many in range(1, len(each) + 1):
            for keys in combinations(each, many):
                wrong = {name: value for key in keys for name, value in each[key].items()}
                if len(wrong) == sum(len(each[key]) for key in keys):
                    yield programme, keys


def failing(programme: str, keys: tuple[str, ...]) -> Judged:
    """Judge a household in which some requirements fail."""
    return judged(programme, **{name: value for key in keys for name, value in WRONG[programme][key].items()})


def said(key: str, values: dict[str, object]) -> str:
    """Return a letter as she reads it."""
    return messages.render(key, "it", **AROUND | values).body


def missing_from(text: str, parts: dict[str, tuple[str, ...]]) -> list[str]:
    """Return what an outcome leaves out."""
    return [part for part, words in parts.items() if not any(word in text for word in words)]


def no(programme: str, keys: tuple[str, ...]) -> str:
    """Return a no."""
    return said("application_refused", letters.refused(failing(programme, keys), until=UNTIL))


CASES = list(combined())


def test_the_table_makes_each_requirement_fail() -> None:
    for programme, each in WRONG.items():
        assert list(each) == [r.key for r in catalogue.rule(programme).requirements]
        for key in each:
            failed = [r.requirement.key for r in failing(programme, (key,)).decision.reasons if r.state == State.FAILED]
            assert failed == [key]


def test_every_no_says_what_why_how_much_what_to_do_by_when_and_with_whom() -> None:
    assert [(case, left) for case in CASES if (left := missing_from(no(*case), PARTS))] == []
    assert len(CASES) > 150


def test_every_no_is_read_by_anybody() -> None:
    wrong = {case: plain_language.problems(no(*case), gate=plain_language.SHORT_TEXT_GATE) for case in CASES}
    assert {case: found for case, found in wrong.items() if found} == {}


def test_every_notice_is_read_by_anybody_and_gives_its_days() -> None:
    for case in CASES:
        text = said("application_notice", letters.notice(failing(*case), until=UNTIL, days=10))
        assert (plain_language.problems(text, gate=plain_language.SHORT_TEXT_GATE), "10 giorni" in text) == ([], True)


def test_every_requirement_that_fails_is_told_with_its_cure() -> None:
    for programme, keys in CASES:
        text, rule = no(programme, keys), catalogue.rule(programme)
        assert [r.key for r in rule.requirements if r.key in keys and letters.whole(r.cure) not in text] == []


def test_a_cent_too_much_is_told_as_a_cent() -> None:
    assert "La differenza è di 1 centesimo." in no("energy_in_city", ("isee_ceiling",))


def test_who_has_too_little_is_led_to_the_other_help() -> None:
    assert "un altro aiuto: il contributo di solidarietà della Regione." in no("energy", ("isee_floor",))


YES = {
    "application_granted": letters.granted(judged("energy"), TERMS, until=UNTIL, cents=500_00),
    "application_partly": letters.granted(judged("energy_in_city"), TERMS, until=UNTIL, cents=320_00),
    "application_waiting": letters.granted(judged("solidarity"), TERMS, until=UNTIL, cents=0),
    "application_corrected": letters.corrected(
        judged("energy"), TERMS, until=UNTIL, before=412_50, cents=500_00, reason="La bolletta era più alta"
    ),
}  # fmt: skip


@pytest.mark.parametrize("key", YES)
def test_every_other_outcome_says_its_parts_too(key: str) -> None:
    assert missing_from(said(key, YES[key]), YES_PARTS) == []


@pytest.mark.parametrize("programme", catalogue.NAMES)
@pytest.mark.parametrize("key", YES)
def test_every_yes_is_read_by_anybody(key: str, programme: str) -> None:
    values = YES[key] | {"account": letters.account(judged(programme))}
    assert plain_language.problems(said(key, values), gate=plain_language.SHORT_TEXT_GATE) == []


@pytest.mark.parametrize(("paid", "part"), [(0, "Non devi rendere niente."), (412_50, "decidiamo insieme come renderli")])
def test_what_is_taken_back_says_what_becomes_of_what_was_paid(paid: int, part: str) -> None:
    values = letters.revoked(until=UNTIL, cents=412_50, paid=paid, reason="La casa non era più la tua")
    text = said("application_revoked", values)
    assert (part in text, missing_from(text, {k: PARTS[k] for k in ("by when", "with whom", "how")})) == (True, [])


@pytest.mark.parametrize("part", ["{causes}", "{steps}", "{last_day}", "{phone}", "{owner}"])
def test_a_no_that_leaves_a_part_out_is_noticed(part: str) -> None:
    whole = messages.entries("it")["application_refused"].sentences
    kept = [sentence for sentence in whole if part not in sentence]
    values = AROUND | letters.refused(failing("energy", ("due",)), until=UNTIL)
    left = " ".join(s.format_map({k: messages.say(v, "it") for k, v in values.items()}) for s in kept if s)
    assert len(kept) < len(whole)
    assert missing_from(left, PARTS) or "porta la bolletta" not in left


def test_a_decision_says_by_which_law_and_what_is_not_known_yet() -> None:
    cited = letters.legal(catalogue.rule("energy"), TERMS, {"band": 1})
    assert ("L.R. Lombardia 4/12/2009 n. 27, art. 31 c. 4" in cited, letters.APPEAL_UNKNOWN in cited) == (True, True)
