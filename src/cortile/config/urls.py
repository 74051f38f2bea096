"""The addresses of the house: each door's own, and the few pages that belong to none."""

from __future__ import annotations

from django.urls import include, path

from cortile.kit import views as kit

urlpatterns = [
    path("bozza/", kit.save_draft, name="save_draft"),
    path("accesso/", include("allauth.urls")),
    path("", include("cortile.backstage.urls")),
    path("casa/", include("cortile.app.urls")),
    path("", include("cortile.workspace.urls")),
]
handler403 = "cortile.config.errors.forbidden"
handler404 = "cortile.config.errors.not_found"
handler500 = "cortile.config.errors.broken"
