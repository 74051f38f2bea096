"""Who the machines' addresses open to: a machine that signed what it sent, and nobody else, whoever else they are."""

from __future__ import annotations

from cortile.kit.actor import Kind
from cortile.kit.doors import policy

policy("machine", lambda actor: actor.kind == Kind.MACHINE, signed=True)
