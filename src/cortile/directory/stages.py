"""The closed lists of the directory, and the one that is open: kinds of organisation."""

from __future__ import annotations

STATES = ("draft", "published", "withdrawn")
# HSDS 3.1, service.status, location.location_type, schedule.freq and wkst.
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
PLACES = ("physical", "postal", "virtual")
FREQUENCIES = ("WEEKLY", "MONTHLY")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# What ``schedule.notes`` says of hours that are more than a line of a week, in the words this house writes and reads.
EXCEPTION, NEXT_DAY = "exception", "closes next day"
CAPACITIES = ("capacity", "no-capacity", "waitlist")
# Offered by forms, never imposed: whoever knows a better word writes it.
ORGANIZATION_TYPES = (
    "comune", "azienda sanitaria", "scuola", "università", "ente pubblico", "cooperativa sociale", "associazione", "fondazione",
    "parrocchia", "sindacato", "impresa", "gruppo di abitanti",
)  # fmt: skip
# What an agreement may let a partner receive of a person. Referrals obey it.
SHAREABLE = (
    "name", "phone", "language", "birth_year", "address", "household", "household_size", "children_ages", "need", "notes",
    "availability", "accessibility", "economic",
)  # fmt: skip
HOW_CONFIRMED = ("keeper", "staff", "import")
