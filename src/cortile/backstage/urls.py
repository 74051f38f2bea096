"""Addresses that belong to nobody: the way in, and what the law asks to say."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from cortile.backstage import views
from cortile.backstage.bench.bare import bare

app_name = "backstage"
urlpatterns = [
    path("", views.entry, name="entry"),
    path("accessibilita/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("galleria/", views.gallery, name="gallery"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/enter", views.enter, name="enter"))
if settings.BENCH:
    urlpatterns.append(path("bench/bare/", bare, name="bare"))
