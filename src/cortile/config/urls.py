"""The addresses of the house: each door's own, and the few pages that belong to none."""

from __future__ import annotations

from django.urls import include, path, re_path

from cortile.config import sign_in
from cortile.kit import views as kit

urlpatterns = [
    path("bozza/", kit.save_draft, name="save_draft"),
    # Nobody here has a password, and an address is changed by who hires: these pages of the library stay shut.
    re_path("^accesso/(?:password|email|confirm-email|signup/passkey)/", sign_in.shut),
    path("accesso/", include("allauth.urls")),
    path("", include("cortile.backstage.urls")),
    path("info/", include("cortile.app.safety.urls")),
    path("casa/", include("cortile.app.urls")),
    path("api/", include("cortile.api.urls")),
    path("", include("cortile.workspace.urls")),
]
handler403 = "cortile.config.errors.forbidden"
handler404 = "cortile.config.errors.not_found"
handler500 = "cortile.config.errors.broken"
