"""``cortile watch``: what cron calls each minute; what is due in the morning is done once a day, however often it runs."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings

from cortile.agencies import reads as agencies
from cortile.agenda import actions as agenda
from cortile.backstage.command import Job
from cortile.kit import carriers, clock, seals
from cortile.kit.actor import Actor, system
from cortile.kit.sealing import anchor
from cortile.listening import actions as listening
from cortile.messages import actions as messages
from cortile.people import actions as people

JOB = "veglia"


class Command(Job):
    """Keeps the promises of every body and lets what waits leave the house."""

    help = "Controlla le promesse, ricorda gli appuntamenti e consegna i messaggi. Si può ripetere: ogni cosa accade una volta."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take how much to do."""
        parser.add_argument("--only-outbox", action="store_true", help="consegna soltanto i messaggi")
        parser.add_argument("--limit", type=int, default=500, help="quanti messaggi al massimo (500)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Watch each body, then deliver."""
        if not options["only_outbox"]:
            for body in agencies.agencies():
                by = system(JOB, agency_id=body.pk)
                found = listening.keep_watch(body, by=by)
                found["reminded"] = agenda.remind_tomorrow(body, by=by)
                found |= people.watch_openings(body, by=by)
                self.stdout.write(f"{body.code}: {' '.join(f'{k}={v}' for k, v in found.items())}")
            _mail_the_root(by=system(JOB))
        by, through = system(JOB), carriers.every()
        sent = messages.deliver(by=by, through=through, limit=options["limit"])
        self.stdout.write(f"sent={sent} ended={messages.follow_up(by=by, through=through)}")


def _mail_the_root(*, by: Actor) -> None:
    """Send the newest seal to each outside witness, once a day."""
    seal, today = seals.newest(), clock.today()
    values = {"root": anchor.written(seal), "date": today} if seal else {}
    for witness in settings.WITNESSES if seal else []:
        messages.mail_root(witness, by=by, values=values, once=f"{today}:{witness}")
