"""Addresses of the desk."""

from __future__ import annotations

from cortile.haven.desk.association import urls as association
from cortile.haven.desk.doors import urls as doors
from cortile.haven.desk.records import urls as records
from cortile.haven.desk.releases import urls as releases

app_name = "desk"
urlpatterns = [*releases.urlpatterns, *records.urlpatterns, *doors.urlpatterns, *association.urlpatterns]
