"""How we know that somebody is who they say: a document an operator looked at (A2 of the access ladder)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cortile.agencies import access as staff_access
from cortile.kit import clock
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.people import access
from cortile.people.models import Identification, Person
from cortile.people.words import DOCUMENT_LABELS


@action("person.identified")
def identify(person: Person, *, by: Actor, document: str) -> Identification:
    """Write that an operator has looked at a document of somebody in front: which kind, never its number nor a copy.

    Raise ``NotVisible``, or ``Refused`` with ``not-allowed``, ``not-living`` or ``document-unknown``.
    """
    access.the_one(by, person.pk, "sign_in_code")
    staff_access.require(by, "identify person", of=person.agency_id)
    refuse_unless(person.state == "active", "not-living", _("Questa persona non abita più qui, o è morta."))
    refuse_unless(document in DOCUMENT_LABELS, "document-unknown", _("Scegli quale documento hai visto."),
                  _("Se non c'è nell'elenco, stampa il foglio senza documento."))  # fmt: skip
    row = Identification.objects.create(
        agency_id=person.agency_id, person=person, way="document", document=document, by_id=by.id, at=clock.now()
    )
    done("C", row, persons=[person.pk], fields=["identification"])
    return row
