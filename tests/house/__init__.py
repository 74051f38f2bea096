"""The house's own walls (style §10): what no room may forget, whoever writes it."""
