"""A stolen table of sessions opens none of them."""

from __future__ import annotations

from django.contrib.sessions.models import Session

from cortile.kit.sessions import SessionStore, hashed


def _kept(**words: str) -> SessionStore:
    session = SessionStore()
    session.update(words)
    session.create()
    return session


def test_it_is_found_by_the_key_of_its_browser() -> None:
    assert SessionStore(_kept(code="482915").session_key)["code"] == "482915"


def test_the_table_holds_neither_key_nor_words() -> None:
    key = _kept(code="482915").session_key
    row = Session.objects.get(session_key=hashed(key))
    assert key not in (row.session_key, row.session_data)
    assert "482915" not in row.session_data


def test_what_the_table_holds_is_no_key() -> None:
    key = _kept(code="482915").session_key
    assert SessionStore(hashed(key)).get("code") is None


def test_what_was_sealed_elsewhere_is_empty() -> None:
    assert SessionStore().decode("gAAAAABnot-ours") == {}


def test_it_ends() -> None:
    session = _kept(code="1")
    key = session.session_key
    session.flush()
    assert not SessionStore().exists(key or "")
