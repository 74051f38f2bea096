"""The paper of «Chi ha visto i tuoi dati»: for who asked to be spoken to in person only, it is the one place."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.messages import sheet
from cortile.people import reads as people
from cortile.people.who_looked import lines
from cortile.workspace.people.openings import linked


@opens("search people", sample="/scrivania/persone/1/chi-ha-visto.pdf")
@linked
def access_sheet(_request: HttpRequest, person_id: int) -> HttpResponse:
    """Print who has seen a person's data, in Italian and in her language; nothing delicate stands on a paper."""
    whose, events = people.seen_on_paper(person_id, by=current())
    looks = {}
    for language in {"it", whose.language}:
        with override(language):
            looks[language] = [sheet.Look(**asdict(line)) for line in lines(events, whose.agency.label)]
    said = sheet.AccessSheet(looks=looks, phone=whose.agency.phone, agency=whose.agency.short_name, language=whose.language)
    response = HttpResponse(sheet.access_sheet(said), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="foglio.pdf"'
    return response
