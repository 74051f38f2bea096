"""Taking in cards from elsewhere: HSDS JSON, HSDS CSV, and the spreadsheets people really keep.

Every row becomes a card in HSDS's nested form (``reading``, ``sheets``), is cleaned and judged (``checks``), held against
what is there (``same``), and stored by one act, or explained: none is lost (``report``).
"""
