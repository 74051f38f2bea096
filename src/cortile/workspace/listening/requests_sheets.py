"""The paper twins an operator prints: the person's own sheet, and the custodian's with the number alone (I8)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.refusals import NotVisible
from cortile.listening import papers, reads
from cortile.listening.actions.steps import check
from cortile.messages import sheet
from cortile.workspace.people.openings import linked_request


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@opens("search people", sample="/scrivania/richieste/1042/foglio.pdf")
@linked_request
def thread_sheet(_request: HttpRequest, number: int) -> HttpResponse:
    """Print the sheet that counts as much as the app; of a delicate request there is none."""
    thread = reads.receipt(number, by=current())
    if thread.delicate:
        raise NotVisible
    return _pdf(sheet.request_sheet(papers.twin(thread)), f"foglio-{thread.number}")


@opens("search people", sample="/scrivania/richieste/1042/foglio-custode.pdf")
@linked_request
def custodian_sheet(_request: HttpRequest, number: int) -> HttpResponse:
    """Print what a custodian may carry; a delicate request goes on no custodian's paper."""
    thread = reads.receipt(number, by=current())
    check(not thread.delicate, "delicate-no-custodian")
    return _pdf(sheet.custodian_copy(thread.number), f"custode-{thread.number}")
