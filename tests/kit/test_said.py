"""Words, addresses and icons answered from memory are the ones Django would say."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from cortile.kit.templatetags.said import Address, Said

pytestmark = pytest.mark.pure


def said(markup: str, **values: object) -> str:
    """Return a template's words."""
    return Template(markup).render(Context(values))


@pytest.mark.parametrize("language", ["it", "ar", "en"])
def test_fixed_words_are_said_in_each_language(language: str) -> None:
    with translation.override(language):
        assert said('{% translate "Richieste" %}') == translation.gettext("Richieste")


def test_one_template_speaks_the_language_of_each_page() -> None:
    template = Template('{% translate "Richieste" %}')
    with translation.override("it"):
        before = template.render(Context())
    with translation.override("ar"):
        assert template.render(Context()) != before


def test_a_percent_sign_stays_one() -> None:
    assert said('{% translate "il 38 % ascolto" %}') == "il 38 % ascolto"


def test_words_that_vary_are_escaped_as_ever() -> None:
    assert said("{% translate words %}", words="<b>") == "&lt;b&gt;"


def test_words_kept_in_a_variable_still_work() -> None:
    assert said('{% translate "Richieste" as found %}[{{ found }}]') == "[Richieste]"


def test_only_literals_are_remembered() -> None:
    assert isinstance(Template('{% translate "Richieste" %}').nodelist[0], Said)
    assert isinstance(Template('{% url "workspace:today" %}').nodelist[0], Address)
    assert not isinstance(Template("{% translate words %}").nodelist[0], Said)


def test_a_fixed_address_is_found_and_one_with_values_too() -> None:
    assert said('{% url "workspace:today" %}') == "/scrivania/"
    assert said('{% url "workspace:thread" number %}', number=1042) == "/scrivania/richieste/1042/"


@pytest.mark.parametrize("number", [7, "8"])
def test_an_address_around_a_number_is_the_one_django_finds(number: object) -> None:
    found = said('{% url "workspace:thread" number %}', number=number)
    assert found == reverse("workspace:thread", args=[number])


def test_an_address_around_nothing_is_refused() -> None:
    with pytest.raises(NoReverseMatch):
        said('{% url "workspace:thread" number %}', number="")


def test_an_icon_is_drawn_by_name_fixed_or_not() -> None:
    assert said('{% icon "check" %}') == said("{% icon name %}", name="check")


@pytest.mark.parametrize("markup", ['{% icon "nothing-drawn" %}', "{% icon %}"])
def test_an_icon_nobody_drew_stops_the_page(markup: str) -> None:
    with pytest.raises((KeyError, TemplateSyntaxError, IndexError)):
        said(markup)
