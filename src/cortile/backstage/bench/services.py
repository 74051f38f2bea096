"""A script of ``bench hsds``: bring so many invented services in, through the import, and say what a page of them costs."""

from __future__ import annotations

import sys
import uuid
from typing import Any

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

PAGE = "/api/hsds/services?full=true&per_page=50"


def card(n: int) -> dict[str, Any]:
    """Return a whole card, always the same for the same number."""

    def known(what: str) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{what} {n}"))

    place = {
        "id": known("place"), "location_type": "physical", "latitude": 45.4 + n / 10_000, "longitude": 9.1,
        "addresses": [{"id": known("address"), "address_1": f"Via dei Tigli {n}", "city": "Milano", "postal_code": "20151"}],
    }  # fmt: skip
    return {
        "id": known("service"), "name": f"Servizio inventato {n}", "status": "active", "description": "Inventato per la misura.",
        "organization": {"id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"firm {n // 4}")), "name": f"Ente inventato {n // 4}"},
        "phones": [{"id": known("phone"), "number": f"02 555{n:04}"}],
        "schedules": [{"freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00", "closes_at": "12:00"}],
        "languages": [{"code": "ar", "name": "arabo"}], "cost_options": [{"amount": 5}],
        "service_at_locations": [{"id": known("at"), "location": place}],
        "capacities": [{"available": n % 9, "description": "capacity"}], "attributes": [{"value": "food"}],
    }  # fmt: skip


def main(many: int) -> None:
    """Bring them in, once, and print the queries of a page."""
    django.setup()
    from cortile.agencies import reads as agencies  # noqa: PLC0415 -- Django is set up first
    from cortile.directory import actions  # noqa: PLC0415 -- as above
    from cortile.directory.importing.report import Row  # noqa: PLC0415 -- as above
    from cortile.kit.actor import acting, system  # noqa: PLC0415 -- as above

    body = agencies.agency("aler-milano")
    by = system("bench", agency_id=body.pk)
    with acting(by):
        actions.load_terms(by=by)
        actions.take_in(body, [Row(n, {}, card(n)) for n in range(1, many + 1)], by=by, publish=True)
    with CaptureQueriesContext(connection) as seen:
        Client(headers={"host": "localhost"}).get(PAGE)
    sys.stdout.write(f"{len(seen)}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
