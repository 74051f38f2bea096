"""The form the gallery shows: one field of each kind."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.kit.forms import Cards, Chips, Form, ManyChips, day, text

FEW = [("a", _("Guasti")), ("b", _("Salute")), ("c", _("Altro"))]


class Sample(Form):
    """Every kind of question."""

    card = forms.ChoiceField(label=_("Una scelta, una scheda"), choices=FEW, widget=Cards)
    chip = forms.ChoiceField(label=_("Una scelta, parole brevi"), choices=FEW, widget=Chips)
    chips = forms.MultipleChoiceField(label=_("Più scelte"), choices=FEW, widget=ManyChips)
    sentence = text(_("Un testo"), hint=_("Anche solo due parole."))
    when = day(_("Un giorno"))
    photo = forms.FileField(label=_("Una foto"))
    yes = forms.BooleanField(label=_("Un sì"))
