"""Pure decisions about referrals: which act a state allows, who has the ball then, and which day comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cortile.kit import working_days
from cortile.referrals.states import HELPED, OPEN_TO_SERVICE, SILENT, TURNED_DOWN, UNDER_WAY, WAITING

# Working days a service has before a reminder, and before the referral comes back to who sent it.
REMIND_AFTER, BACK_AFTER = 3, 7
# Calendar days after which a referral without an outcome is ours to chase, whatever was said before.
OUTCOME_WITHIN = 30
# Working days after the accepted day on which both are asked how it went; and after which who keeps silent is chased.
ASK_AFTER, CHASE_AFTER = 3, 3
# Ninety days, the first and the last among them.
LONGEST_CONSENT = timedelta(days=89)
FURTHEST_CHECK = timedelta(days=30)
FURTHEST_DAY = timedelta(days=366)
FEWEST = 5

# act → the states it starts from, and the one it leads to ("" leaves it). Source: FHIR R5 Task.
TRANSITIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "open": (("requested",), "received"),
    "accept": (WAITING, "accepted"),
    "decline": (WAITING, "rejected"),
    "ask": (("requested", "received"), "on-hold"),
    "answer": (("on-hold",), "received"),
    "remind": (("requested", "received"), ""),
    "come_back": (("requested", "received"), ""),
    "ask_outcome": (UNDER_WAY, "in-progress"),
    "outcome": (UNDER_WAY, "in-progress"),
    "reroute": ((*WAITING, *UNDER_WAY, *TURNED_DOWN), "cancelled"),
    "revoke": ((*WAITING, *UNDER_WAY, *TURNED_DOWN), "cancelled"),
}


def allowed(act: str, state: str) -> bool:
    """Tell whether an act starts from a state."""
    return state in TRANSITIONS[act][0]


def after(act: str, state: str) -> str:
    """Return the state an act leads to. A «no» stays a «no»: whoever sends on, or gives up, does not rewrite it."""
    return state if state in TURNED_DOWN else TRANSITIONS[act][1] or state


def is_open_to_service(state: str) -> bool:
    """Tell whether the service may still read and answer."""
    return state in OPEN_TO_SERVICE


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of a body: a province's holidays, the patron saint's too (``kit.working_days``)."""

    subdivision: str

    def add(self, day: date, count: int) -> date:
        """Return the day some working days later."""
        return working_days.add(day, count, self.subdivision)

    def next(self, day: date) -> date:
        """Return the next working day."""
        return self.add(day + timedelta(days=1), 0)


def remind_on(waits_since: date, check_on: date, of: Calendar) -> date:
    """Return when a silent service is reminded: after three working days, never after the check."""
    return min(of.add(waits_since, REMIND_AFTER), max(check_on, waits_since))


def back_on(waits_since: date, check_on: date, of: Calendar) -> date:
    """Return when a referral nobody answered comes back: after seven working days, or on the check day if that is sooner."""
    seventh = of.add(waits_since, BACK_AFTER)
    return min(seventh, check_on) if check_on > waits_since else seventh


def usual_check(today: date, of: Calendar) -> date:
    """Return the check day of a referral whose sender chose none."""
    return of.add(today, BACK_AFTER)


def may_check(day: date, today: date) -> bool:
    """Tell whether a check day is one: after today, within thirty days."""
    return today < day <= today + FURTHEST_CHECK


def may_accept_for(day: date, today: date) -> bool:
    """Tell whether a service may accept for a day: from today, within a year."""
    return today <= day <= today + FURTHEST_DAY


def outcome_on(accepted_for: date, sent_on: date, today: date, of: Calendar) -> date:
    """Return when both are asked how it went: three working days after the accepted day, by the thirtieth day from sending."""
    by_then = sent_on + timedelta(days=OUTCOME_WITHIN)
    return max(min(of.add(accepted_for, ASK_AFTER), by_then), of.next(today))


def is_without_outcome(sent_on: date, today: date) -> bool:
    """Tell whether thirty days have passed."""
    return today >= sent_on + timedelta(days=OUTCOME_WITHIN)


def consent_fits(starts_on: date, ends_on: date, today: date) -> bool:
    """Tell whether a yes may run between two days: from today or before, not over, ninety days at most."""
    return starts_on <= today <= ends_on <= starts_on + LONGEST_CONSENT


def both_asked(service_outcome: str, person_outcome: str) -> bool:
    """Tell whether the service and the person have both been asked, and what they said is written."""
    return bool(service_outcome and person_outcome)


def need_met(service_outcome: str, person_outcome: str) -> str:
    """Return whether the need was met: her own word first, the service's until she is asked. Accepted is not met.

    Nobody knows it of who was asked and could not be reached, whatever the service says: «met» never comes of a silence.
    """
    return "" if person_outcome == SILENT else person_outcome or service_outcome


def ended(service_outcome: str, person_outcome: str) -> str:
    """Return the state of a referral both were asked about: ``failed`` when it did not help, ``completed`` else.

    Of who could not be reached the service's «no» still asks for a next step (I6); without one it is over, and not known.
    """
    said = service_outcome if person_outcome == SILENT else person_outcome
    return "completed" if said in {*HELPED, SILENT} else "failed"


def may_say_silent(asked_on: date | None, today: date, of: Calendar) -> bool:
    """Tell whether it may be written that a person did not answer: she was asked, and three working days have passed."""
    return asked_on is not None and today >= of.add(asked_on, CHASE_AFTER)


def who_is_asked(service_outcome: str, person_outcome: str) -> str:
    """Return who has still to say how it went: the service first, then the person; nobody is us."""
    return "service" if not service_outcome else "person" if not person_outcome else "us"


def not_agreed(fields: Iterable[str], agreed: Collection[str] | None, basis: str) -> list[str]:
    """Return the ticked fields a partner may not be given.

    With an agreement, what it does not name. Without one, nothing but with the person's yes, and then nothing economic.
    """
    wanted = list(fields)
    if agreed is not None:
        return [key for key in wanted if key not in agreed]
    return [key for key in wanted if basis != "consent" or key in ONLY_AGREED]


# Never given on a yes alone: an agreement must say so.
ONLY_AGREED = frozenset({"economic"})
