"""App IO: what we send is taken by its own description, what it refuses is said, and no message becomes two."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from adapters.app_io import notes
from adapters.app_io.carrier import AppIo
from cortile.kit.carriers import Later, Never, Parcel
from tests.adapters.app_io.description import OPERATIONS, Wrong, check_answer
from tests.adapters.app_io.sandbox import AFTER, BEFORE, CODE, MESSAGE, PROFILE, SUBMIT, Sandbox

pytestmark = pytest.mark.pure

PARCEL = Parcel("io", CODE, "Un messaggio per te", "Ci vediamo giovedì 12 marzo alle 10:30.", str(uuid.UUID(int=7)))


# --- what leaves ---


@pytest.mark.parametrize("language", ["it", "en", "es", "ar", "tl"])
@pytest.mark.parametrize(
    "text", ["Sì.", "Parola. " * 12, "- * [x](y) # _ " * 1000, "ا" * 12_000], ids=["short", "fair", "signs", "long"]
)
@pytest.mark.parametrize("subject", ["", "Breve", "رسالة لك", "Un messaggio per te", "molto " * 40])
def test_whatever_we_send_is_taken(io: Sandbox, language: str, text: str, subject: str) -> None:
    AppIo().send(replace(PARCEL, language=language, text=text, subject=subject))
    assert (len(io.taken), io.refused) == (1, [])


def test_a_fiscal_code_is_in_no_address(io: Sandbox) -> None:
    AppIo().send(PARCEL)
    assert io.paths == ["/api/v1/profiles", "/api/v1/messages"]


def test_no_e_mail_follows(io: Sandbox) -> None:
    AppIo().send(PARCEL)
    assert io.taken[0]["content"]["require_secure_channels"] is True


# --- what is refused for good ---


def test_who_is_not_on_it_gets_nothing(io: Sandbox) -> None:
    io.people.clear()
    with pytest.raises(Never, match="non usa App IO"):
        AppIo().send(PARCEL)
    assert io.paths == ["/api/v1/profiles"]


def test_who_does_not_want_us_gets_nothing(io: Sandbox) -> None:
    io.people[CODE] = False
    with pytest.raises(Never, match="non vuole"):
        AppIo().send(PARCEL)
    assert not io.taken


@pytest.mark.parametrize("code", ["", "BRMDLA47E43Z99", "brmdla47e43z999x", "BRMDLA47E43Z999X/../x", "0" * 16])
def test_a_wrong_code_is_not_even_asked_about(io: Sandbox, code: str) -> None:
    with pytest.raises(Never, match="codice fiscale"):
        AppIo().send(replace(PARCEL, to=code))
    assert not io.paths


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418])
@pytest.mark.parametrize("where", [PROFILE, SUBMIT])
def test_a_refusal_is_for_good_and_can_be_mended(io: Sandbox, where: str, status: int) -> None:
    io.faults[where] = [status]
    with pytest.raises(Never):
        AppIo().send(PARCEL)
    assert AppIo().send(PARCEL)


def test_a_wrong_key_is_refused(io: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("un'altra")
    with pytest.raises(Never, match="chiave"):
        AppIo().send(PARCEL)
    assert io.refused == ["the key is missing or wrong"]


# --- what may pass ---


@pytest.mark.parametrize("status", [429, 500, 503])
@pytest.mark.parametrize("where", [PROFILE, SUBMIT])
def test_what_may_pass_is_tried_again(io: Sandbox, where: str, status: int) -> None:
    io.faults[where] = [status]
    with pytest.raises(Later):
        AppIo().send(PARCEL)
    assert AppIo().look_up(PARCEL.reference) is None
    AppIo().send(PARCEL)
    assert len(io.taken) == 1


def test_nobody_answering_the_call_is_later(io: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORTILE_IO_ADDRESS", "http://127.0.0.1:9/api/v1")
    with pytest.raises(Later, match="non risponde"):
        AppIo().send(PARCEL)
    assert AppIo().look_up(PARCEL.reference) is None
    assert not io.paths


def test_a_silent_profile_is_asked_again(io: Sandbox) -> None:
    io.faults[PROFILE] = [AFTER]
    with pytest.raises(Later):
        AppIo().send(PARCEL)
    assert AppIo().send(PARCEL)


# --- never two ---


@pytest.mark.parametrize(("fault", "taken"), [(BEFORE, 0), (AFTER, 1), (504, 0)])
def test_what_nobody_knows_the_end_of_goes_another_way(io: Sandbox, fault: str, taken: int) -> None:
    io.faults[SUBMIT] = [fault]
    with pytest.raises(Later):
        AppIo().send(PARCEL)
    assert AppIo().look_up(PARCEL.reference) == "failed"
    with pytest.raises(Never, match="Non sappiamo"):
        AppIo().send(PARCEL)
    assert len(io.taken) == taken


def test_a_worker_that_died_after_sending_sends_no_second(io: Sandbox) -> None:
    assert AppIo().send(PARCEL) == AppIo().send(PARCEL)
    assert (len(io.taken), AppIo().look_up(PARCEL.reference)) == (1, "sent")


def test_without_its_note_a_message_would_be_two(io: Sandbox) -> None:
    AppIo().send(PARCEL)
    AppIo().notes.forget(PARCEL.reference)
    AppIo().send(PARCEL)
    assert len(io.taken) == 2


def test_a_note_cut_short_is_of_a_message_nobody_knows_about(io: Sandbox) -> None:
    AppIo().send(PARCEL)
    next(AppIo().notes.folder.iterdir()).write_text('{"state": "ta')
    assert AppIo().look_up(PARCEL.reference) == "failed"
    assert len(io.taken) == 1


def test_where_nothing_can_be_written_nothing_leaves(io: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("a file in the way")
    with pytest.raises((Later, NotADirectoryError)):
        AppIo().send(PARCEL)
    assert not io.taken


# --- what became of it ---


@pytest.mark.parametrize(
    ("status", "state"),
    [("ACCEPTED", "sent"), ("THROTTLED", "sent"), ("PROCESSED", "delivered"), ("REJECTED", "bounced"), ("FAILED", "failed")],
)
def test_it_is_asked_what_became_of_a_message(io: Sandbox, status: str, state: str) -> None:
    AppIo().send(PARCEL)
    io.status = status
    assert [AppIo().look_up(PARCEL.reference) for _ in range(2)] == [state, state]


def test_once_it_ended_nobody_s_code_is_kept(io: Sandbox, tmp_path: Path) -> None:
    AppIo().send(PARCEL)
    path = tmp_path / "notes" / PARCEL.reference
    assert (CODE in path.read_text(), path.stat().st_mode & 0o777) == (True, 0o600)
    io.status = "PROCESSED"
    AppIo().look_up(PARCEL.reference)
    assert CODE not in path.read_text()


def test_old_notes_are_thrown_away(io: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    AppIo().send(PARCEL)
    monkeypatch.setattr(notes, "KEPT_SECONDS", -60)
    AppIo().notes.clear()
    assert (list(AppIo().notes.folder.iterdir()), len(io.taken)) == ([], 1)


@pytest.mark.parametrize("fault", [401, 429, AFTER])
def test_a_silence_about_a_message_is_no_news(io: Sandbox, fault: int | str) -> None:
    AppIo().send(PARCEL)
    io.faults[MESSAGE] = [fault]
    with pytest.raises(Later):
        AppIo().look_up(PARCEL.reference)
    assert AppIo().look_up(PARCEL.reference) == "sent"


def test_what_never_left_is_unknown(io: Sandbox) -> None:
    assert AppIo().look_up(PARCEL.reference) is None
    assert not io.paths


def test_a_reference_is_no_path(io: Sandbox) -> None:
    with pytest.raises(ValueError, match="badly formed"):
        AppIo().look_up("../../secret.key")
    assert not io.paths


# --- the sandbox itself, seen to refuse ---


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"subject": "Breve"}, "content.subject"),
        ({"subject": "x" * 121}, "content.subject"),
        ({"markdown": "corto"}, "content.markdown"),
        ({"markdown": "x" * 10_001}, "content.markdown"),
        ({"markdown": None}, "content.markdown"),
    ],
)
def test_the_sandbox_refuses_what_its_description_does_not_have(io: Sandbox, wrong: dict[str, object], because: str) -> None:
    content = {"subject": "Un messaggio per te", "markdown": "Parola. " * 12} | wrong
    answer = AppIo().web.ask("POST", "/messages", {"fiscal_code": CODE, "content": content})
    assert (answer.status, io.taken, io.refused[0].partition(":")[0]) == (400, [], because)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/profiles", {"fiscal_code": "BRMDLA47E43Z99"}, 400),
        ("POST", "/profiles", {}, 400),
        ("POST", "/messages", {"fiscal_code": CODE, "time_to_live": 60, "content": {}}, 400),
        ("POST", "/profiles", None, 400),
        ("GET", "/messages/corto/1", None, 400),
        ("GET", "/profiles", None, 405),
        ("POST", "/elsewhere", {}, 404),
    ],
)
def test_it_refuses_any_other_wrong_thing(io: Sandbox, method: str, path: str, body: dict[str, object], status: int) -> None:
    assert AppIo().web.ask(method, path, body).status == status
    assert len(io.refused) == 1


def test_it_answers_nothing_its_description_does_not_have(io: Sandbox) -> None:
    submit = next(op for op in OPERATIONS if op.name == SUBMIT)
    for status, said in ((418, {}), (201, {"id": 7})):
        with pytest.raises(Wrong):
            check_answer(submit, status, said)
    assert not io.refused


# --- where it may be ---


@pytest.mark.parametrize("address", ["http://api.io.pagopa.it/api/v1", "api.io.pagopa.it", "ftp://127.0.0.1/", ""])
def test_nothing_travels_in_clear(io: Sandbox, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("CORTILE_IO_ADDRESS", address)
    with pytest.raises(ImproperlyConfigured):
        AppIo()
    assert not io.paths


def test_without_a_key_it_does_not_start(io: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORTILE_IO_KEY_FILE")
    with pytest.raises(ImproperlyConfigured, match="CORTILE_IO_KEY_FILE"):
        AppIo()
    assert not io.paths
