"""What a table decides: always somebody's, always by a day."""

from __future__ import annotations

from datetime import date

from cortile.agencies.models import Staff
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.network import access
from cortile.network.actions.steps import check, said
from cortile.network.models import AgendaItem, Meeting, Member, NetworkDecision


@action("network.decided")
def decide(
    meeting_id: int, *, by: Actor, words: str, due: date, member: int | None = None, staff: int | None = None,
    item: int | None = None, once: str = "",
) -> NetworkDecision:  # fmt: skip
    """Write what a table decided, with one owner, a member or a colleague, and a date.

    Raise ``not-allowed``, ``NotVisible``, ``not-yet`` before it was held, ``not-in-this-state`` once the minutes are closed,
    ``words-missing``, ``owner-missing``, ``date-past`` or ``somebody-named``.
    """
    access.require(by)
    meeting = access.the(access.meetings(by), meeting_id, held=True)
    check(meeting.state != "planned", "not-yet")
    check(meeting.state == "held", "not-in-this-state")
    check(due >= clock.today(), "date-past")
    row = NetworkDecision(
        agency_id=meeting.agency_id, network=meeting.network, meeting=meeting, words=said(words, of=meeting.network), due=due,
        decided_at=clock.now(),
    )  # fmt: skip
    row.owner_member, row.owner_staff = _owner(meeting, member, staff)
    row.item = _item(meeting, item)
    row.save()
    done("C", row, fields=["words", "owner", "due"])
    return row


def _owner(meeting: Meeting, member: int | None, staff: int | None) -> tuple[Member | None, Staff | None]:
    check((member is None) != (staff is None), "owner-missing")
    firm = meeting.network.members.filter(pk=member or 0, until=None).first()
    colleague = Staff.objects.filter(pk=staff or 0, agency_id=meeting.agency_id, is_active=True).first()
    check(firm or colleague, "owner-missing")
    return firm, colleague


def _item(meeting: Meeting, item: int | None) -> AgendaItem | None:
    return access.the(meeting.items.all(), item) if item else None


@action("network.decision_moved")
def move_decision(decision_id: int, *, by: Actor, due: date, reason: str, once: str = "") -> NetworkDecision:
    """Give a decision another day, and say why: the reason stands in its follow-up.

    Raise ``not-allowed``, ``NotVisible``, ``not-in-this-state`` when it is done, ``date-past``, ``follow-up-missing`` or
    ``somebody-named``.
    """
    row = _open(decision_id, by)
    check(due >= clock.today(), "date-past")
    row.due, row.follow_up = due, said(reason, of=row.network, missing="follow-up-missing")
    row.save(update_fields=["due", "follow_up"])
    done("U", row, fields=["due"], reason=row.follow_up)
    return row


@action("network.decision_done")
def do_decision(decision_id: int, *, by: Actor, follow_up: str, once: str = "") -> NetworkDecision:
    """Say that a decision was carried out, and how it went.

    Raise ``not-allowed``, ``NotVisible``, ``not-in-this-state`` when it is done already, ``follow-up-missing``, ``somebody-named``.
    """
    row = _open(decision_id, by)
    row.state, row.done_at = "done", clock.now()
    row.follow_up = said(follow_up, of=row.network, missing="follow-up-missing")
    row.save(update_fields=["state", "done_at", "follow_up"])
    done("U", row, fields=["state", "follow_up"])
    return row


def _open(decision_id: int, by: Actor) -> NetworkDecision:
    access.require(by)
    row = access.the(access.decisions(by), decision_id, held=True)
    check(row.state == "open", "not-in-this-state")
    return row
