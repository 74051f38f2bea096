"""Who the machines' addresses open to: each machine to its own, and nobody else, whoever else they are."""

from __future__ import annotations

from cortile.benefits.access import INPS
from cortile.kit.actor import Kind
from cortile.kit.doors import policy

policy("machine", lambda actor: actor.kind == Kind.MACHINE and INPS not in actor.scopes, signed=True)
policy("inps", lambda actor: actor.kind == Kind.MACHINE and INPS in actor.scopes, signed=True)
