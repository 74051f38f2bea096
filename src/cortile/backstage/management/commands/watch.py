"""``cortile watch``: what cron calls each minute; what is due in the morning is done once a day, however often it runs."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from cortile.agencies import reads as agencies
from cortile.agenda import actions as agenda
from cortile.backstage.command import Job
from cortile.benefits import access as benefits_access
from cortile.benefits import actions as benefits
from cortile.benefits import transmissions, untold
from cortile.directory import actions as directory
from cortile.kit import carriers, clock, seals
from cortile.kit.actor import Actor, acting, system
from cortile.kit.sealing import anchor
from cortile.listening import actions as listening
from cortile.messages import actions as messages
from cortile.people import actions as people
from cortile.referrals import access as referrals_access
from cortile.referrals import actions as referrals
from cortile.referrals import figures

JOB = "veglia"


class Command(Job):
    """Keeps the promises of every body and lets what waits leave the house."""

    help = "Controlla le promesse, ricorda gli appuntamenti e consegna i messaggi. Si può ripetere: ogni cosa accade una volta."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take how much to do."""
        parser.add_argument("--only-outbox", action="store_true", help="consegna soltanto i messaggi")
        parser.add_argument("--limit", type=int, default=500, help="quanti messaggi al massimo (500)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Watch each body, then deliver; what goes wrong in one body keeps back no message of anybody."""
        wrong = [] if options["only_outbox"] else [code for code in map(self._watch, agencies.agencies()) if code]
        if not options["only_outbox"]:
            _mail_the_root(by=system(JOB))
        by, through = system(JOB), carriers.every()
        sent = messages.deliver(by=by, through=through, limit=options["limit"])
        self.stdout.write(f"sent={sent} ended={messages.follow_up(by=by, through=through)}")
        if wrong:
            message = f"La veglia non è finita per: {', '.join(wrong)}."
            raise CommandError(message)

    def _watch(self, body: Any) -> str:
        """Keep the promises of a body. Return its code when something went wrong, and say what."""
        by = system(JOB, agency_id=body.pk)
        try:
            found = listening.keep_watch(body, by=by)
            found["reminded"] = agenda.remind_tomorrow(body, by=by)
            found |= people.watch_openings(body, by=by)
            found |= _tell_inps(body, by=by)
            found |= _drop_drafts(body, by=by)
            found |= directory.keep_fresh(body, by=by)
            found |= _move_referrals(body, by=by)
            found |= _learn(body, by=by)
        except Exception as failure:  # noqa: BLE001 -- whatever it is, the messages of the others leave
            self.stderr.write(f"{body.code}: {type(failure).__name__}: {failure}")
            return str(body.code)
        self.stdout.write(f"{body.code}: {' '.join(f'{k}={v}' for k, v in found.items())}")
        return ""


def _move_referrals(body: Any, *, by: Actor) -> dict[str, int]:
    """Do what each referral needs today; a body without one that is due is left alone."""
    with acting(by):
        due = referrals_access.to_move(body.pk).exists()
    return {f"referrals_{what}": count for what, count in referrals.keep_watch(body, by=by).items()} if due else {}


def _learn(body: Any, *, by: Actor) -> dict[str, int]:
    """Work out once a night what the year's referrals say of each service."""
    with acting(by):
        due = figures.must_learn(body.pk)
    return {"learned": referrals.learn(body, by=by)} if due else {}


def _drop_drafts(body: Any, *, by: Actor) -> dict[str, int]:
    """Delete the applications nobody sent in their time; a body without one is left alone."""
    with acting(by):
        old = benefits_access.old_drafts(body.pk).exists()
    return {"dropped": benefits.drop_old_drafts(body, by=by)} if old else {}


def _tell_inps(body: Any, *, by: Actor) -> dict[str, int]:
    """Bring what INPS is told to what was paid, and mark what it took; a body with nothing new is left alone."""
    with acting(by):
        told, pulled = transmissions.transmits(body.pk) and untold.wrong(body.pk), untold.newly_pulled(body.pk)
    return {
        "told": benefits.prepare_due(body, by=by) if told else 0, "pulled": benefits.mark_pulled(body, by=by) if pulled else 0,
    }  # fmt: skip


def _mail_the_root(*, by: Actor) -> None:
    """Send the newest seal to each outside witness, once a day."""
    seal, today = seals.newest(), clock.today()
    values = {"root": anchor.written(seal), "date": today} if seal else {}
    for witness in settings.WITNESSES if seal else []:
        messages.mail_root(witness, by=by, values=values, once=f"{today}:{witness}")
