"""Settings of the protected lane: its own database, secret, sessions and host name (architecture §6, decision 0033)."""

from __future__ import annotations

import os
from pathlib import Path

from cortile.kit import env, languages

BASE_DIR = Path(__file__).resolve().parents[3]
STATE = Path(os.environ.get("HAVEN_STATE", BASE_DIR / ".state" / "haven"))
DEMO = env.flag("CORTILE_DEMO")
DEBUG = False
SECRET_KEY = env.secret_key(STATE, "HAVEN_SECRET_KEY_FILE")
# Cookies ignore ports: only another host name keeps ours from the house's pages.
ALLOWED_HOSTS = env.words("HAVEN_ALLOWED_HOSTS", "riservato.localhost")
PROXY = env.flag("HAVEN_PROXY")
AS_OWNER = os.environ.get("HAVEN_ROLE") == "owner"
GUARD_WRITES = not AS_OWNER

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "cortile.haven.apps.HavenConfig",
    "cortile.kit",
]
MIDDLEWARE = [
    "cortile.haven.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "cortile.kit.sizes.Size",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cortile.haven.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "csp.middleware.CSPMiddleware",
    "cortile.haven.middleware.Who",
]
ROOT_URLCONF = "cortile.haven.urls"
WSGI_APPLICATION = "cortile.haven.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "cortile.haven.context.page"],
            "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])],
            "builtins": ["django.templatetags.i18n", "cortile.kit.templatetags.cortile", "cortile.kit.templatetags.said"],
        },
    }
]
_owner_url = os.environ.get("HAVEN_OWNER_DATABASE_URL", "")
_url = _owner_url if AS_OWNER and _owner_url else os.environ.get("HAVEN_DATABASE_URL", "postgresql:///riservato")
DATABASES = {"default": env.database(_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_ENGINE = "cortile.kit.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = not DEMO
SESSION_COOKIE_NAME = "spazio" if DEMO else "__Host-spazio"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_NAME = "spazio-csrf" if DEMO else "__Host-spazio-csrf"
CSRF_FAILURE_VIEW = "cortile.haven.errors.csrf_failure"
# Nothing is said to the next page; «no-referrer» would take from a form the origin it proves itself with.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY else None
SECURE_SSL_REDIRECT = not DEMO
SILENCED_SYSTEM_CHECKS = ["security.W021"]
X_FRAME_OPTIONS = "DENY"
# Filled by haven.apps: the hash of the inlined CSS is known there.
CONTENT_SECURITY_POLICY: dict[str, dict[str, list[str]]] = {"DIRECTIVES": {}}

LANGUAGE_CODE = "it"
LANGUAGES = languages.chosen(env.words("HAVEN_LANGUAGES", "it,ar,en,es"))
LOCALE_PATHS = [BASE_DIR / "src" / "cortile" / "config" / "locale"]
FORM_RENDERER = "cortile.kit.forms.Renderer"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Rome"

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
WHITENOISE_USE_FINDERS = True
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]

# It sends nothing, to nobody: no mail, no message, no call. Mail that somebody wires in by mistake goes nowhere.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
CARRIERS: dict[str, str] = {}
IDENTITY: dict[str, str] = {}
SCANNER = ""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# A paper of hers never touches this disk in the clear: files are held in memory, and anything larger is refused.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
LARGEST_BODY = 10 * 1024 * 1024
LARGER_BODIES: dict[str, int] = {}
# Where «Esci subito» leads (to be confirmed by each association).
EXIT_ADDRESS = os.environ.get("HAVEN_EXIT_ADDRESS", "https://it.wikipedia.org/")
# Minutes without a touch after which a shift's keys are gone (security §5).
REST_MINUTES = 2

# The public half of a key that is kept off this machine: backups are closed to it (age).
BACKUP_RECIPIENT = os.environ.get("HAVEN_BACKUP_RECIPIENT", "")

# Requests refused or broken are not logged: an address or a trace would say more than that the lane exists.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}, "nowhere": {"class": "logging.NullHandler"}},
    "root": {"handlers": ["console"], "level": "ERROR"},
    "loggers": {
        name: {"handlers": ["nowhere"], "propagate": False} for name in ("django.request", "django.security", "django.db.backends")
    },
}
