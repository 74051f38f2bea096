"""Persons, households, tenancies, ways of contact, delegates and representatives, and the tenants' sign-in."""
