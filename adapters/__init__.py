"""What speaks to the programs of others, one folder each, behind a port of the house."""
