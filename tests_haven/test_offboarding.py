"""Who comes in, who goes, and a phrase that is lost. Somebody who left opens nothing that was written since."""

from __future__ import annotations

import pytest
from django.test import Client

from cortile.haven import access, keyring, keys
from cortile.haven.actions import associations, keys_life, records
from cortile.haven.models import KeyGrant, Operator, Record
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from tests import database
from tests_haven import cast
from tests_haven.browser import session_of

AGAIN = "parole nuove per entrare"


def test_an_off_boarded_operator_has_no_shift_no_grant_and_no_key_of_what_comes(
    shift: keyring.Shift, chiara: Actor, member: Operator
) -> None:
    token, rows = cast.token("giulia"), list(KeyGrant.objects.filter(operator=member))
    old = associations.opened_keys(member, cast.PHRASES["giulia"])
    keys_life.let_go(shift, member, by=chiara)
    assert (len(rows), member.grants.count(), keyring.of(token)) == (1, 0, None)
    record = records.open_record(shift, "girasole", by=chiara)
    assert Record.objects.get(pk=record.pk).key_version not in old


def test_her_phrase_opens_nothing_any_more(shift: keyring.Shift, chiara: Actor, member: Operator) -> None:
    keys_life.let_go(shift, member, by=chiara)
    assert associations.open_shift(cast.operator("giulia"), cast.PHRASES["giulia"], by=chiara) == ""
    with pytest.raises(keys.UnreadableError):
        associations.opened_keys(cast.operator("giulia"), cast.PHRASES["giulia"])


def test_a_page_she_left_open_is_a_sign_in_at_the_next_tap(
    client: Client, shift: keyring.Shift, chiara: Actor, member: Operator
) -> None:
    client.cookies["spazio"] = session_of("giulia")
    assert client.get("/lavoro/associazione/").status_code == 200
    keys_life.let_go(shift, member, by=chiara)
    assert client.get("/lavoro/associazione/").headers["Location"].startswith("/lavoro/entra/")


def test_the_last_lead_stays(shift: keyring.Shift, chiara: Actor) -> None:
    with pytest.raises(Refused, match="last-lead"):
        keys_life.let_go(shift, cast.operator("chiara"), by=chiara)


def test_a_lead_is_let_go_by_another_one(shift: keyring.Shift, chiara: Actor) -> None:
    associations.name_operator(shift, "Marta", "marta", AGAIN, by=chiara, leads=True, how=cast.QUICK)
    with pytest.raises(Refused, match="own-leaving"):
        keys_life.let_go(shift, cast.operator("chiara"), by=chiara)


def test_nobody_of_another_association_is_let_go(shift: keyring.Shift, chiara: Actor) -> None:
    with pytest.raises(NotVisible):
        keys_life.let_go(shift, cast.operator("dora"), by=chiara)


def test_a_lost_phrase_is_another_phrase_and_the_same_records(shift: keyring.Shift, chiara: Actor, member: Operator) -> None:
    keys_life.let_in_again(shift, member, AGAIN, by=chiara, how=cast.QUICK)
    found = cast.operator("giulia")
    assert (found.must_change, associations.opened_keys(found, AGAIN)) == (True, shift.private)
    with pytest.raises(keys.UnreadableError):
        associations.opened_keys(found, cast.PHRASES["giulia"])


def test_one_s_own_phrase_is_not_given_anew(shift: keyring.Shift, chiara: Actor) -> None:
    with pytest.raises(Refused, match="own-phrase"):
        keys_life.let_in_again(shift, cast.operator("chiara"), AGAIN, by=chiara)


def test_a_phrase_is_changed_by_who_knows_the_old_one(member: Operator, giulia: Actor) -> None:
    before = cast.token("giulia")
    token = keys_life.change_phrase(cast.shift("giulia"), member, cast.PHRASES["giulia"], AGAIN, by=giulia, how=cast.QUICK)
    assert keyring.of(token) is not None
    assert (keyring.of(before), set(associations.opened_keys(cast.operator("giulia"), AGAIN))) == (None, {1})


def test_a_wrong_old_phrase_changes_nothing_and_is_counted(member: Operator, giulia: Actor) -> None:
    assert keys_life.change_phrase(cast.shift("giulia"), member, "una frase sbagliata", AGAIN, by=giulia) == ""
    assert (cast.operator("giulia").wrong, bool(cast.token("giulia"))) == (1, True)


@pytest.mark.parametrize(("new", "code"), [("corta", "phrase-short"), (cast.PHRASES["giulia"], "phrase-same")])
def test_a_short_phrase_or_the_same_one_is_refused(new: str, code: str, member: Operator, giulia: Actor) -> None:
    with pytest.raises(Refused, match=code):
        keys_life.change_phrase(cast.shift("giulia"), member, cast.PHRASES["giulia"], new, by=giulia)


def let_go_meanwhile(row: Operator) -> keyring.Shift:
    """Let somebody go while a page of hers still holds her row; return a shift of hers that has the turned key all the same."""
    lead = cast.shift("chiara")
    keys_life.let_go(lead, row, by=cast.at_work("chiara"))
    return keyring.Shift(row.pk, row.association_id, dict(lead.private), lead.touched)


def test_a_phrase_changed_on_a_row_read_before_its_owner_was_let_go_brings_nobody_back(member: Operator, giulia: Actor) -> None:
    hers = let_go_meanwhile(cast.operator("giulia"))
    with pytest.raises(NotVisible):
        keys_life.change_phrase(hers, member, cast.PHRASES["giulia"], AGAIN, by=giulia, how=cast.QUICK)
    left = cast.operator("giulia")
    assert (member.active, left.active, left.grants.count(), bytes(left.private_closed)) == (True, False, 0, b"")


def may_be_let_go(row: Operator) -> bool:
    """Tell whether an act of another connection could turn the keys now."""
    with database.as_owner(database.mine()) as other:
        held = other.execute(
            "SELECT pg_try_advisory_xact_lock(%s, %s)::text",
            [access._TURNING, row.association_id],  # noqa: SLF001 -- the lock itself is what is tried
        ).fetchone()
    return held == ("true",)


def test_nobody_is_let_go_while_a_phrase_of_theirs_is_being_changed(member: Operator, giulia: Actor) -> None:
    free = may_be_let_go(member)
    keys_life.change_phrase(cast.shift("giulia"), member, cast.PHRASES["giulia"], AGAIN, by=giulia, how=cast.QUICK)
    assert (free, may_be_let_go(member)) == (True, False)


def test_nor_while_they_are_coming_in(member: Operator, giulia: Actor) -> None:
    free = may_be_let_go(member)
    associations.open_shift(member, cast.PHRASES["giulia"], by=giulia)
    assert (free, may_be_let_go(member)) == (True, False)


def test_the_shift_she_had_changes_no_phrase_either(member: Operator, giulia: Actor) -> None:
    hers = cast.shift("giulia")
    let_go_meanwhile(cast.operator("giulia"))
    with pytest.raises(Refused, match="shift-old"):
        keys_life.change_phrase(hers, member, cast.PHRASES["giulia"], AGAIN, by=giulia, how=cast.QUICK)


def test_a_new_phrase_writes_nothing_else_of_a_row_read_before(shift: keyring.Shift, chiara: Actor, member: Operator) -> None:
    member.name, member.leads = "Un'altra", True
    keys_life.let_in_again(shift, member, AGAIN, by=chiara, how=cast.QUICK)
    assert (cast.operator("giulia").name, cast.operator("giulia").leads) == ("Giulia", False)


def test_a_login_is_one_person_s(shift: keyring.Shift, chiara: Actor) -> None:
    with pytest.raises(Refused, match="login-taken"):
        associations.name_operator(shift, "Giulia due", "Giulia", AGAIN, by=chiara)


def test_a_fresh_pair_comes_with_each_phrase_so_that_an_old_copy_of_the_row_opens_old_copies_alone(
    member: Operator, giulia: Actor
) -> None:
    before = bytes(member.public)
    keys_life.change_phrase(cast.shift("giulia"), member, cast.PHRASES["giulia"], AGAIN, by=giulia, how=cast.QUICK)
    assert bytes(cast.operator("giulia").public) != before
