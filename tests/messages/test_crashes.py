"""Workers that die, gateways that hang, a mail server that dies: nothing is lost, and no telephone rings twice."""

from __future__ import annotations

import contextlib
import contextvars
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connections
from pytest_django import Settings

from adapters.sms_http import gateway as adapter
from cortile.kit import clock, scopes
from cortile.kit.carriers import Carrier, Later, Parcel
from cortile.messages import actions, channels
from cortile.messages.actions import outbox
from cortile.messages.models import Delivery
from tests import cast, sms_gateway, smtp_server
from tests.messages.samples import VALUES
from tests.sms_gateway import HANGS, HANGS_AFTER, KILLS, KILLS_AFTER, Gateway, environment

# A worker is a process of its own, on a database of its own.
pytestmark = [pytest.mark.slow, pytest.mark.browser]
ROOT = Path(__file__).resolve().parents[2]
KINDS = [Gateway(), Gateway(answers=False), Gateway(knows_references=False)]


@pytest.fixture
def gateway(committed: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """Return a gateway of one kind: it knows references and can be asked, or it does one of the two."""
    monkeypatch.setattr(adapter, "SECONDS", 0.5)
    kind = getattr(request, "param", KINDS[0])
    with sms_gateway.serving(Gateway(kind.knows_references, kind.answers)) as running:
        for name, value in environment(running).items():
            monkeypatch.setenv(name, value)
        yield running


def tell(many: int = 1) -> None:
    """Tell a tenant something, so many times."""
    for number in range(many):
        actions.tell(cast.person("samira"), "receipt", by=cast.machine(), values=VALUES | {"number": number}, sms="receipt_sms")


def work(**through: Carrier) -> int:
    """Do what a worker does in one round."""
    return actions.deliver(by=cast.SYSTEM, through=through or {"sms": adapter.Gateway()})


def later(rounds: int = 6) -> None:
    """Let rounds go by, each an hour after the one before: leases have ended, and most pauses."""
    for hours in range(1, 3 * rounds, 3):
        with clock.frozen(cast.NOW + timedelta(hours=hours)):
            work()


def a_worker(name: str, gateway: Gateway) -> int:
    """Run ``cortile watch --only-outbox`` in a process of its own and return how it ended."""
    where = urlsplit(os.environ["DATABASE_URL"])
    own = {
        "DATABASE_URL": urlunsplit(where._replace(path=f"/{name}")), "DJANGO_SETTINGS_MODULE": "cortile.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", **environment(gateway),
    }  # fmt: skip
    command = [sys.executable, "-m", "django", "watch", "--only-outbox"]
    with subprocess.Popen(command, env=os.environ | own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:  # noqa: S603 -- our own command
        gateway.worker = process.pid
        said, _ = process.communicate(timeout=120)
    assert process.returncode in {0, -9}, said
    return process.returncode


def states() -> list[str]:
    return list(Delivery.objects.filter(channel="sms").values_list("state", flat=True))


# --- a worker is killed ---


@pytest.mark.parametrize("gateway", KINDS, indirect=True)
def test_killed_between_sending_and_recording_it_is_not_sent_twice(committed: str, gateway: Gateway) -> None:
    tell(3)
    gateway.faults = ["", KILLS_AFTER]
    assert a_worker(committed, gateway) == -9
    assert sorted(states()) == ["queued", "sending", "sent"]
    with clock.frozen(cast.NOW + timedelta(days=365)):
        work()
    assert (states(), len(gateway.telephones), gateway.double()) == (["sent"] * 3, 3, 0)


def test_killed_before_it_was_accepted_it_is_not_lost(committed: str, gateway: Gateway) -> None:
    tell()
    gateway.faults = [KILLS]
    assert a_worker(committed, gateway) == -9
    assert gateway.telephones == []
    with clock.frozen(cast.NOW + timedelta(days=365)):
        work()
    assert (states(), len(gateway.telephones)) == (["sent"], 1)


def test_while_the_lease_lasts_nobody_else_takes_it(gateway: Gateway) -> None:
    tell()
    row = outbox.lease(by=cast.SYSTEM, channels=["sms"])
    assert row is not None
    assert (work(), gateway.posts, states()) == (0, [], ["sending"])


# --- the gateway hangs ---


@pytest.mark.parametrize("gateway", KINDS, indirect=True)
@pytest.mark.parametrize("fault", [HANGS, HANGS_AFTER])
def test_a_timeout_before_or_after_acceptance_ends_with_one(fault: str, gateway: Gateway) -> None:
    tell(2)
    gateway.faults = [fault]
    work()
    assert sorted(states()) == ["queued", "sent"]
    later(1)
    assert (states(), len(gateway.telephones), gateway.double()) == (["sent"] * 2, 2, 0)


def test_the_last_attempt_that_was_accepted_after_all_is_no_failure(gateway: Gateway) -> None:
    tell()
    gateway.faults = [HANGS, HANGS, HANGS, HANGS, HANGS_AFTER]
    work()
    later()
    assert (states(), len(gateway.telephones)) == (["sent"], 1)


def test_a_gateway_that_never_answers_ends_as_failed(gateway: Gateway) -> None:
    tell()
    gateway.faults = [HANGS] * 9
    work()
    later()
    assert (states(), len(gateway.posts), gateway.telephones) == (["failed"], 5, [])


# --- two workers ---


def test_two_workers_at_once_send_each_once(gateway: Gateway) -> None:
    tell(20)
    left: list[int] = []

    def run() -> None:
        left.append(work())
        connections.close_all()

    workers = [threading.Thread(target=contextvars.copy_context().run, args=(run,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (sum(left), len(gateway.posts), states()) == (20, 20, ["sent"] * 20)


# --- a mail server ---


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[smtp_server.Server]:
    """Return a mail server that runs, and that the settings name."""
    with smtp_server.serving() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", running.port, False
        yield running


def test_a_mail_server_that_dies_after_the_data_shows_one_mail(committed: str, mail_server: smtp_server.Server) -> None:
    actions.mail(cast.agency(), "a@example.invalid", "office_code_mail", by=cast.SYSTEM, values=VALUES)
    mail_server.dies = 1
    assert work(email=channels.Mail()) == 0
    with clock.frozen(cast.NOW + timedelta(hours=1)):
        assert work(email=channels.Mail()) == 1
    assert (len(mail_server.identifiers), len(set(mail_server.identifiers))) == (2, 1)


# --- and what a naive sender does ---


def naively(gateway: Gateway) -> None:
    """Send what is queued, each attempt as something new, and write down afterwards that it left."""
    carrier = adapter.Gateway()
    for row in Delivery.objects.filter(state="queued"):
        with contextlib.suppress(Later):
            carrier.send(Parcel("sms", row.to, "", row.text, uuid.uuid4().hex))
            with scopes.opened(scopes.EVERYTHING):
                Delivery.objects.filter(pk=row.pk).update(state="sent")


def test_a_naive_sender_is_seen_to_double(gateway: Gateway) -> None:
    tell()
    gateway.faults = [HANGS_AFTER]
    naively(gateway)
    naively(gateway)
    assert (len(gateway.telephones), gateway.double()) == (2, 1)
