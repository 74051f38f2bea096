"""The wall of this room: a body's networks are its own; what was lent is seen by who lends and by who was lent to."""

from django.db import migrations

from cortile.kit.wall_sql import protect


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial"), ("kit", "0006_subject_of_its_transaction")]

    operations = [
        protect("network_network"),
        protect("network_area"),
        protect("network_member"),
        protect("network_lending", "", "agency_id", "lender_id"),
        protect("network_meeting"),
        protect("network_presence"),
        protect("network_agendaitem"),
        protect("network_networkdecision"),
    ]
