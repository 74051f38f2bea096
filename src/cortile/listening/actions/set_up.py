"""What a body decides for itself: its categories and its answer times."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cortile.agencies import access as staff_access
from cortile.agencies.models import Agency
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.listening import starter
from cortile.listening.actions.steps import check
from cortile.listening.models import AnswerTime, Category
from cortile.listening.states import CHIPS, NATURES, URGENCIES

LONGEST_ANSWER = 60
VIOLENCE = ("violenz", "maltratt", "abus")


@action("category.set")
def set_category(agency: Agency, *, by: Actor, code: str, label: str, nature: str, chip: str, active: bool = True) -> Category:
    """Add or change a category of a body. Violence is never one (domain §8.1): it has its own place."""
    staff_access.require(by, "edit categories", of=agency.pk)
    check(nature in NATURES and chip in CHIPS, "chip-missing")
    refuse_unless(
        not any(word in label.lower() for word in VIOLENCE if "abusiv" not in label.lower()),
        "violence-is-no-category",
        _("Questa voce non può stare nell'elenco."),
        _("Chi ha paura parla con il centro antiviolenza: trovi il numero nelle informazioni utili."),
    )
    category, _created = Category.objects.update_or_create(
        agency=agency, code=code, defaults={"label": label, "nature": nature, "chip": chip, "active": active}
    )
    done("U", category)
    return category


@action("answer_time.set")
def set_answer_time(
    agency: Agency, *, by: Actor, urgency: str, working_days: int, chip: str = "", to_confirm: bool = True
) -> AnswerTime:
    """Say in how many working days a body answers. Raise ``Refused`` with ``chip-missing`` or ``days-impossible``."""
    staff_access.require(by, "edit categories", of=agency.pk)
    check(urgency in URGENCIES and (not chip or chip in CHIPS), "chip-missing")
    check(0 <= working_days <= LONGEST_ANSWER, "days-impossible")
    line, _created = AnswerTime.objects.update_or_create(
        agency=agency, chip=chip, urgency=urgency, defaults={"working_days": working_days, "to_confirm": to_confirm}
    )
    done("U", line)
    return line


@action("lists.started")
def start_lists(agency: Agency, *, by: Actor) -> int:
    """Give a new body the 68 categories and the answer times to confirm. What it already changed stays as it is."""
    staff_access.require(by, "edit categories", of=agency.pk)
    made = Category.objects.bulk_create(
        [Category(agency=agency, **row._asdict()) for row in starter.categories()], ignore_conflicts=True
    )
    AnswerTime.objects.bulk_create(
        [AnswerTime(agency=agency, **row._asdict()) for row in starter.answer_times()], ignore_conflicts=True
    )
    done("C", agency, fields=["categories", "answer_times"])
    return len(made)
