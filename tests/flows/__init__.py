"""The flows of product §5 from end to end, in a real browser, with scripts and without."""
