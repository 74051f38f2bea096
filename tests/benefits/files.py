"""Files under examination for the tests: Federica examines and proposes, Paola signs."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from cortile.benefits import actions as benefits
from cortile.benefits.actions import changes
from cortile.benefits.actions import examination as acts
from cortile.benefits.models import Application, CallVersion, Decision, Document
from cortile.kit import clock, scopes
from cortile.kit import files as kept
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from tests import cast
from tests.benefits import money, notices

RICH = {"isee": 15_420_00}


def federica() -> Actor:
    """Return who examines."""
    return cast.at_desk("federica")


def paola() -> Actor:
    """Return who signs."""
    return cast.at_desk("paola")


def arrived(
    programme: str = "energy", who: str = "adele", *, call: dict[str, Any] | None = None, **values: int | None
) -> Application:
    """Return an application that came in, with figures of Adele's unless others are given."""
    version = notices.published(programme, **(call or {}))
    return money.applied(version, who, said=money.stated(**values))


def with_a_paper(row: Application) -> Document:
    """Put a photo of a sheet with an application, as it comes with its draft."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG")
    body, photo = row.agency_id, {"name": "isee.jpg", "media_type": "image/jpeg"}
    with scopes.opened(scopes.EVERYTHING):
        stored = kept.store("benefits.document", row.applicant_id, out.getvalue(), agency_id=body, **photo)
        return Document.objects.create(
            agency_id=body, application=row, kind="ISEE", file=stored, brought_at=clock.now(), dated_on=clock.today()
        )


def proposed(row: Application, outcome: str = "granted", **more: Any) -> Decision:  # noqa: ANN401 -- the act's own arguments
    """Propose an outcome."""
    return acts.propose(row.pk, by=federica(), outcome=outcome, **more)


def decided(row: Application, outcome: str = "granted", **more: Any) -> Decision:  # noqa: ANN401 -- as above
    """Propose an outcome and sign it."""
    proposed(row, outcome, **more)
    return acts.decide(row.pk, by=paola())


def told_no(row: Application) -> Decision:
    """Tell a no as the law wants: a notice, its days, then the decision."""
    acts.send_notice(row.pk, by=federica())
    with later(days=11):
        return decided(row, "refused")


def later(*, days: int) -> Any:  # noqa: ANN401 -- a clock that stands still
    """Stop the clock some days from now."""
    return clock.frozen(clock.now() + timedelta(days=days))


def refusal(act: Any, *args: Any, **named: Any) -> str:  # noqa: ANN401 -- any act
    """Return the code an act is refused with."""
    with pytest.raises(Refused) as found:
        act(*args, **named)
    return found.value.code


def hidden(act: Any, *args: Any, **named: Any) -> bool:  # noqa: ANN401 -- any act
    """Tell whether an act finds nothing there."""
    with pytest.raises(NotVisible):
        act(*args, **named)
    return True


def publish(draft: CallVersion) -> CallVersion:
    """Have a drafted version proposed and published."""
    benefits.propose_call(draft.pk, by=federica())
    return benefits.publish_call(draft.pk, by=paola())


def standing(row: Application) -> dict[str, int]:
    """Return what stands for an application on the accounts money waits on, in cents."""
    return {account: changes.standing_on(row, account) for account in ("reserved", "committed")}
