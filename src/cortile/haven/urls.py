"""The addresses of the lane: what anybody reads, and the desk of who works there."""

from __future__ import annotations

from django.urls import include, path

from cortile.haven.desk.records import entering

urlpatterns = [
    path("lavoro/", include("cortile.haven.desk.urls")),
    path("demo/enter", entering.demo, name="demo"),
    path("", include("cortile.haven.public.urls")),
]
handler400 = "cortile.haven.errors.not_found"
handler403 = "cortile.haven.errors.not_found"
handler404 = "cortile.haven.errors.not_found"
handler500 = "cortile.haven.errors.broken"
