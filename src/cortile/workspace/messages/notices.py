"""«Avvisi»: what is said to who lives in a building, written plainly and taken back in one tap."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cortile.homes import reads as homes
from cortile.kit import drafts
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Cards, Form, day, refusals_on, text, typed
from cortile.messages import actions, reads

KEY = "notice"
CHOOSE = _("Scegli il palazzo, o una scala.")
LONGEST_TITLE, LONGEST = 80, 120


class NoticeForm(Form):
    """Where, what, whom to call, until when. The place is one of those the address means."""

    home = forms.CharField(label=_("Dove"), help_text=_("Via e numero, per esempio: Tigli 12."), max_length=LONGEST)
    title = forms.CharField(label=_("Titolo"), help_text=_("Per esempio: «Ascensore fermo, scala B»."), max_length=LONGEST_TITLE)
    text = text(_("Testo"), hint=_("Frasi corte. Che cosa succede, fino a quando, che cosa può fare chi legge."))
    phone = forms.CharField(label=_("Numero da chiamare"), required=False, max_length=LONGEST)
    until = day(_("Fino a quando si legge"))

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        typed_in = str(self["home"].value() or "").strip()
        self.places = _places(typed_in, by) if typed_in else []
        if self.is_bound and self.places:
            where = forms.ChoiceField(
                label=_("Chi lo legge?"), widget=Cards, choices=self.places, error_messages={"required": CHOOSE}
            )
            self.fields = {"home": self.fields.pop("home"), "place": where, **self.fields}

    def clean_home(self) -> str:
        """Say so when no building answers to the address."""
        if not self.places:
            raise forms.ValidationError(_("Non troviamo questo indirizzo. Scrivilo come «Tigli 12»."))
        return str(self.cleaned_data["home"])


def _places(address: str, by: Actor) -> list[tuple[str, str]]:
    """Return whom a notice may be for: each building the address means, whole, then its stairs."""
    stairs = homes.find_stairs(by.agency_id or 0, address)
    whole = {f"b{s.building_id}": gettext("{place}: tutto il palazzo").format(place=s.building) for s in stairs}
    each = {f"s{s.pk}": f"{s.building}, {gettext('scala')} {s.name}" for s in stairs}
    return list((whole | each).items())


@opens("write notice", methods="GET POST", sample="/scrivania/avvisi/")
def notices(request: HttpRequest) -> HttpResponse:
    """Show the notices in force; write one, or take one back."""
    by = current()
    if request.method == "POST" and request.POST.get("act") == "withdraw":
        return _withdrawn(request.POST.get("id", ""), by)
    form = NoticeForm(request.POST if request.method == "POST" else None, by=by, initial=typed(drafts.find(by, KEY)).dict())
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            _write(form.words, by, once=request.POST.get("once", ""))
            drafts.drop(by, KEY)
            return redirect("workspace:notices")
    shown = {"tab": "agenda", "form": form, "notices": reads.notices(by=by)}
    return render(request, "workspace/messages/notices.html", shown, status=form.status)


def _withdrawn(number: str, by: Actor) -> HttpResponse:
    if not number.isdecimal():
        raise Http404
    actions.withdraw_notice(int(number), by=by)
    return redirect("workspace:notices")


def _write(said: dict[str, Any], by: Actor, *, once: str) -> None:
    kind, number, agency_id = said["place"][0], int(said["place"][1:]), by.agency_id or 0
    try:
        stair = homes.stair(number, agency_id=agency_id) if kind == "s" else None
        building = stair.building if stair else homes.building(number, agency_id=agency_id)
    except ObjectDoesNotExist as gone:
        raise Http404 from gone
    told = {name: said[name] for name in ("title", "text", "phone", "until")}
    actions.write_notice(building, by=by, stair=stair, once=once, **told)
