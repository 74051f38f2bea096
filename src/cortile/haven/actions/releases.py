"""Letting counts leave: a quarter's document is drawn once, signed, and never again."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cortile.haven import keyring, keys
from cortile.haven.actions.associations import signing_context
from cortile.haven.models import Association, Release
from cortile.haven.reads import releases as reads
from cortile.haven.releases import told
from cortile.kit import clock, signed_counts
from cortile.kit.actions import action, done, refuse_unless
from cortile.kit.actor import Actor
from cortile.kit.signed_counts import Quarter


@action("haven.counts.released")
def release(shift: keyring.Shift, quarter: Quarter, *, by: Actor) -> Release:
    """Count a quarter that is over, sign what may be told, and freeze it: what is written later in its days changes nothing.

    Raise ``Refused('lead-only' | 'quarter-open' | 'quarter-released')``.
    """
    refuse_unless(by.role == "lead", "lead-only", "I numeri li consegna chi guida l'associazione.", "Chiedi a lei.")
    refuse_unless(quarter.closed(clock.today()), "quarter-open", "Questi tre mesi non sono finiti.", "Torna quando sono finiti.")
    association = Association.objects.select_for_update().get(pk=shift.association_id)
    known = Release.objects.filter(association=association, quarter=str(quarter))
    refuse_unless(
        not known.exists(), "quarter-released", "Questi numeri sono già firmati: non cambiano più.", "Scarica il file di allora."
    )
    cells = told(reads.counted(shift, quarter, by=by))
    document = signed_counts.write(association.name, quarter, cells, _signing_key(shift, association))
    released = Release.objects.create(association=association, quarter=str(quarter), document=document)
    done("C", released, fields=[str(quarter)])
    return released


def _signing_key(shift: keyring.Shift, association: Association) -> Ed25519PrivateKey:
    """Open the key the association signs with, by whichever version of its own key it stands closed under."""
    for version in sorted(shift.private, reverse=True):
        try:
            found = keys.unseal(shift.key(version), bytes(association.signing_closed), signing_context(association.pk))
        except keys.UnreadableError:
            continue
        return Ed25519PrivateKey.from_private_bytes(found)
    raise keys.UnreadableError
