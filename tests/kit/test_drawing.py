"""Fields drawn in Python say what Django's own templates say, escaped."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.forms.renderers import DjangoTemplates

from cortile.kit.forms import Cards, Chips, Form, Renderer, text

pytestmark = pytest.mark.pure
CHOICES = [("a", "Uno & due"), ("b", '<b>"tre"</b>')]


class Sample(Form):
    """One field of each kind."""

    sentences = text("Che cosa", hint="Con <parole> tue")
    line = forms.CharField(label="Riga", max_length=20)
    many = forms.IntegerField(label="Quanti", min_value=1)
    day = forms.DateField(label="Giorno")
    yes = forms.BooleanField(label="Sì")
    one = forms.ChoiceField(label="Scegli", choices=CHOICES)
    card = forms.ChoiceField(label="Tocca", choices=CHOICES, widget=Cards)
    chip = forms.ChoiceField(label="Tocca ancora", choices=CHOICES, widget=Chips)
    kept = forms.CharField(widget=forms.HiddenInput, initial="x")


@pytest.mark.parametrize("name", ["sentences", "line", "many", "day", "yes", "one", "kept"])
@pytest.mark.parametrize("data", [None, {"sentences": "a <b>", "line": '"q"', "many": "3", "day": "x", "yes": "on", "one": "b"}])
def test_a_widget_is_the_one_django_draws(name: str, data: dict[str, str] | None) -> None:
    ours = str(Sample(data, renderer=Renderer())[name])
    theirs = str(Sample(data, renderer=DjangoTemplates())[name])
    assert tags(ours) == tags(theirs)


def tags(markup: str) -> list[tuple[str, dict[str, object], str]]:
    """Return the elements of a piece of markup, without its white space."""
    return [(e.name, dict(e.attrs), e.get_text(strip=True)) for e in BeautifulSoup(markup, "html.parser").find_all(True)]


@pytest.mark.parametrize("name", ["card", "chip"])
def test_a_tap_has_its_words_escaped_and_its_label(name: str) -> None:
    drawn = BeautifulSoup(str(Sample({name: "b"})[name].as_field_group()), "html.parser")
    taps = drawn.select("label.opt input[type=radio]")
    assert [t.has_attr("checked") for t in taps] == [False, True]
    assert drawn.select("label.opt span")[1].get_text() == '<b>"tre"</b>'
    assert drawn.fieldset is not None
    assert drawn.legend is not None


def test_what_is_wrong_stands_beside_the_field_and_is_named_by_it() -> None:
    drawn = BeautifulSoup(str(Sample({})["line"].as_field_group()), "html.parser")
    assert drawn.select_one(".wrong #id_line_error .error span") is not None
    field = drawn.select_one("#id_line")
    assert field is not None
    assert field["aria-invalid"] == "true"


def test_a_hint_is_escaped() -> None:
    assert "Con &lt;parole&gt; tue" in str(Sample()["sentences"].as_field_group())


def test_a_tick_has_its_words_after_it() -> None:
    drawn = BeautifulSoup(str(Sample()["yes"].as_field_group()), "html.parser")
    tap = drawn.select_one("label.opt")
    assert tap is not None
    assert [e.name for e in tap.find_all(True)] == ["input", "span"]
