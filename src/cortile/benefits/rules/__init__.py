"""Rules of contributions as data: one tree, from which decision, reasons, vectors, SQL and Italian text all come.

Pure: no Django, no clock, no database. Money is integer cents, rates are basis points, a rounding is always named. Nothing
a person wrote is ever run: code is generated from validated nodes, and only positions and whole numbers reach it.
"""
