"""What the body says to INPS's SIUSS: flows PS_PSA_SINA, pulled by INPS (technical specification 2.0.1 of 22/05/2025). Pure."""
