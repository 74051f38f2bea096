"""A notice to who lives in a building: written plainly, in its days, taken back in one tap."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from cortile.agencies import policy
from cortile.homes.models import Building, Stair
from cortile.kit import clock, plain_language
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import NotVisible, Refused
from cortile.messages import access
from cortile.messages.models import Notice

LONGEST_DAYS = 90
TITLE_LETTERS = 80


@action("notice.written")
def write_notice(
    building: Building, *, by: Actor, title: str, text: str, until: date, stair: Stair | None = None, phone: str = "",
    once: str = "",
) -> Notice:  # fmt: skip
    """Write a notice to a building, or to one stair of it, from today on.

    Raise ``Refused`` with ``not-allowed``, ``words-missing``, ``notice-days`` or ``not-plain``; ``NotVisible`` for another body's.
    """
    may = policy.can(by, "write notice") and by.kind == Kind.STAFF
    refuse_unless(may, "not-allowed", _("Non puoi scrivere un avviso con il tuo ruolo."))
    if building.agency_id != by.agency_id or (stair is not None and stair.building_id != building.pk):
        raise NotVisible
    _fits(title.strip(), text.strip(), until)
    notice = Notice.objects.create(
        agency_id=building.agency_id, building=building, stair=stair, title=title.strip()[:TITLE_LETTERS], text=text.strip(),
        phone=phone.strip(), since=clock.today(), until=until, written_by_id=by.id or 0, written_at=clock.now(),
    )  # fmt: skip
    done("C", notice, fields=["notice"])
    return notice


def _fits(title: str, text: str, until: date) -> None:
    refuse_unless(title and text, "words-missing", _("Manca il titolo o il testo."), _("Scrivi che cosa succede e fino a quando."))
    days = (until - clock.today()).days
    in_time = 0 <= days <= LONGEST_DAYS
    refuse_unless(in_time, "notice-days", _("Un avviso dura da oggi a tre mesi."), _("Scegli un giorno più vicino."))
    if wrong := plain_language.problems(f"{title}.\n{text}", gate=plain_language.PAGE_GATE):
        raise Refused("not-plain", _("Così molte persone non lo capiscono."), _hint(f"{title}.\n{text}", wrong))


def _hint(text: str, wrong: list[str]) -> str:
    """Say what weighs: the measures, and the longest sentence, which is where to begin."""
    longest = plain_language.measure(text).longest_sentence
    return f"{'. '.join(wrong)}. " + _("La frase più lunga è: «%(words)s».") % {"words": longest}


@action("notice.withdrawn")
def withdraw_notice(notice_id: int, *, by: Actor) -> Notice:
    """Take a notice back: nobody reads it from now on. Raise ``NotVisible`` for one the actor may not take back."""
    rows = access.notices_visible_to(by, "withdraw").select_for_update(of=("self",))
    notice = rows.filter(pk=notice_id, withdrawn_at=None).first()
    if notice is None:
        raise NotVisible
    notice.withdrawn_at = clock.now()
    notice.save(update_fields=["withdrawn_at"])
    done("U", notice, fields=["notice"])
    return notice
