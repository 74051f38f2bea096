"""The proofs: one idea each, on real PostgreSQL, with a cast of invented people."""
