"""The association's own: who works there, keys, papers, packages, audit, counts handed over."""
