"""The office's calls: what a version says, and its two signatures."""

from __future__ import annotations

import pytest

from cortile.benefits.models import CallVersion
from tests.benefits import notices
from tests.sessions import Enter


def page(version: CallVersion) -> str:
    """Return the address of a version."""
    return f"/scrivania/contributi/avvisi/{version.pk}/"


def test_the_list_says_where_each_version_stands(enter: Enter) -> None:
    notices.published()
    notices.proposed("solidarity", code="2026/2")
    said = enter("federica").get("/scrivania/contributi/avvisi/").content.decode()
    assert ("pubblicata" in said, "proposta" in said) == (True, True)


def test_a_version_is_read_in_sentences(enter: Enter) -> None:
    said = enter("paola").get(page(notices.drafted(unconfirmed=["La base del calcolo"]))).content.decode()
    assert ("9.360,01 euro" in said, "La base del calcolo" in said) == (True, True)


def test_one_proposes_and_another_publishes(enter: Enter) -> None:
    version = notices.drafted()
    enter("federica").post(page(version), {"act": "propose"})
    enter("paola").post(page(version), {"act": "publish"})
    version.refresh_from_db()
    assert (version.proposed_by.given_name, version.published_by.given_name) == ("Federica", "Paola")


def test_one_s_own_proposal_is_refused_with_a_sentence(enter: Enter) -> None:
    version = notices.proposed()
    answer = enter("federica").post(page(version), {"act": "publish"})
    assert (answer.status_code, "Chi propone un avviso non lo pubblica." in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("act", ["", "delete"])
def test_a_button_that_is_not_there_is_not_there(act: str, enter: Enter) -> None:
    assert enter("federica").post(page(notices.drafted()), {"act": act}).status_code == 404
