"""The network of a quarter: who sits at its table, what is missing there, and who does what by when."""
