"""A voice from a phone to Marta's desk, without a script on the way."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cortile.listening.models import Thread
from tests.browser import Site

pytestmark = pytest.mark.browser
HEARD = "a => new Promise(done => { a.onloadedmetadata = () => done(a.duration); a.onerror = () => done(-1); a.load(); a.play() })"


def _one_second(folder: Path) -> Path:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 2, 8000, 8000, "NONE", ""))
        sound.writeframes(bytes(16_000))
    path = folder / "memo.wav"
    path.write_bytes(out.getvalue())
    return path


def test_a_voice_is_sent_without_a_script_and_heard_at_the_desk(site: Site, tmp_path: Path) -> None:
    phone = site.phone("adele", scripts=False)
    phone.goto("/casa/aiuto/")
    phone.get_by_label("Qualcosa non funziona").check()
    phone.get_by_role("button", name="Avanti").click()
    phone.get_by_label("Registra la voce").set_input_files(_one_second(tmp_path))
    phone.get_by_role("button", name="Avanti").click()
    expect(phone.get_by_text("1 registrazione")).to_be_visible()
    phone.get_by_role("button", name="INVIA LA RICHIESTA").click()
    desk = site.enter("marta")
    desk.goto(f"/scrivania/richieste/{Thread.objects.get().number}/")
    assert desk.get_by_label("Registrazione 1 della richiesta").evaluate(HEARD) == 1
