"""Payment files for Italian banks, as CBI defines them: see README.md."""
