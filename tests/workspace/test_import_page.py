"""S20, the import page: a dry run with its differences, a yes, the rejects; and what a body sets for itself."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from cortile.accounts.models import RegistryImport
from cortile.homes.models import Building
from cortile.kit.models import StoredFile
from cortile.listening.models import AnswerTime, Category
from tests import cast
from tests.accounts.delivery import WHOLE
from tests.sessions import Enter

HOUSE = "/scrivania/amministrazione/"
PAGE = f"{HOUSE}importazione/"


def sheets(changed: dict[str, str] | None = None) -> list[SimpleUploadedFile]:
    """Return the five lists as a browser sends them."""
    return [SimpleUploadedFile(name, text.encode()) for name, text in (WHOLE | (changed or {})).items()]


def upload(enter: Enter, files: list[SimpleUploadedFile], who: str = "nadia") -> HttpResponse:
    """Send files for a dry run."""
    return enter(who).post(PAGE, {"lists": files})  # type: ignore[return-value]  # the client's own response


def zipped(lists: dict[str, str]) -> SimpleUploadedFile:
    """Return the lists in one ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name, text in lists.items():
            box.writestr(f"anagrafe/{name}", text)
    return SimpleUploadedFile("anagrafe.zip", out.getvalue())


def imported() -> bool:
    """Tell whether the building of the delivery is in the house."""
    return Building.objects.filter(code="B1").exists()


def test_a_dry_run_writes_nothing_and_says_what_would(enter: Enter) -> None:
    assert upload(enter, sheets()).status_code == 302
    shown = enter("nadia").get(PAGE).content.decode()
    assert "non abbiamo ancora scritto niente" in shown
    assert not imported()


def test_a_yes_takes_it_in_and_forgets_the_files(enter: Enter) -> None:
    upload(enter, sheets())
    enter("nadia").post(f"{PAGE}conferma/")
    assert imported()
    assert not StoredFile.objects.filter(room="accounts.delivery").exists()
    assert RegistryImport.objects.latest("pk").state == "done"


def test_a_zip_does_as_well(enter: Enter) -> None:
    upload(enter, [zipped(WHOLE)])
    enter("nadia").post(f"{PAGE}conferma/")
    assert imported()


def test_the_differences_are_shown(enter: Enter) -> None:
    for changed in ({}, {"edifici.csv": WHOLE["edifici.csv"].replace("Via delle Rondini", "Via dei Merli")}):
        upload(enter, sheets(changed))
        if not changed:
            enter("nadia").post(f"{PAGE}conferma/")
    shown = enter("nadia").get(PAGE).content.decode()
    assert "Via delle Rondini" in shown
    assert "Via dei Merli" in shown


def test_a_bad_row_stays_out_alone_with_its_cure(enter: Enter) -> None:
    upload(enter, sheets({"persone.csv": WHOLE["persone.csv"].replace("14/03/1948", "40/03/1948")}))
    run = RegistryImport.objects.latest("pk")
    answer = enter("nadia").get(f"{PAGE}{run.pk}/persone.csv")
    assert answer.content.decode("utf-8-sig").startswith("codice;cognome")
    assert "data_nascita" in answer.content.decode()


def test_another_bodys_rejects_are_not_found(enter: Enter) -> None:
    upload(enter, sheets({"persone.csv": WHOLE["persone.csv"].replace("14/03/1948", "40/03/1948")}))
    run = RegistryImport.objects.latest("pk")
    assert enter("anna").get(f"{PAGE}{run.pk}/persone.csv").status_code == 404
    assert enter("nadia").get(f"{PAGE}{run.pk}/altro.csv").status_code == 404


def test_another_body_sees_no_delivery_of_ours(enter: Enter) -> None:
    upload(enter, sheets())
    assert "scritto niente" not in enter("anna").get(PAGE).content.decode()
    enter("anna").post(f"{PAGE}conferma/")
    assert not imported()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("edifici.csv", b"codice;via\nB1;Via A\n", "mancano le colonne"),
        ("edifici.csv", b"", "vuoto"),
        ("foto.csv", b"%PDF-1.4 x", "non un CSV"),
        ("tutto.zip", b"non uno zip", "non si apre"),
        ("elenco.csv", b"a;b\n1;2\n", "Non riconosco"),
    ],
)
def test_a_wrong_file_gets_one_clear_sentence(enter: Enter, name: str, content: bytes, said: str) -> None:
    answer = upload(enter, [SimpleUploadedFile(name, content)])
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_no_file_is_told_too(enter: Enter) -> None:
    answer = enter("nadia").post(PAGE, {})
    assert answer.status_code == 422
    assert "Mancano i file." in answer.content.decode()


def test_the_wrong_delivery_is_thrown_away(enter: Enter) -> None:
    upload(enter, sheets())
    enter("nadia").post(f"{PAGE}scarta/")
    enter("nadia").post(f"{PAGE}conferma/")
    assert not imported()


@pytest.mark.parametrize("who", ["marta", "paola", "salvatore", "ornella", "federica"])
def test_nobody_else_imports(enter: Enter, who: str) -> None:
    assert enter(who).get(PAGE).status_code == 404
    assert upload(enter, sheets(), who=who).status_code == 404


# --- what a body sets for itself ---


def test_a_lead_changes_a_category(enter: Enter) -> None:
    words = {"code": "T01", "label": "Ascensore guasto", "nature": "technical", "chip": "faults", "active": "on"}
    enter("paola").post(f"{HOUSE}categorie/", words)
    assert cast.category().label == "Ascensore guasto"
    assert Category.objects.get(agency__code="aler-lodi", code="T01").label == "Ascensore fermo"


def test_violence_is_never_a_category(enter: Enter) -> None:
    words = {"code": "V1", "label": "Violenza in casa", "nature": "social", "chip": "other", "active": "on"}
    answer = enter("paola").post(f"{HOUSE}categorie/", words)
    assert answer.status_code == 422
    assert "non può stare" in answer.content.decode()


def test_an_answer_time_is_the_bodys_own(enter: Enter) -> None:
    enter("nadia").post(f"{HOUSE}tempi/", {"chip": "", "urgency": "normal", "working_days": "2"})
    line = AnswerTime.objects.get(agency__code="aler-milano", chip="", urgency="normal")
    assert (line.working_days, line.to_confirm) == (2, False)


def test_seventy_days_is_no_answer_time(enter: Enter) -> None:
    answer = enter("nadia").post(f"{HOUSE}tempi/", {"chip": "", "urgency": "normal", "working_days": "70"})
    assert answer.status_code == 422


def test_a_community_manager_sets_nothing(enter: Enter) -> None:
    for page in ("", "categorie/", "tempi/"):
        assert enter("marta").get(HOUSE + page).status_code == 404
