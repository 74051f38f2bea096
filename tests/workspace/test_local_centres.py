"""The neutral doors near the blocks: written by who leads, read by tenants only once somebody confirmed them."""

from __future__ import annotations

import pytest

from cortile.agencies import actions as agencies
from cortile.agencies import reads
from cortile.agencies.models import Agency
from cortile.kit import neutral
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from tests import traces
from tests.sessions import Enter

PAGE = "/scrivania/amministrazione/posti-vicini/"
SAID = {
    "name": "Sportello di via Tigli",
    "door": "consulenze",
    "address": "via dei Tigli 5",
    "hours": "mercoledì 14–17",
    "phone": "",
}


def test_what_is_written_waits_to_be_confirmed(enter: Enter, milano: Agency) -> None:
    client = enter("paola")
    assert client.post(PAGE, SAID | {"act": "write"}).status_code == 302
    assert "da confermare" in client.get(PAGE).content.decode()
    (centre,) = reads.local_centres(milano.pk, every=True)
    client.post(PAGE, {"act": "confirm", "id": centre.pk})
    assert [c.name for c in reads.local_centres(milano.pk)] == [SAID["name"]]


def test_what_is_corrected_waits_again(enter: Enter, milano: Agency, paola: Actor) -> None:
    agencies.write_local_centre(milano, by=paola, **SAID, to_confirm=False)
    enter("paola").post(PAGE, SAID | {"act": "write", "hours": "giovedì 9–12"})
    assert reads.local_centres(milano.pk) == []


def test_a_centre_is_taken_off(enter: Enter, milano: Agency, paola: Actor) -> None:
    centre = agencies.write_local_centre(milano, by=paola, **SAID)
    enter("paola").post(PAGE, {"act": "remove", "id": centre.pk})
    assert reads.local_centres(milano.pk, every=True) == []
    assert traces.event("local_centre.removed").agent_id == paola.id


def test_another_bodys_centre_is_left_alone(milano: Agency, paola: Actor, luca: Actor) -> None:
    centre = agencies.write_local_centre(milano, by=paola, **SAID)
    agencies.remove_local_centre(centre.pk, by=luca)
    agencies.confirm_local_centre(centre.pk, by=luca)
    assert [c.to_confirm for c in reads.local_centres(milano.pk, every=True)] == [True]


def test_a_door_that_tells_is_refused(milano: Agency, paola: Actor) -> None:
    with pytest.raises(Refused) as refused:
        agencies.write_local_centre(milano, by=paola, name="Sportello", door="Centro antiviolenza")
    assert refused.value.code == "door-tells"


def test_and_the_page_says_so(enter: Enter) -> None:
    answer = enter("paola").post(PAGE, SAID | {"act": "write", "door": "Aiuto alle donne"})
    assert (answer.status_code, "parole neutre" in answer.content.decode()) == (422, True)


@pytest.mark.pure
@pytest.mark.parametrize("said", ["Consulenze", "Sportello di via Tigli", "Spazio C.A.S.A. San Siro", "via Madonnina 3"])
def test_a_neutral_door_tells_nothing(said: str) -> None:
    assert not neutral.tells(said)


def test_a_community_manager_writes_none(milano: Agency, marta: Actor) -> None:
    with pytest.raises(Refused) as refused:
        agencies.write_local_centre(milano, by=marta, **SAID)
    assert refused.value.code == "not-allowed"


def test_nor_confirms_one(marta: Actor) -> None:
    with pytest.raises(Refused) as refused:
        agencies.confirm_local_centre(1, by=marta)
    assert refused.value.code == "not-allowed"


def test_nor_takes_one_off(marta: Actor) -> None:
    with pytest.raises(Refused) as refused:
        agencies.remove_local_centre(1, by=marta)
    assert refused.value.code == "not-allowed"


def test_who_leads_elsewhere_writes_no_number_here(milano: Agency, luca: Actor) -> None:
    with pytest.raises(Refused) as refused:
        agencies.set_interpreter_phone(milano, "02 5550 077", by=luca)
    assert refused.value.code == "not-allowed"


def test_the_interpreters_number_is_written(enter: Enter, milano: Agency) -> None:
    enter("paola").post(PAGE, {"act": "interpreter", "phone": "02 5550 077"})
    milano.refresh_from_db()
    assert milano.interpreter_phone == "02 5550 077"


def test_a_button_that_is_not_there_finds_nothing(enter: Enter) -> None:
    assert enter("paola").post(PAGE, {"act": "other"}).status_code == 404
