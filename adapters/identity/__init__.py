"""SPID and CIE through OpenID Connect: see README.md."""
