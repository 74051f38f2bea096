"""Plain forms with the house's own look: cards to tap, chips, and errors that say how to mend them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from cortile.kit import drawing
from cortile.kit.refusals import Refused

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %m %Y"]
LONGEST_TEXT = 4000
REQUIRED = _("Manca questa risposta. Scegli o scrivi qualcosa.")


class Renderer(TemplatesSetting):
    """Draws every field with the house's template."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        """Draw fields and widgets in Python, and the rest with its template."""
        drawn = drawing.draw(template_name, context)
        return drawn if drawn is not None else mark_safe(super().render(template_name, context, request))  # noqa: S308 -- a template's own output


class Cards(forms.RadioSelect):
    """One choice, one tap, large."""

    template_name = "kit/widgets/cards.html"


class Chips(forms.RadioSelect):
    """One choice among short words, side by side."""

    template_name = "kit/widgets/chips.html"


class ManyChips(forms.CheckboxSelectMultiple):
    """Several choices among short words."""

    template_name = "kit/widgets/chips.html"


class Form(forms.Form):
    """A form that turns a refusal into its own error and never loses what was typed."""

    refused: Refused | None = None
    # True where what was typed does not come back on the page, and the page must not say so.
    forgets = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.use_required_attribute = False
        for field in self.fields.values():
            field.error_messages.setdefault("required", REQUIRED)
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = REQUIRED

    def refuse(self, refused: Refused) -> None:
        """Show a refusal as an error of the whole form."""
        self.refused = refused
        self.add_error(None, f"{refused.sentence} {refused.what_to_do}".strip())

    def refuse_all(self, wrong: Mapping[str, str]) -> None:
        """Show as errors of the whole form what is wrong with fields that are drawn elsewhere."""
        for sentence in wrong.values():
            self.add_error(None, sentence)

    def offer(self, name: str, choices: Any, initial: Any = None) -> None:  # noqa: ANN401 -- Django's own pairs
        """Fill what a field chooses from, once the form knows."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        if initial is not None:
            field.initial = initial

    @property
    def status(self) -> int:
        """Return 422 when something must be mended, 200 otherwise."""
        return 422 if self.is_bound and self.errors else 200

    @property
    def words(self) -> dict[str, Any]:
        """Return the cleaned values, for an action's keywords."""
        return dict(self.cleaned_data)


@contextlib.contextmanager
def refusals_on(form: Form) -> Iterator[None]:
    """Turn a refusal raised in the block into an error of the form."""
    try:
        yield
    except Refused as refused:
        if refused.code == "not-visible":
            raise
        form.refuse(refused)


def sent(request: HttpRequest) -> tuple[QueryDict | None, MultiValueDict[str, UploadedFile[Any]] | None]:
    """Return what a form is bound to: what was sent, files included, or nothing while it is only shown."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def typed(draft: Mapping[str, Any]) -> QueryDict:
    """Return a draft as what a browser would have sent, for a form's initial values."""
    data = QueryDict(mutable=True)
    for name, value in draft.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def text(label: Any, *, hint: Any = "", rows: int = 4, required: bool = True) -> forms.CharField:  # noqa: ANN401 -- lazy strings
    """Return a field for sentences."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows})
    )


def upload(label: Any, *, accept: str, hint: Any = "", **attributes: str) -> forms.FileField:  # noqa: ANN401 -- lazy strings
    """Return a field for a file somebody may add; what it really is, ``files`` says."""
    widget = forms.FileInput(attrs={"accept": accept, **attributes})
    return forms.FileField(label=label, help_text=hint, required=False, widget=widget)


def day(label: Any, *, hint: Any = "", required: bool = True) -> forms.DateField:  # noqa: ANN401 -- lazy strings
    """Return a field for a day to come, with the browser's own calendar where there is one."""
    return forms.DateField(
        label=label, help_text=hint, required=required, input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
        error_messages={"invalid": _("Questa data non esiste. Scrivila così: 14/03/2026.")},
    )  # fmt: skip


class TypedDay(forms.DateField):
    """A day somebody knows by heart, such as a birth date: typed, with any separator."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"})
        kwargs.setdefault("error_messages", {"invalid": _("Questa data non esiste. Scrivila così: 14/03/1948.")})
        super().__init__(input_formats=DAY_FORMATS, widget=widget, **kwargs)

    def to_python(self, value: Any) -> date | None:  # noqa: ANN401 -- Django's own signature
        """Read a date typed with or without separators."""
        bare = str(value or "").strip()
        if bare.isdigit() and len(bare) == 8:  # noqa: PLR2004 -- ddmmyyyy
            value = f"{bare[:2]}/{bare[2:4]}/{bare[4:]}"
        found: date | None = super().to_python(value)
        return found
