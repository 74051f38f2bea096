"""When a service is open, written by hand: the week, and the days that are special."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.directory import actions, reads, words
from cortile.directory.rules.hours import DAYS, Hours
from cortile.kit import clock
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import DAY_FORMATS, Form, refusals_on

# A morning and an afternoon for each day of the week; days that are special already written, and as many more.
SPANS, MORE = 2, 3


def _hour(label: object) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "aria-label": str(label)})
    return forms.TimeField(required=False, widget=widget, error_messages={"invalid": _("Scrivi l'ora così: 9:30.")})


class WeekForm(Form):
    """Seven days with two openings each, and the special days; an opening is two hours, or none."""

    def __init__(self, *args: Any, special: int, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.special = special
        for day in DAYS:
            for n in range(SPANS):
                self._span(f"{day}_{n}", words.DAY_LABELS[day])
        for n in range(special):
            self.fields[f"day_{n}"] = forms.DateField(
                required=False, input_formats=DAY_FORMATS, error_messages={"invalid": _("Questa data non esiste.")},
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "aria-label": str(_("Giorno speciale"))}),
            )  # fmt: skip
            self._span(f"special_{n}", _("Giorno speciale"))

    def _span(self, name: str, said: object) -> None:
        self.fields[f"{name}_from"] = _hour(_("%(day)s, dalle") % {"day": said})
        self.fields[f"{name}_to"] = _hour(_("%(day)s, alle") % {"day": said})

    def clean(self) -> dict[str, Any]:
        """Refuse an opening with one hour only, and a special opening without its day."""
        told = self.cleaned_data
        for name in [key.removesuffix("_from") for key in told if key.endswith("_from")]:
            if bool(told.get(f"{name}_from")) != bool(told.get(f"{name}_to")):
                self.add_error(f"{name}_to", _("Mancano un'ora di inizio o di fine."))
        for n in range(self.special):
            if told.get(f"special_{n}_from") and not told.get(f"day_{n}"):
                self.add_error(f"day_{n}", _("Manca il giorno."))
        return told

    @property
    def lines(self) -> list[Hours]:
        """Return the lines of hours the form says: days with the same hours are still a line each."""
        told = self.cleaned_data
        spans = [(day, told[f"{day}_{n}_from"], told[f"{day}_{n}_to"]) for day in DAYS for n in range(SPANS)]
        week = [Hours(freq="WEEKLY", byday=(day,), opens=a, closes=b) for day, a, b in spans if a]
        dates = [(told[f"day_{n}"], told[f"special_{n}_from"], told[f"special_{n}_to"]) for n in range(self.special)]
        return week + [Hours(exception=True, since=day, opens=a, closes=b) for day, a, b in dates if day]

    @property
    def week(self) -> list[tuple[object, list[tuple[Any, Any]]]]:
        """Return the fields of each day of the week."""
        return [(words.DAY_LABELS[d], [(self[f"{d}_{n}_from"], self[f"{d}_{n}_to"]) for n in range(SPANS)]) for d in DAYS]

    @property
    def days(self) -> list[tuple[Any, Any, Any]]:
        """Return the fields of each special day."""
        return [(self[f"day_{n}"], self[f"special_{n}_from"], self[f"special_{n}_to"]) for n in range(self.special)]


@opens("keep directory", methods="GET POST", sample="/scrivania/servizi/1/orari/")
def opening(request: HttpRequest, service_id: int) -> HttpResponse:
    """Write the hours of a card; lines this page cannot show stay as they are."""
    found = reads.card_to_edit(service_id, by=current())
    initial, special, others = _told(found.schedules.all())
    form = WeekForm(request.POST or None, initial=initial, special=special + MORE)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.set_hours(service_id, by=current(), lines=form.lines, keep=[line.pk for line in others])
            return redirect("workspace:directory_card", service_id)
    shown = {"tab": "directory", "service": found, "form": form, "others": others}
    return render(request, "workspace/directory/hours.html", shown, status=form.status)


def _told(lines: Any) -> tuple[dict[str, Any], int, list[Any]]:  # noqa: ANN401 -- rows closed to doors
    """Return what the form shows of some lines, how many special days, and the lines it cannot show."""
    initial: dict[str, Any] = {}
    others, special, today = [], 0, clock.today()
    for line in lines:
        if line.exception and line.valid_from >= today:
            initial |= {f"day_{special}": line.valid_from} | _span(f"special_{special}", line)
            special += 1
        elif not _fits(line, initial):
            others.append(line)
        else:
            for day in line.byday.split(","):
                initial |= _span(f"{day}_{_free(initial, day)}", line)
    return initial, special, others


def _fits(line: Any, initial: dict[str, Any]) -> bool:  # noqa: ANN401 -- as above
    """Tell whether the week shows a line whole: every week, with hours, without words or dates, and room in each of its days."""
    plain = line.freq == "WEEKLY" and line.interval == 1 and not (line.exception or line.valid_from or line.valid_to)
    bare = plain and line.opens_at and line.closes_at and not line.description
    return bool(bare) and all(day in DAYS and _free(initial, day) < SPANS for day in line.byday.split(","))


def _free(initial: dict[str, Any], day: str) -> int:
    return next((n for n in range(SPANS) if f"{day}_{n}_from" not in initial), SPANS)


def _span(name: str, line: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
    return {f"{name}_from": line.opens_at, f"{name}_to": line.closes_at}
