"""Neighbourhoods, buildings, stairs, dwellings; Spazi C.A.S.A. and presidi; who is posted where."""
