"""Every sentence of the screens is in the files translators fill in, and each of them is filled in."""

from __future__ import annotations

import ast
import re

import pytest
from babel.messages.catalog import Catalog
from django.test import Client
from django.utils import translation

from cortile.agenda.models import Appointment
from cortile.backstage import texts
from cortile.kit.actor import Actor
from cortile.listening import actions as listening
from cortile.listening.models import HandOver, Thread
from tests import cast
from tests.agenda.booking import booked
from tests.house.source import SOURCE, calls, dotted, python_files
from tests.house.wrapped import untold, wrapped
from tests.sessions import Enter

MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
# Italian as it is spoken to whoever sits at the keyboard of the machine, or written in files that are the office's own;
# messages have a catalogue of their own.
ITALIAN_ONLY = (
    "backstage/management/", "backstage/world/", "backstage/past_list.py", "backstage/progress.py", "backstage/bench/",
    "backstage/browsing.py", "backstage/texts.py", "accounts/registry/", "kit/plain_language.py", "messages/", "kit/languages.py",
    "insight/indicators/past_answer.py",
    "agencies/truth.py", "agencies/words.py", "backstage/policy_sheet.py",  # an Italian act, for its officer
    "benefits/siuss/words.py", "benefits/siuss/outcomes.py",  # an Italian act for its officer, and what INPS is answered
    "api/siuss.py",  # what INPS is answered
    "benefits/actions/", "benefits/drafting", "workspace/benefits/edit.py",  # written in the file of an Italian act, or in a call
    "benefits/form.py",  # where a datum comes from, as the file of an Italian act says it
    "benefits/letters.py",  # what an outcome says is made of its call, in the call's own language
    "benefits/rules/", "benefits/terms.py",  # a call is an Italian act: its rule is said, and its drafter corrected, in Italian
    "api/hsds.py", "directory/hsds.py",  # what the public interface answers, in the language its cards are written in
    "directory/importing/",  # the report of a file's rows, as the registry's: it goes back to who wrote the file
    "directory/stages.py", "network/states.py",  # kinds of members are offered as data, in an open list
    "kit/sealing/",  # told by audit, seal, watch and doctor to whoever runs them; no page says it
)  # fmt: skip
ITALIAN = re.compile(
    r"\b(?:alla|alle|che|chi|con|dal|dalla|dei|del|della|delle|di|entro|già|gli|il|la|lo|manca|nel|non|per|più|questa|questo|"
    r"scegli|scrivi|sono|tuo|un|una|è)\b",
    re.IGNORECASE,
)
# Inside <bdi> the direction is the data's own: a word of ours there stands on the wrong side in Arabic.
MIXED = re.compile(r"<bdi[^>]*>(?:(?!</bdi>).)*{% (?:block)?translate[^%]*%}")
# Said in no language: names of the house and of the invented world, and what the seed calls things.
DATA = {
    "Cortile", "DATI INVENTATI", "ALER Milano", "ALER Pavia-Lodi", "Regione Lombardia", "Comune di Milano", "San Siro",
    "Ascensore fermo", "Canone e spese", "Adele", "Samira", "Gianni", "Marta", "Roberto", "Ornella",
    "Ufficio affitti", "Ufficio manutenzioni", "Via dei Tigli", "MI-001-adele",
}  # fmt: skip

TENANT = (
    "/casa/", "/casa/aiuto/", "/casa/aiuto/racconta/", "/casa/aiuto/controlla/", "/casa/richieste/{number}/ricevuta/",
    "/casa/richieste/{number}/", "/casa/messaggi/", "/casa/io/", "/casa/appuntamenti/{appointment}/",
)  # fmt: skip
EVERYBODY = (
    "/", "/casa/", "/casa/entra/", "/accessibilita/", "/privacy/", "/galleria/", "/accesso/login/", "/ufficio/", "/nessuna/",
)  # fmt: skip
STAFF = (
    ("marta", "/scrivania/"), ("marta", "/scrivania/contatto/"), ("marta", "/scrivania/contatto/chi/?q=Tigli 12 B"),
    ("marta", "/scrivania/cerca/?q=adele"), ("marta", "/scrivania/persone/{person}/"), ("marta", "/scrivania/persone/nuova/"),
    ("marta", "/scrivania/persone/{person}/scrivi/delega/"), ("marta", "/scrivania/persone/{person}/scrivi/recapito/"),
    ("marta", "/scrivania/richieste/"), ("marta", "/scrivania/richieste/?stato=chiuse"),
    ("marta", "/scrivania/richieste/{number}/"), ("marta", "/scrivania/richieste/{closed}/"),
    ("marta", "/scrivania/richieste/{number}/ricevuta/"), ("marta", "/scrivania/agenda/?persona={person}"),
    ("marta", "/scrivania/agenda/{appointment}/"), ("marta", "/scrivania/assenza/"), ("marta", "/accesso/2fa/"),
    ("paola", "/scrivania/mese/"), ("roberto", "/scrivania/mese/"), ("ornella", "/scrivania/ufficio/"),
    ("ornella", "/scrivania/ufficio/{hand_over}/"), ("nadia", "/scrivania/amministrazione/"),
    ("nadia", "/scrivania/amministrazione/categorie/"), ("nadia", "/scrivania/amministrazione/tempi/"),
    ("nadia", "/scrivania/amministrazione/accessi/"),
    ("nadia", "/scrivania/amministrazione/importazione/"), ("salvatore", "/scrivania/contatto/"),
    ("marta", "/scrivania/emergenza/"), ("marta", "/scrivania/pin/"), ("marta", "/scrivania/persone/{person}/condividi/"),
    ("paola", "/scrivania/accessi/"), ("davide", "/scrivania/condivise/"), ("salvatore", "/scrivania/visite/"),
    ("lucia", "/scrivania/ambulatorio/"),
)  # fmt: skip


@pytest.fixture
def world(thread: Thread, marta: Actor) -> dict[str, int]:
    """Give Adele a request at an office, one that is closed, and an appointment. Return the numbers that addresses need."""
    listening.say(thread, by=marta, text="Abbiamo chiamato il tecnico.")
    listening.note(thread, by=marta, text="Preferisce il mattino.")
    asked: HandOver = listening.hand_over(thread, cast.office(), by=marta, question="Chi ripara?")
    closed = listening.close(cast.open_request("adele"), by=marta, outcome="withdrawn")
    row: Appointment = booked("adele", bring="il foglio")
    return {
        "number": thread.number, "closed": closed.number, "person": thread.person_id, "hand_over": asked.pk, "appointment": row.pk
    }  # fmt: skip


@pytest.mark.pure
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    assert [*texts.wrong(texts.asked_of(language), texts.known(language))] == []


@pytest.mark.pure
@pytest.mark.parametrize(
    ("said", "noticed"),
    [
        (None, "non tradotta: «Ciao %(who)s, <b>vieni</b>»"),
        ("مرحبًا، <b>تعال</b>", "altri segnaposti: «Ciao %(who)s, <b>vieni</b>» → «مرحبًا، <b>تعال</b>»"),
        ("مرحبًا %(who)s، تعال", "altri segnaposti: «Ciao %(who)s, <b>vieni</b>» → «مرحبًا %(who)s، تعال»"),
        ("مرحبًا %(who)s، <b>تعال</b>", ""),
    ],
)
def test_a_translation_that_lost_something_is_noticed(said: str | None, noticed: str) -> None:
    source, translated = Catalog(), Catalog("ar")
    source.add("Ciao %(who)s, <b>vieni</b>")
    translated.add("Ciao %(who)s, <b>vieni</b>", said)
    assert "".join(texts.wrong(source, translated)) == noticed


@pytest.mark.pure
def test_a_sentence_nobody_wrote_down_is_noticed() -> None:
    source, translated = Catalog(), Catalog("ar")
    source.add("Nuova")
    translated.add("Vecchia", "قديم")
    assert [*texts.wrong(source, translated)] == ["manca: «Nuova»", "non serve più: «Vecchia»"]


@pytest.mark.pure
def test_an_uncertain_translation_is_noticed() -> None:
    source, translated = Catalog(), Catalog("ar")
    source.add("Nuova")
    translated.add("Nuova", "جديد", flags=["fuzzy"])
    assert [*texts.wrong(source, translated)] == ["incerta: «Nuova»"]


@pytest.mark.pure
def test_nobody_translates_italian() -> None:
    sentences = [m.id if isinstance(m.id, str) else m.id[0] for m in texts.found() if m.id]
    with translation.override("it"):
        assert [s for s in sentences if translation.gettext(s) != s] == []


def bare_italian(code: str) -> list[str]:
    """Return the Italian sentences of a file that nobody marked for translation; docstrings are not sentences."""
    tree = ast.parse(code)
    known = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    marked = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and dotted(n.func).rpartition(".")[2] in MARKS]
    known |= {id(n) for call in marked for n in ast.walk(call)}
    strings = [str(n.value) for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in known]
    return [said for said in strings if " " in said.strip() and ITALIAN.search(said)]


def of_the_lane_s_desk(name: str) -> bool:
    """Tell whether a file speaks to an association only, in Italian: not what anybody reads."""
    return name.startswith("haven/") and not name.startswith(("haven/public/", "haven/limiting.py"))


@pytest.mark.pure
def test_no_sentence_is_left_unmarked_in_python() -> None:
    files = [(str(path.relative_to(SOURCE)), code) for path, code in python_files()]
    known = {m.id for m in texts.found()}
    ours = [(name, code) for name, code in files if not name.startswith(ITALIAN_ONLY) and not of_the_lane_s_desk(name)]
    assert [(name, said) for name, code in ours for said in bare_italian(code) if said not in known] == []


@pytest.mark.pure
def test_every_marked_sentence_of_python_is_found() -> None:
    marked = {
        str(call.args[0].value)
        for path, code in python_files()
        for call in calls(ast.parse(code))
        if dotted(call.func) in MARKS and call.args and isinstance(call.args[0], ast.Constant)
    }
    assert marked - {m.id if isinstance(m.id, str) else m.id[0] for m in texts.found()} == set()


@pytest.mark.pure
def test_no_word_of_ours_is_isolated_together_with_data() -> None:
    pages = [(path.name, path.read_text()) for path in SOURCE.rglob("templates/**/*.html")]
    assert [(name, found) for name, text in pages for found in MIXED.findall(text)] == []


@pytest.mark.pure
def test_an_unmarked_sentence_is_noticed() -> None:
    assert bare_italian('raise Refused("name-missing", "Manca il nome.", _("Scrivi il nome."))') == ["Manca il nome."]


@pytest.mark.pure
def test_a_sentence_marked_by_a_name_nobody_collects_is_noticed() -> None:
    assert bare_italian('form.add_error(None, _now("Manca il nome."))') == ["Manca il nome."]


@pytest.mark.parametrize("address", TENANT)
def test_a_tenant_reads_nothing_untranslatable(
    address: str, world: dict[str, int], enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = enter("adele")
    client.post("/casa/aiuto/", {"topic": "broken"})
    with wrapped(monkeypatch):
        answer = client.get(address.format(**world), follow=True)
    assert answer.status_code == 200
    assert untold(answer.content.decode(), DATA) == []


@pytest.mark.parametrize("address", EVERYBODY)
def test_a_stranger_reads_nothing_untranslatable(address: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with wrapped(monkeypatch):
        answer = client.get(address)
    assert answer.status_code == (404 if address == "/nessuna/" else 200)
    assert untold(answer.content.decode(), DATA) == []


@pytest.mark.parametrize(("who", "address"), STAFF)
def test_staff_read_nothing_untranslatable(
    who: str, address: str, world: dict[str, int], enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with wrapped(monkeypatch):
        answer = enter(who).get(address.format(**world))
    assert answer.status_code == 200
    assert untold(answer.content.decode(), DATA) == []


@pytest.mark.pure
def test_an_untranslatable_sentence_is_noticed() -> None:
    page = '<p>⟦Ciao <bdi>Ada</bdi>⟧ domani vieni <bdi>Ada Neri</bdi></p><input placeholder="Scrivi qui">'
    assert untold(page, set()) == ["domani vieni", "Scrivi qui"]
