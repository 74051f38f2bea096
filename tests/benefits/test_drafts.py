"""A draft: kept at every page, found again with its code on any device, and nobody else's."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from cortile.benefits import actions, codes
from cortile.benefits.actions.drafts import LIFE
from cortile.benefits.models import ApplicationDraft, Document
from cortile.kit import clock
from cortile.kit.actor import PUBLIC, Actor, system
from cortile.kit.models import StoredFile
from cortile.kit.refusals import NotVisible, Refused
from cortile.people import actions as people
from tests import cast
from tests.benefits import notices

STRANGER = replace(PUBLIC, source="app 203.0.113.7")
WRONG = "LUNA-RIVA-0000"


def begun(by: Actor | None = None, **answers: str) -> ApplicationDraft:
    """Begin Adele's application, by herself unless somebody helps."""
    call = notices.published().call_id
    return actions.keep_draft(call, cast.person("adele"), by=by or cast.herself("adele"), answers=answers or {"isee": "unknown"})


def kept(draft: ApplicationDraft) -> dict[str, str]:
    """Return what stands in a draft now."""
    return dict(ApplicationDraft.objects.get(pk=draft.pk).answers)


@pytest.mark.pure
def test_there_are_words_enough_and_each_is_easy() -> None:
    assert len(codes.easy_words()) >= 512
    assert all(re.fullmatch("[a-z]{4,8}", word) for word in codes.easy_words())


@pytest.mark.pure
@given(st.integers(0, 9999), st.sampled_from([" ", "-", ", ", "  "]))
def test_a_code_is_read_however_it_is_typed(digits: int, between: str) -> None:
    assert codes.tidy(f"luna{between}Riva{between}{digits:04d}") == f"LUNA-RIVA-{digits:04d}"


@pytest.mark.pure
@pytest.mark.parametrize("typed", ["", "luna", "luna riva", "luna riva 48", "4827"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert codes.tidy(typed) == ""


def test_only_the_mark_of_a_code_is_kept() -> None:
    draft = begun()
    assert draft.code
    assert draft.code not in str(ApplicationDraft.objects.filter(pk=draft.pk).values().get())


def test_the_code_is_drawn_once() -> None:
    begun()
    again = actions.keep_draft(
        ApplicationDraft.objects.get().call_id, cast.person("adele"), by=cast.herself("adele"), answers={"iban": "IT"}
    )
    assert again.code == ""
    assert kept(again) == {"isee": "unknown", "iban": "IT"}


def test_a_stranger_with_the_code_goes_on_typing() -> None:
    draft = begun()
    actions.keep_typed(draft.code, by=STRANGER, answers={"helper": "Lucia"})
    assert kept(draft)["helper"] == "Lucia"


def test_a_wrong_code_types_nothing() -> None:
    begun()
    with pytest.raises(NotVisible):
        actions.keep_typed(WRONG, by=STRANGER, answers={"helper": "Lucia"})


def test_a_code_opens_for_thirty_days_and_no_longer() -> None:
    draft = begun()
    with clock.frozen(cast.NOW + LIFE - timedelta(minutes=1)):
        assert actions.resume_draft(draft.code, by=STRANGER) == draft
    with clock.frozen(cast.NOW + LIFE):
        assert actions.resume_draft(draft.code, by=STRANGER) is None


def test_an_old_draft_begins_again_with_another_code() -> None:
    draft = begun()
    with clock.frozen(cast.NOW + LIFE):
        again = actions.keep_draft(draft.call_id, cast.person("adele"), by=cast.herself("adele"), answers={"helper": "Lucia"})
    assert again.pk == draft.pk
    assert again.code not in {"", draft.code}
    assert kept(again) == {"helper": "Lucia"}


def test_ten_wrong_codes_in_an_hour_are_enough() -> None:
    draft = begun()
    assert [actions.resume_draft(WRONG, by=STRANGER) for _ in range(10)] == [None] * 10
    assert actions.resume_draft(draft.code, by=STRANGER) is None
    with clock.frozen(cast.NOW + timedelta(hours=1)):
        assert actions.resume_draft(draft.code, by=STRANGER) == draft


def test_nine_wrong_codes_leave_room_for_the_right_one() -> None:
    draft = begun()
    for _ in range(9):
        actions.resume_draft(WRONG, by=STRANGER)
    assert actions.resume_draft(draft.code, by=STRANGER) == draft


def test_another_person_signed_in_finds_nothing_with_her_code() -> None:
    assert actions.resume_draft(begun().code, by=cast.herself("samira")) is None


def test_a_desk_of_another_body_finds_nothing_with_her_code() -> None:
    assert actions.resume_draft(begun().code, by=cast.at_desk("sara")) is None


def test_an_operator_of_the_body_goes_on_with_her() -> None:
    draft = begun()
    assert actions.resume_draft(draft.code, by=cast.at_desk("marta")) == draft


def test_a_desk_that_may_not_apply_finds_nothing() -> None:
    assert actions.resume_draft(begun().code, by=cast.at_desk("silvia")) is None


def test_a_new_code_shuts_the_old_one() -> None:
    draft = begun()
    again = actions.renew_code(draft.pk, by=cast.herself("adele"))
    assert actions.resume_draft(draft.code, by=STRANGER) is None
    assert actions.resume_draft(again.code, by=STRANGER) == draft


def test_nobody_renews_the_code_of_another_person() -> None:
    draft = begun()
    with pytest.raises(NotVisible):
        actions.renew_code(draft.pk, by=cast.herself("samira"))


def test_who_signed_no_contract_begins_nothing() -> None:
    guest = people.register(cast.agency(), by=cast.SYSTEM, given_name="Omar", code="guest")
    with pytest.raises(Refused) as found:
        actions.keep_draft(notices.published().call_id, guest, by=cast.at_desk("paola"), answers={})
    assert found.value.code == "no-contract"


def test_a_custodian_helps_nobody_apply(salvatore: Actor) -> None:
    with pytest.raises(NotVisible):
        begun(by=salvatore)


pages = st.sampled_from(["isee", "iban", "helper", "words", "said_band"])
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20)


@given(st.lists(st.tuples(pages, words), max_size=8))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_typed_survives_any_order_of_pages(typed: list[tuple[str, str]]) -> None:
    draft = ApplicationDraft.objects.first() or begun()
    before = kept(draft)
    for name, text in typed:
        actions.keep_draft(draft.call_id, cast.person("adele"), by=cast.herself("adele"), answers={name: text})
    assert kept(draft) == before | dict(typed)


def test_a_page_that_wrote_over_the_others_would_be_caught() -> None:
    """The negative control of the property above: the last page alone."""
    draft = begun(isee="unknown")
    actions.keep_draft(draft.call_id, cast.person("adele"), by=cast.herself("adele"), answers={"iban": "IT"})
    assert kept(draft) != {"iban": "IT"}


def brought(draft: ApplicationDraft, by: Actor, **changed: Any) -> Document:  # noqa: ANN401 -- the act's own arguments
    """Bring the sheet of an ISEE with a draft."""
    about: dict[str, Any] = {"kind": "ISEE", "upload": photo(), "size": 10, "dated_on": date(2026, 2, 2)}
    return actions.bring_paper(draft.pk, by=by, **(about | changed))


def photo() -> io.BytesIO:
    """Return a photo of a sheet with lines on it."""
    image, out = Image.new("RGB", (1200, 800), "white"), io.BytesIO()
    for line in range(0, 800, 20):
        image.paste("black", (0, line, 1200, line + 6))
    image.save(out, "JPEG")
    out.seek(0)
    return out


def test_a_second_paper_of_a_kind_takes_the_place_of_the_first() -> None:
    draft, by = begun(), cast.herself("adele")
    first, second = brought(draft, by), brought(draft, by)
    assert list(Document.objects.values_list("pk", flat=True)) == [second.pk]
    assert not StoredFile.objects.filter(pk=first.file_id).exists()


def test_a_draft_nobody_sent_in_time_is_deleted_with_its_papers() -> None:
    draft = begun()
    file = brought(draft, cast.herself("adele")).file_id
    with clock.frozen(draft.expires_at):
        assert actions.drop_old_drafts(cast.agency(), by=system("veglia", agency_id=draft.agency_id)) == 1
    assert not ApplicationDraft.objects.exists()
    assert not StoredFile.objects.filter(pk=file).exists()


def test_a_draft_still_in_time_stays() -> None:
    draft = begun()
    assert actions.drop_old_drafts(cast.agency(), by=system("veglia", agency_id=draft.agency_id)) == 0
    assert ApplicationDraft.objects.exists()


def test_nobody_at_a_desk_drops_drafts() -> None:
    with pytest.raises(NotVisible):
        actions.drop_old_drafts(cast.agency(), by=cast.at_desk("federica"))


def test_an_old_draft_begun_again_keeps_no_paper_of_before() -> None:
    draft = begun()
    brought(draft, cast.herself("adele"))
    with clock.frozen(draft.expires_at):
        actions.keep_draft(draft.call_id, cast.person("adele"), by=cast.herself("adele"), answers={"isee": "unknown"})
    assert not Document.objects.exists()


def test_a_paper_the_call_does_not_ask_for_is_refused() -> None:
    with pytest.raises(Refused) as found:
        actions.bring_paper(
            begun().pk, by=cast.herself("adele"), kind="Passaporto", upload=photo(), size=10, dated_on=date(2026, 2, 2)
        )
    assert found.value.code == "paper-unknown"


def test_nobody_puts_a_paper_in_another_person_s_draft() -> None:
    draft = begun()
    with pytest.raises(NotVisible):
        brought(draft, cast.herself("samira"))


def test_nobody_takes_a_paper_out_of_another_person_s_draft() -> None:
    draft, by = begun(), cast.herself("adele")
    paper = brought(draft, by)
    with pytest.raises(NotVisible):
        actions.remove_paper(draft.pk, paper.pk, by=cast.herself("samira"))
    actions.remove_paper(draft.pk, paper.pk, by=by)
    assert not Document.objects.exists()
