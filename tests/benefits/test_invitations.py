"""Who could have a contribution and has not asked: a name for whoever calls, never a figure, and never twice a no."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from cortile.benefits import actions as benefits
from cortile.benefits import reads, trying
from cortile.benefits.models import CallVersion, Invitation
from cortile.kit import clock
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import NotVisible, Refused
from cortile.people import actions as people
from cortile.people.models import Person
from tests import cast
from tests.accounts import facts
from tests.benefits import money, notices

WHY = "Avviso energia: chi non l'ha chiesto"


@pytest.fixture(autouse=True)
def april() -> Iterator[None]:
    """Stand in April 2026: the call is open."""
    with clock.frozen(datetime(2026, 4, 1, 9, tzinfo=UTC)):
        yield


def entitled(*who: str) -> None:
    """Write what makes somebody look entitled: band, ISEE, heating to pay."""
    for key in who:
        facts.band_of(key)
        facts.isee_of(key)
        facts.charge_of(key)


def looked(version: CallVersion | None = None, *, who: str = "federica", purpose: str = WHY) -> benefits.Looked:
    """Run the search of a call."""
    return benefits.look_for_unclaimed((version or notices.published()).call_id, by=cast.at_desk(who), purpose=purpose)


def invited() -> set[str]:
    """Return who was written down."""
    return set(Invitation.objects.values_list("person__given_name", flat=True))


def test_who_looks_entitled_and_did_not_apply_is_written_down() -> None:
    entitled("adele", "samira")
    facts.band_of("gianni", area="decadenza")
    assert (looked().made, invited()) == (2, {"Adele", "Samira"})


def test_who_applied_is_not() -> None:
    entitled("adele", "samira")
    version = notices.published()
    money.applied(version, "adele")
    looked(version)
    assert invited() == {"Samira"}


def test_a_second_search_writes_nobody_twice() -> None:
    entitled("adele")
    version = notices.published()
    assert (looked(version).made, looked(version).made) == (1, 0)


def test_who_wants_no_invitation_is_left_out_and_is_in_again_when_she_says_so() -> None:
    entitled("adele")
    version, adele = notices.published(), cast.person("adele")
    benefits.do_not_invite(adele, by=cast.herself("adele"))
    first = looked(version)
    benefits.may_invite(adele, by=cast.herself("adele"))
    assert (first, looked(version).made) == (benefits.Looked(0, 1), 1)


def test_saying_so_takes_away_what_was_waiting() -> None:
    entitled("adele")
    looked()
    benefits.do_not_invite(cast.person("adele"), by=cast.at_desk("marta"))
    assert invited() == set()


def test_nobody_far_from_her_says_it_for_her() -> None:
    for act in (benefits.do_not_invite, benefits.may_invite):
        with pytest.raises(NotVisible):
            act(cast.person("adele"), by=cast.at_desk("sara"))


def test_a_search_needs_a_reason_and_keeps_it() -> None:
    entitled("adele")
    with pytest.raises(Refused) as found:
        looked(purpose="  ")
    assert found.value.code == "purpose-missing"
    looked()
    event = AuditEvent.objects.get(what="invitation.made")
    assert (event.reason, event.purpose) == (WHY, "non_take_up")


@pytest.mark.parametrize("who", ["marta", "paola", "silvia", "salvatore", "nadia", "roberto"])
def test_nobody_else_runs_one(who: str) -> None:
    with pytest.raises(Refused) as found:
        looked(who=who)
    assert found.value.code == "not-allowed"


def test_a_call_that_is_not_open_has_nobody_to_invite() -> None:
    with pytest.raises(Refused) as found:
        looked(notices.published(closes_at="2026-03-20T10:00:00+00:00"))
    assert found.value.code == "call-not-in-force"


def test_another_body_s_call_is_not_there() -> None:
    with pytest.raises(NotVisible):
        benefits.look_for_unclaimed(10**6, by=cast.at_desk("federica"), purpose=WHY)


def test_applying_closes_the_invitation() -> None:
    entitled("adele")
    version = notices.published()
    looked(version)
    money.applied(version, "adele")
    assert (Invitation.objects.get().state, reads.to_call(by=cast.at_desk("marta"))) == ("applied", [])


def test_her_area_s_manager_reads_a_name_and_a_number_and_nothing_else() -> None:
    entitled("adele")
    looked()
    (line,) = reads.to_call(by=cast.at_desk("marta"))
    assert line[1:] == ("Adele Brambilla", "02 5550 100", "to_invite", "da invitare", "Contributo energetico")


def test_only_in_person_leaves_no_number() -> None:
    entitled("adele")
    looked()
    people.choose_in_person(cast.person("adele"), by=cast.at_desk("marta"), only_in_person=True)
    assert [line.phone for line in reads.to_call(by=cast.at_desk("marta"))] == [""]


def test_who_moved_away_is_not_called() -> None:
    entitled("adele")
    looked()
    with_her = Person.objects.filter(code="adele")
    from cortile.kit import scopes  # noqa: PLC0415 -- a registry's own write, past the acts

    with scopes.opened(scopes.EVERYTHING):
        with_her.update(state="moved")
    assert reads.to_call(by=cast.at_desk("marta")) == []


@pytest.mark.parametrize(
    "who", ["bruno", "paola", "silvia", "salvatore", "federica", "nadia", "roberto", "sara", "lucia", "ornella"]
)
def test_and_nobody_else_reads_it(who: str) -> None:
    entitled("adele")
    looked()
    assert reads.to_call(by=cast.at_desk(who)) == []


@pytest.mark.parametrize("state", ["invited", "declined"])
def test_she_writes_what_came_of_it(state: str) -> None:
    entitled("adele")
    looked()
    assert benefits.mark_invitation(Invitation.objects.get().pk, by=cast.at_desk("marta"), state=state).state == state


def test_no_other_word_is_written() -> None:
    entitled("adele")
    looked()
    with pytest.raises(Refused) as found:
        benefits.mark_invitation(Invitation.objects.get().pk, by=cast.at_desk("marta"), state="applied")
    assert found.value.code == "not-in-this-state"


def test_nor_does_who_keeps_another_quarter() -> None:
    entitled("adele")
    looked()
    with pytest.raises(NotVisible):
        benefits.mark_invitation(Invitation.objects.get().pk, by=cast.at_desk("bruno"), state="invited")


def test_no_column_of_an_invitation_could_hold_a_figure() -> None:
    kept = {field.name for field in Invitation._meta.fields}
    assert kept == {"id", "agency", "call", "person", "state", "made_at", "marked_at", "marked_by_name"}


# --- a text tried on everybody ---


def text(**changed: object) -> trying.Text:
    """Return the published call's text, with terms changed."""
    return trying.text_of(notices.published(**changed))


def test_a_text_is_tried_on_the_contracts_of_the_body() -> None:
    entitled("adele")
    counts = trying.tried(text(), by=cast.at_desk("federica")).counts
    assert set(counts.values()) - {0} != set()


@pytest.mark.parametrize("who", ["marta", "paola", "silvia", "salvatore", "nadia", "roberto"])
def test_only_the_office_tries_one(who: str) -> None:
    with pytest.raises(NotVisible):
        trying.tried(text(), by=cast.at_desk(who))


def test_a_call_for_another_quarter_counts_nobody_here() -> None:
    entitled("adele")
    assert trying.tried(text(territory=["Corvetto"]), by=cast.at_desk("federica")).counts["people",] == 0


def test_a_try_says_what_the_office_was_doing() -> None:
    entitled("adele")
    trying.tried(text(), by=cast.at_desk("federica"))
    assert AuditEvent.objects.filter(what="standings.counted").latest("pk").purpose == "contributions"


def test_the_day_a_version_takes_effect_the_one_before_makes_room() -> None:
    first = notices.published()
    second = notices.published(takes_effect="2026-04-10T06:00:00+00:00")
    now = [v.pk for v in reads.open_now(cast.agency().pk)]
    with clock.frozen(datetime(2026, 4, 10, 7, tzinfo=UTC)):
        assert (now, [v.pk for v in reads.open_now(cast.agency().pk)]) == ([first.pk], [second.pk])
