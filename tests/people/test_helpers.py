"""Who helps: a delegate she chose alone with us, a representative with a decree; both end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.people import actions
from cortile.people.access import tenant_actor
from cortile.people.models import Delegation, Person, Representative
from tests import cast, traces

TODAY = date(2026, 3, 11)


def delegate(by: Actor, **details: Any) -> Delegation:  # noqa: ANN401 -- the act's own arguments
    """Let Adele's daughter help with faults."""
    about: dict[str, Any] = {"name": "Lucia Brambilla", "talked_alone": True, "scopes": ["faults", "rent", "faults"]}
    return actions.name_delegate(cast.person("adele"), by=by, **(about | details))


def represent(by: Actor, **details: Any) -> Representative:  # noqa: ANN401 -- the act's own arguments
    """Record Adele's legal representative."""
    about: dict[str, Any] = {
        "name": "Avv. Neri", "kind": "amministratore_sostegno", "decree": "R.G. 12/2026", "scopes": ["rent"], "since": TODAY,
    }  # fmt: skip
    return actions.name_representative(cast.person("adele"), by=by, **(about | details))


def signed_in(kind: str, number: int) -> Actor | None:
    """Return who a session of theirs is."""
    return tenant_actor({"kind": kind, "id": number, "agency": cast.agency().pk})


def test_a_delegate_helps_for_twelve_months(marta: Actor) -> None:
    given = delegate(marta)
    assert (given.until, given.scopes, given.private_talk_by) == (date(2027, 3, 11), ["faults", "rent"], cast.staff("marta"))
    assert traces.event("delegation.given").fields == ["delegates"]


def test_a_delegate_leaves_their_own_name(marta: Actor, adele: Person) -> None:
    actor = signed_in("delegate", delegate(marta).pk)
    assert actor is not None
    assert (actor.name, actor.person_id, actor.scopes) == ("Lucia Brambilla", adele.pk, frozenset({"faults", "rent"}))


def test_after_a_year_nobody_comes_in(marta: Actor) -> None:
    given = delegate(marta)
    with clock.frozen(cast.NOW + timedelta(days=366)):
        assert signed_in("delegate", given.pk) is None


def test_she_must_be_heard_alone(marta: Actor, adele: Person) -> None:
    with pytest.raises(Refused, match="private-talk-missing"):
        actions.name_delegate(adele, by=marta, name="Lucia Brambilla", talked_alone=False, scopes=["faults"])


def test_she_names_nobody_on_a_phone(as_adele: Actor) -> None:
    with pytest.raises(Refused, match="private-talk-missing"):
        delegate(as_adele)


def test_a_delegate_has_a_name(marta: Actor) -> None:
    with pytest.raises(Refused, match="name-missing"):
        delegate(marta, name=" ")


@pytest.mark.parametrize("who", ["bruno", "sara", "silvia", "salvatore"])
def test_strangers_name_no_delegate(who: str) -> None:
    with pytest.raises(NotVisible):
        delegate(cast.at_desk(who))


def test_she_takes_it_back_and_it_ends_at_once(marta: Actor, as_adele: Actor) -> None:
    given = delegate(marta)
    actions.withdraw_delegation(given, by=as_adele)
    assert signed_in("delegate", given.pk) is None


def test_a_delegate_does_not_take_back_another(marta: Actor) -> None:
    given = delegate(marta)
    with pytest.raises(NotVisible):
        actions.withdraw_delegation(given, by=signed_in("delegate", given.pk))


def test_a_representative_acts_within_the_decree(marta: Actor, adele: Person) -> None:
    row = represent(marta)
    actor = signed_in("representative", row.pk)
    assert actor is not None
    assert (actor.person_id, actor.scopes, row.kind_label) == (adele.pk, frozenset({"rent"}), "Amministratore di sostegno")


def test_before_and_after_the_decree_nobody_comes_in(marta: Actor) -> None:
    assert signed_in("representative", represent(marta, since=date(2026, 3, 12)).pk) is None
    assert signed_in("representative", represent(marta, since=date(2026, 1, 1), until=date(2026, 3, 10)).pk) is None


@pytest.mark.parametrize(("wrong", "code"), [({"kind": "friend"}, "kind-unknown"), ({"decree": " "}, "decree-missing")])
def test_a_representative_has_a_decree(marta: Actor, wrong: dict[str, str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        represent(marta, **wrong)


def test_she_does_not_write_her_own_decree(adele: Person, as_adele: Actor) -> None:
    about = {"name": "Avv. Neri", "kind": "tutore", "decree": "R.G. 12/2026", "scopes": ["rent"], "since": TODAY}
    with pytest.raises(Refused, match="operator-only"):
        actions.name_representative(adele, by=as_adele, **about)


def test_a_representative_names_no_other(marta: Actor) -> None:
    actor = signed_in("representative", represent(marta).pk)
    assert actor is not None
    with pytest.raises(NotVisible):
        represent(actor)


def test_a_representative_changes_nothing_of_hers(marta: Actor, adele: Person) -> None:
    actor = signed_in("representative", represent(marta).pk)
    assert actor is not None
    with pytest.raises(NotVisible):
        actions.add_contact_point(adele, by=actor, kind="mobile", value="333 5550 900")


def test_a_representative_takes_no_number_and_no_help_away(marta: Actor, adele: Person) -> None:
    helper, actor = delegate(marta), signed_in("representative", represent(marta).pk)
    assert actor is not None
    with pytest.raises(NotVisible):
        actions.confirm_contact_point(adele.contact_points.get(), by=actor, still_right=False)
    with pytest.raises(NotVisible):
        actions.withdraw_delegation(helper, by=actor)


@pytest.mark.parametrize("who", ["bruno", "sara", "silvia", "salvatore"])
def test_strangers_name_no_representative(who: str) -> None:
    with pytest.raises(NotVisible):
        represent(cast.at_desk(who))


@pytest.mark.parametrize("signed", [None, {}, {"kind": "staff", "id": 1}, {"kind": "tenant", "id": 999_999}, {"kind": "delegate"}])
def test_any_other_session_is_nobody(signed: dict[str, object] | None) -> None:
    assert tenant_actor({**signed, "agency": cast.agency().pk} if signed else signed) is None
