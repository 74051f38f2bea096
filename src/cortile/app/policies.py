"""Who the tenants' pages open to: the person, and whoever helps them, each as themselves."""

from __future__ import annotations

from cortile.kit.actor import Kind
from cortile.kit.doors import policy

SIGN_IN = "/casa/entra/"
HELPED = (Kind.TENANT, Kind.DELEGATE, Kind.REPRESENTATIVE)
THEMSELVES = (Kind.TENANT, Kind.REPRESENTATIVE)

policy("tenant", lambda actor: actor.kind in HELPED, sign_in=SIGN_IN)
# Messages, preferences and who has read one's data are never a delegate's.
policy("tenant alone", lambda actor: actor.kind in THEMSELVES, sign_in=SIGN_IN)
