"""The office edits a call in sentences, counts it on everybody, compares, goes back: and tries «e se…»."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cortile.benefits import reads
from cortile.benefits.models import CallVersion
from tests import cast
from tests.accounts import facts
from tests.benefits import notices
from tests.sessions import Enter

CALLS = "/scrivania/contributi/avvisi/"


def page(version: CallVersion, what: str = "modifica/") -> str:
    """Return an address of a version."""
    return f"{CALLS}{version.pk}/{what}"


def on_page(html: str) -> dict[str, Any]:
    """Return what a browser would send of the edit form, left as it is."""
    said: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" in at and (at.get("type") != "checkbox" or " checked" in tag) and at["name"] not in {"csrfmiddlewaretoken", "q"}:
            said[at["name"]] = at.get("value", "on").replace("&#x27;", "'").replace("&quot;", '"')
    for name, text in re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL):
        said[name] = text.replace("&#x27;", "'")
    for name, inside in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        said[name] = chosen[1] if chosen else ""
    return said


def edited(enter: Enter, version: CallVersion, act: str, **changed: str) -> Any:  # noqa: ANN401 -- the test client's answer
    """Send the form of a version with something typed over it."""
    client = enter("federica")
    said = on_page(client.get(page(version)).content.decode())
    return client.post(page(version), said | {k.replace("__", "-"): v for k, v in changed.items()} | {"act": act})


def text(answer: Any) -> str:  # noqa: ANN401 -- as above
    """Return what a page says."""
    return str(answer.content.decode())


def test_a_call_begins_from_the_catalogue(enter: Enter) -> None:
    answer = enter("federica").post(f"{CALLS}nuovo/", {"code": "2026/7", "source": "solidarity"})
    version = CallVersion.objects.get(call__code="2026/7")
    assert (answer["Location"], version.state, version.call.programme) == (page(version), "draft", "solidarity")


def test_or_as_a_copy_of_one_that_is_there(enter: Enter) -> None:
    older = notices.published(envelope_cents=7)
    enter("federica").post(f"{CALLS}nuovo/", {"code": "2027/1", "source": f"v{older.pk}"})
    assert CallVersion.objects.get(call__code="2027/1").terms_data == older.terms_data


def test_a_form_left_alone_changes_nothing_but_the_shape_of_the_base(enter: Enter) -> None:
    version = notices.drafted()
    edited(enter, version, "save")
    before = version.rule_data
    version.refresh_from_db()
    assert version.rule_data == before


def test_a_threshold_is_changed_inside_its_sentence(enter: Enter) -> None:
    version = notices.drafted()
    edited(enter, version, "save", p__isee_most="18.000")
    assert "L'ISEE non supera 18.000 euro." in text(enter("federica").get(page(version, ""))).replace("&#x27;", "'")


def test_counting_says_who_and_how_much_and_keeps_nothing(enter: Enter) -> None:
    facts.band_of(), facts.isee_of(), facts.charge_of()
    version = notices.published()
    said = text(edited(enter, version, "count", p__isee_most="18.000"))
    assert ("Hanno i requisiti" in said, 'value="18.000"' in said, CallVersion.objects.count()) == (True, True, 1)


def test_one_household_is_never_a_number(enter: Enter) -> None:
    facts.band_of(), facts.isee_of(), facts.charge_of()
    said = text(edited(enter, notices.published(), "count"))
    assert re.search(r"Hanno i requisiti <strong>(meno di 5|non mostrato)<", said)


def test_a_published_version_becomes_another_one(enter: Enter) -> None:
    version = notices.published()
    edited(enter, version, "save", envelope="5")
    newest = CallVersion.objects.latest("pk")
    assert (newest.number, newest.state, newest.terms.envelope_cents, newest.call_id) == (2, "draft", 500, version.call_id)


def test_what_is_wrong_is_named_and_what_was_typed_is_still_there(enter: Enter) -> None:
    answer = edited(enter, notices.drafted(), "save", p__cap="molti", title="Un titolo nuovo")
    assert (answer.status_code, 'value="molti"' in text(answer), "Un titolo nuovo" in text(answer)) == (422, True, True)


def test_when_it_takes_effect_is_written(enter: Enter) -> None:
    version = notices.drafted()
    edited(enter, version, "save", takes_effect="2026-04-01T08:00")
    version.refresh_from_db()
    assert version.terms_data["takes_effect"] == "2026-04-01T06:00:00+00:00"


@pytest.mark.parametrize("who", ["marta", "silvia", "salvatore", "roberto", "paola", "sara"])
@pytest.mark.parametrize("what", ["modifica/", "../../prova/{}/"])
def test_nobody_else_edits_or_tries(who: str, what: str, enter: Enter) -> None:
    version = notices.published()
    address = page(version) if what == "modifica/" else f"/scrivania/contributi/prova/{version.pk}/"
    assert enter(who).get(address).status_code == 404


def test_two_versions_are_compared_in_sentences(enter: Enter) -> None:
    first = notices.published()
    second = notices.published(envelope_cents=2_000_000_00, territory=["San Siro"])
    said = text(enter("federica").get(f"{CALLS}{first.pk}/confronta/{second.pk}/"))
    assert ("1.000.000 euro" in said, "2.000.000 euro" in said, "San Siro" in said, "Per quante persone" in said) == (True,) * 4


def test_who_signs_reads_the_sentences_and_no_count(enter: Enter) -> None:
    first, second = notices.published(), notices.published(envelope_cents=5)
    said = text(enter("paola").get(f"{CALLS}{first.pk}/confronta/{second.pk}/"))
    assert ("0,05 euro" in said, "Per quante persone" in said) == (True, False)


def test_going_back_writes_a_draft_like_the_old_one(enter: Enter) -> None:
    first = notices.published()
    notices.published(envelope_cents=5)
    answer = enter("federica").post(page(first, ""), {"act": "again"})
    assert (answer.status_code, CallVersion.objects.latest("pk").rule_data) == (302, first.rule_data)


# --- «E se…» ---


def what_if(enter: Enter, version: CallVersion, **typed: str) -> Any:  # noqa: ANN401 -- as above
    """Try figures."""
    return enter("federica").get(f"/scrivania/contributi/prova/{version.pk}/", {k.replace("__", "-"): v for k, v in typed.items()})


def test_a_slider_that_was_moved_counts_without_a_script(enter: Enter) -> None:
    moved = {"was__p__isee_most": "15.000", "stood__p__isee_most": "15000", "p__isee_most": "15.000", "s__p__isee_most": "18000"}
    assert 'name="p-isee_most" value="18000"' in text(what_if(enter, notices.published(), **moved))


def test_and_what_was_typed_counts_more(enter: Enter) -> None:
    both = {"was__p__isee_most": "15.000", "stood__p__isee_most": "15000", "p__isee_most": "16.000", "s__p__isee_most": "18000"}
    assert 'name="p-isee_most" value="16.000"' in text(what_if(enter, notices.published(), **both))


def test_a_figure_that_is_none_is_refused(enter: Enter) -> None:
    answer = what_if(enter, notices.published(), p__cap="x")
    assert (answer.status_code, "Ricevono" in text(answer)) == (422, False)


def test_figures_tried_go_into_a_draft(enter: Enter) -> None:
    said = text(enter("federica").get(page(notices.published()), {"p-isee_most": "18.000"}))
    assert 'name="p-isee_most" value="18.000"' in said


# --- invitations ---


def looked(enter: Enter) -> str:
    """Have Adele look entitled, and Federica run the search."""
    facts.band_of(), facts.isee_of(), facts.charge_of()
    return text(enter("federica").post(page(notices.published(), ""), {"act": "look", "motivo": "Avviso energia"}))


def test_the_office_reads_how_many_and_no_name(enter: Enter) -> None:
    said = looked(enter)
    assert ("meno di 5" in said, "Brambilla" in said) == (True, False)


def test_who_calls_reads_a_name_and_a_number_and_no_figure(enter: Enter) -> None:
    looked(enter)
    said = text(enter("marta").get("/scrivania/inviti/"))
    assert ("Adele Brambilla" in said, "02 5550 100" in said) == (True, True)
    assert not re.search(r"ISEE|12\.400|825|412|accesso|fascia|debito|euro", said.split("<main", 1)[1].split("</main", 1)[0])


def test_and_writes_what_came_of_it(enter: Enter) -> None:
    looked(enter)
    client = enter("marta")
    line = re.search(r'name="invito" value="(\d+)"', text(client.get("/scrivania/inviti/")))
    assert line
    client.post("/scrivania/inviti/", {"invito": line[1], "act": "invited"})
    assert "invitata" in text(client.get("/scrivania/inviti/"))


@pytest.mark.parametrize("invito", ["", "x", "999999"])
def test_an_invitation_that_is_not_there_is_not_there(invito: str, enter: Enter) -> None:
    assert enter("marta").post("/scrivania/inviti/", {"invito": invito, "act": "invited"}).status_code == 404


@pytest.mark.parametrize("who", ["paola", "silvia", "salvatore", "federica", "nadia", "roberto", "davide"])
def test_nobody_else_opens_the_list(who: str, enter: Enter) -> None:
    assert enter(who).get("/scrivania/inviti/").status_code == 404


def test_an_operator_writes_that_she_wants_none(enter: Enter) -> None:
    adele = cast.open_request("adele").person
    enter("marta").post(f"/scrivania/persone/{adele.pk}/inviti/", {"scelta": "1"})
    said = reads.wants_no_invitation(adele.pk)
    enter("marta").post(f"/scrivania/persone/{adele.pk}/inviti/", {"scelta": "0"})
    assert (said, reads.wants_no_invitation(adele.pk)) == (True, False)


def test_or_she_does_in_the_app(enter: Enter) -> None:
    client, adele = enter("adele"), cast.person("adele")
    client.post("/casa/io/", {"act": "no_invitations"})
    said = reads.wants_no_invitation(adele.pk)
    client.post("/casa/io/", {"act": "invitations"})
    assert (said, reads.wants_no_invitation(adele.pk)) == (True, False)
