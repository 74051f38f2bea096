"""Fields and their widgets drawn in Python: a page of twenty fields would otherwise spend most of its time in templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from cortile.kit import pages

Drawn = Callable[[dict[str, Any]], str]
Widget = Mapping[str, Any]
CHECKBOX = "checkbox"


def draw(template: str, context: dict[str, Any]) -> SafeString | None:
    """Return the markup of a field or a widget, or None for a template we do not draw ourselves."""
    found = DRAWN.get(template)
    # Every value below went through ``conditional_escape``.
    return mark_safe(found(context)) if found is not None else None  # noqa: S308 -- escaped piece by piece


def attributes(found: Widget) -> str:
    """Return attributes as Django's own template writes them: True stands alone, False and None stay out."""
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(str(value))}"'
        for name, value in found.items()
        if value is not False and value is not None
    )


def _input(widget: Widget) -> str:
    value = widget["value"]
    said = f' value="{conditional_escape(str(value))}"' if value is not None else ""
    return f'<input type="{widget["type"]}" name="{conditional_escape(widget["name"])}"{said}{attributes(widget["attrs"])}>'


def _textarea(widget: Widget) -> str:
    name, value = conditional_escape(widget["name"]), conditional_escape(widget["value"] or "")
    return f'<textarea name="{name}"{attributes(widget["attrs"])}>\n{value}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{conditional_escape(widget["name"])}"{attributes(widget["attrs"])}>{groups}</select>'


def _group(name: str | None, options: list[Widget]) -> str:
    inside = "".join(
        f'<option value="{conditional_escape(str(o["value"]))}"{attributes(o["attrs"])}>{conditional_escape(o["label"])}</option>'
        for o in options
    )
    return f'<optgroup label="{conditional_escape(name)}">{inside}</optgroup>' if name else inside


def _taps(widget: Widget, opening: str) -> str:
    inside = "".join(
        f'<label class="opt" for="{o["attrs"]["id"]}">{_input(o)}<span>{conditional_escape(o["label"])}</span></label>'
        for _, options, _ in widget["optgroups"]
        for o in options
    )
    return f"{opening}{inside}</div>"


def _field(field: Any) -> str:  # noqa: ANN401 -- Django's BoundField, without types of its own here
    wrong = " wrong" if field.errors else ""
    label, ticked = (
        conditional_escape(field.label or ""),
        field.field.widget.input_type == CHECKBOX if hasattr(field.field.widget, "input_type") else False,
    )
    if field.use_fieldset:
        described = f' aria-describedby="{found}"' if (found := field.aria_describedby) else ""
        legend = f"<legend>{label}</legend>" if label else ""
        return f'<fieldset class="field{wrong}" id="{field.auto_id}"{described}>{legend}{_beside(field)}{field}</fieldset>'
    if ticked:
        tap = f'<label class="opt" for="{field.id_for_label}">{field}<span>{label}</span></label>'
        return f'<div class="field{wrong}">{_beside(field)}{tap}</div>'
    name = f'<label class="name" for="{field.id_for_label}">{label}</label>' if label else ""
    return f'<div class="field{wrong}">{name}{_beside(field)}{field}</div>'


def _beside(field: Any) -> str:  # noqa: ANN401 -- as above
    """Return the hint and the errors of a field."""
    hint = conditional_escape(field.help_text) if field.help_text else ""
    found = f'<p class="hint" id="{field.auto_id}_helptext">{hint}</p>' if hint else ""
    if not field.errors:
        return found
    alert = pages.icon("alert")
    wrong = "".join(f'<p class="error">{alert}<span>{conditional_escape(e)}</span></p>' for e in field.errors)
    return f'{found}<div id="{field.auto_id}_error">{wrong}</div>'


_INPUTS = ("text", "number", "date", "email", "hidden", "checkbox", "file", "url", "time", "password", "input")
DRAWN: dict[str, Drawn] = {
    **{f"django/forms/widgets/{name}.html": lambda context: _input(context["widget"]) for name in _INPUTS},
    "django/forms/widgets/textarea.html": lambda context: _textarea(context["widget"]),
    "django/forms/widgets/select.html": lambda context: _select(context["widget"]),
    "kit/widgets/cards.html": lambda context: _taps(context["widget"], "<div>"),
    "kit/widgets/chips.html": lambda context: _taps(context["widget"], '<div class="chips">'),
    "kit/forms/field.html": lambda context: _field(context["field"]),
}
