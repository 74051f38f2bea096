"""The sealed audit: canonical bytes, the sealer, the verifier (docs/audit.md). Plain psycopg: it runs without Django."""
