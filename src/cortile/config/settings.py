"""Settings: one file for demo, tests and production; the environment says which (docs/decisions/0004)."""

from __future__ import annotations

import os
from pathlib import Path

from cortile.config import static
from cortile.kit import env, languages

BASE_DIR = Path(__file__).resolve().parents[3]
STATE = Path(os.environ.get("CORTILE_STATE", BASE_DIR / ".state"))
DEMO = env.flag("CORTILE_DEMO")
DEBUG = env.flag("CORTILE_DEBUG")
# Adds the bare view that `cortile bench web` measures against.
BENCH = env.flag("CORTILE_BENCH")
SECRET_KEY = env.secret_key(STATE)
ALLOWED_HOSTS = env.words("CORTILE_ALLOWED_HOSTS", "127.0.0.1,localhost")
# One proxy of ours stands in front and writes X-Forwarded-For and X-Forwarded-Proto; without it both are anybody's words.
PROXY = env.flag("CORTILE_PROXY")
AS_OWNER = os.environ.get("CORTILE_ROLE") == "owner"
# The owner migrates; everybody else writes through actions only.
GUARD_WRITES = not AS_OWNER

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "cortile.kit",
    "cortile.agencies",
    "cortile.homes",
    "cortile.people",
    "cortile.accounts",
    "cortile.messages",
    "cortile.directory",
    "cortile.listening",
    "cortile.referrals",
    "cortile.agenda",
    "cortile.benefits",
    "cortile.network",
    "cortile.insight",
    "cortile.backstage",
    "cortile.app",
    "cortile.workspace",
    "cortile.api",
    # After our doors: the first template found wins, and the pages of sign-in wear our look.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "cortile.config.apps.WiringConfig",
]

MIDDLEWARE = [
    "cortile.config.middleware.NoTrace",
    "cortile.config.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "cortile.kit.sizes.Size",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cortile.config.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware",
    "cortile.config.middleware.Who",
]

ROOT_URLCONF = "cortile.config.urls"
WSGI_APPLICATION = "cortile.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "cortile.config.context.page",
            ],
            "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])],
            "builtins": [
                "django.templatetags.i18n",
                "cortile.kit.templatetags.cortile",
                "cortile.kit.templatetags.said",
            ],
        },
    }
]

_owner_url = os.environ.get("CORTILE_OWNER_DATABASE_URL", "")
_url = _owner_url if AS_OWNER and _owner_url else os.environ.get("DATABASE_URL", "postgresql:///cortile")
DATABASES = {"default": env.database(_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "agencies.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/scrivania/"
ACCOUNT_ADAPTER = "cortile.config.sign_in.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_TOTP_ISSUER = "Cortile"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO

SESSION_ENGINE = "cortile.kit.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not DEMO and not DEBUG
SESSION_COOKIE_NAME = "cortile" if DEMO or DEBUG else "__Host-cortile"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_NAME = "cortile-csrf" if DEMO or DEBUG else "__Host-cortile-csrf"
CSRF_FAILURE_VIEW = "cortile.config.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if DEMO or DEBUG else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Where TLS ends at the balancer, it says so; whoever asks without it is sent to it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY else None
SECURE_SSL_REDIRECT = not DEMO and not DEBUG
# Listing a domain in the browsers themselves is for the body to decide, and hard to take back.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
X_FRAME_OPTIONS = "DENY"
# Filled by config.apps: the hash of the inlined CSS is known there.
CONTENT_SECURITY_POLICY: dict[str, dict[str, list[str]]] = {"DIRECTIVES": {}}

LANGUAGE_CODE = "it"
LANGUAGES = languages.chosen(env.words("CORTILE_LANGUAGES", "it,ar,en,es"))
LOCALE_PATHS = [BASE_DIR / "src" / "cortile" / "config" / "locale"]
FORM_RENDERER = "cortile.kit.forms.Renderer"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Rome"

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ADD_HEADERS_FUNCTION = static.headers
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder", "cortile.kit.leaflet.Finder"]
# What carries its version in its name is kept for good.
WHITENOISE_IMMUTABLE_FILE_TEST = f"^{STATIC_URL}library/"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("CORTILE_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("CORTILE_SMTP_PORT", "587"))
EMAIL_USE_TLS = env.flag("CORTILE_SMTP_TLS", default=True)
DEFAULT_FROM_EMAIL = os.environ.get("CORTILE_MAIL_FROM", "cortile@example.invalid")
EMAIL_TIMEOUT = 20
OUTBOX_DIR = STATE / "outbox"
# Who carries each channel out (kit.carriers); a channel without a carrier waits. Each reads its own settings.
CARRIERS = {
    # Files are for the demo: elsewhere, without a carrier, a message waits and doctor says so.
    "sms": os.environ.get("CORTILE_SMS_CARRIER", "cortile.messages.channels.Files" if DEMO else ""),
    "voice": os.environ.get("CORTILE_VOICE_CARRIER", "cortile.messages.channels.Files" if DEMO else ""),
    "io": os.environ.get("CORTILE_IO_CARRIER", ""),
    "email": "cortile.messages.channels.Mail",
}
# Who writes the order the body's bank takes (cortile.benefits.bank.Bank); without one, nobody is paid by transfer.
BANK = os.environ.get("CORTILE_BANK", "adapters.cbi.payment_request.PaymentRequests" if DEMO else "")
# What stands on the payee's statement before the application's number: neither our name nor what the money is for.
PAYMENT_TEXT = os.environ.get("CORTILE_PAYMENT_TEXT", "ACCREDITO")
# Who asserts identities in each way (kit.identity); without one, nobody is offered that way. Each reads its own settings.
IDENTITY = {"spid": os.environ.get("CORTILE_SPID_PROVIDER", ""), "cie": os.environ.get("CORTILE_CIE_PROVIDER", "")}
# What the SMS gateway signs its calls with (docs/operations.md); without it, nobody is one.
SMS_SECRET = os.environ.get("CORTILE_SMS_SECRET", "")
# The gateway's words for what became of an SMS, beside ours: «word=delivered», comma-separated.
SMS_STATES = {"delivered": "delivered", "bounced": "bounced", "failed": "failed"} | env.pairs("CORTILE_SMS_STATES")
# Who reads the vouchers INPS comes with (kit.vouchers): without one, nobody is INPS (docs/siuss.md).
VOUCHERS = os.environ.get("CORTILE_PDND_READER", "")
if not EMAIL_HOST and (DEMO or DEBUG):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = OUTBOX_DIR / "mail"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# What anybody may send before we know who they are; a landlord's lists are larger, and go to one address only.
LARGEST_BODY = 14 * 1024 * 1024
LARGER_BODIES = {"/scrivania/amministrazione/importazione/": 310 * 1024 * 1024}
# What a machine sends is a line or two, read before we know that it is one.
LARGER_BODIES |= dict.fromkeys(("/api/sms/arrivi/", "/api/sms/stati/"), 16 * 1024)
# INPS brings a hundred answers at most.
LARGER_BODIES |= {"/api/waas/v1/esiti": 256 * 1024}
# What looks into each file before it is kept (adapters/); without one, colleagues see that nobody did.
SCANNER = os.environ.get("CORTILE_SCANNER", "")
SCANNER_ADDRESS = os.environ.get("CORTILE_SCANNER_ADDRESS", "")
# The boxes outside that keep the daily root of the audit: two, of two different houses (docs/audit.md).
WITNESSES = env.words("CORTILE_WITNESSES", "testimone.uno@example.invalid,testimone.due@example.invalid" if DEMO else "")
# The body whose name and phone stand on pages opened before anybody signs in.
FRONT_AGENCY = os.environ.get("CORTILE_AGENCY", "aler-milano")
# Who publishes the directory of services, as its public interface says (HSDS).
HSDS_PUBLISHER = os.environ.get("CORTILE_HSDS_PUBLISHER", "Cortile")
# Where «Esci subito» leads: a plain page of somebody else's, in Italian, that says nothing about who opened it. To be confirmed.
EXIT_ADDRESS = os.environ.get("CORTILE_EXIT_ADDRESS", "https://it.wikipedia.org/")
# The one link to the associations' own pages, on «Informazioni utili»: the same for everybody; none where it is empty.
LANE_ADDRESS = os.environ.get("CORTILE_LANE_ADDRESS", "")
# Where the map of services takes its tiles, and whose they are; without them it is drawn, and asks nobody (decision 0031).
MAP_TILES = env.tiles("CORTILE_MAP_TILES")
MAP_CREDIT = os.environ.get("CORTILE_MAP_CREDIT", "").strip()
PUBLIC_ADDRESS = os.environ.get("CORTILE_PUBLIC_ADDRESS", "http://127.0.0.1:8000")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Refused requests are not logged by address: an office's link is a secret, and a number says what somebody sought.
    "loggers": {name: {"level": "ERROR"} for name in ("django.request", "django.security.csrf")},
}
