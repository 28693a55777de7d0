"""Every setting, read from the environment, with defaults that are safe in production.

`POVERTYPLAN_DEMO=1` is the demonstration: invented people, a fixed day, a banner on each page.
"""

import sys
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONCE, SELF

from povertyplan import starting

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
# One installation may keep its settings in a file; the environment itself comes first.
ENVIRONMENT_FILE = VAR_DIR / "environment"
if fault := starting.unreadable_file(ENVIRONMENT_FILE):
    starting.refuse(fault)
if ENVIRONMENT_FILE.exists():
    env.read_env(ENVIRONMENT_FILE)


def switch(name: str, default: bool) -> bool:
    return starting.yes_or_no(name, env.str(name, default=str(default)))


def number(name: str, default: int) -> int:
    return starting.whole_number(name, env.str(name, default=str(default)))


DEBUG = switch("DEBUG", default=False)
DEMO = switch("POVERTYPLAN_DEMO", default=False)
DEMO_TODAY = starting.day("DEMO_TODAY", env.str("DEMO_TODAY", "2026-11-20")) if DEMO else None

INSECURE_KEY = "insecure-key-for-development-and-tests-only"
SECRET_KEY = env.str("SECRET_KEY", default=INSECURE_KEY if DEBUG else "")
if not DEBUG and SECRET_KEY in ("", INSECURE_KEY):
    starting.refuse("SECRET_KEY must be set to a long random value of your own.")
if not DEBUG and not DEMO and SECRET_KEY.startswith("demo-"):
    starting.refuse("a key made for the demonstration may not serve production.")

LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
database_url = env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'povertyplan.sqlite3'}")
if not (DEBUG or DEMO) and (
    fault := starting.weak_key(SECRET_KEY) or starting.wrong_hosts(ALLOWED_HOSTS)
):
    starting.refuse(fault)
# The role that owns the tables migrates; the site's own role can neither define nor disable them.
migrate_url = env.str("MIGRATE_DATABASE_URL", default="")
if fault := starting.wrong_database(database_url) or (
    migrate_url and starting.wrong_database(migrate_url)
):
    starting.refuse(fault)
SITE_ROLE = environ.Env.db_url_config(database_url).get("USER", "") if migrate_url else ""
if sys.argv[1:2] == ["migrate"] and migrate_url:
    database_url = migrate_url
if DEBUG and not set(ALLOWED_HOSTS) <= {*LOCAL_HOSTS, "testserver"}:
    starting.refuse("DEBUG is on while ALLOWED_HOSTS names more than this machine: turn it off.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_tasks",
    "django_tasks_db",
    "povertyplan.core",
    "households",
    "projects",
    "reports",
    "povertyplan.ward_file",
    "povertyplan.demo",
    "povertyplan.province",
]

MIDDLEWARE = [
    "povertyplan.core.platform.bad_days.logs.RequestNumberMiddleware",
    "povertyplan.core.platform.bad_days.time_limits.TimeLimitMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "povertyplan.core.accounts.sessions.NoStoreMiddleware",
    "povertyplan.core.platform.bad_days.probes.SiteMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "povertyplan.core.accounts.sessions.SessionLimitsMiddleware",
    "povertyplan.core.accounts.sessions.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "povertyplan.core.accounts.second_factor.SecondFactorMiddleware",
    "povertyplan.core.accounts.one_time.OneTimePasswordMiddleware",
    "povertyplan.core.access.middleware.AccessMiddleware",
    "povertyplan.core.journal.readings.ReadingMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

# A draft is one form with three fields a block, and a plan may have hundreds of blocks.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

ROOT_URLCONF = "povertyplan.urls"
WSGI_APPLICATION = "povertyplan.wsgi.application"
ACCESS_TABLE = "povertyplan.access.RULES"
SENSITIVE_TABLE = "povertyplan.access.SENSITIVE_FIELDS"
# In which order an act holds turns and rows against others (ADR 15, `core/locks.py`).
LOCK_ORDER = (
    "login",
    "first ward",
    "import",
    "reveal",
    "core.Area",
    "households.ImportBatch",
    "households.Household",
    "households.Person",
    "households.ReviewDraft",
    "households.CampaignVillage",
    "households.ReviewCampaign",
    "households.HouseholdStatus",
    "certificate",
    "need",
    "pledge",
    "worker",
    "person fact",
    "livelihood",
    "donation",
    "support",
    "handover",
    "publicity",
    "reports.ReportRequest",
    "reports.UnitReport",
    "reports.WordUpload",
    "reports.Document",
    "reports.SupervisionFinding",
    "chain",
    "heads",
)

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "povertyplan.menu.shell",
            ],
        },
    },
]

DATABASES = {"default": env.db_url_config(database_url)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # One office, one file: writers queue instead of failing, behind a ward's whole list too, and
    # a confirmed save survives a power cut (synchronous FULL).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        # In memory: what a statement keeps to undo itself, because a trigger may stop it.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        " PRAGMA temp_store=MEMORY;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    # Compiling a plan costs more than any page's query: up to 390 ms where it took 20 without.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options", "-c jit=off -c random_page_cost=1.1"
    )
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Long work waits in the database for `manage.py work`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "core.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "povertyplan.core.accounts.passwords.LengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "povertyplan.core.accounts.passwords.FamiliarWordsValidator"},
]
# What was signed with an earlier key is still known by it.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# How many proxies of our own stand before the application and append to X-Forwarded-For.
TRUSTED_PROXIES = number("TRUSTED_PROXIES", default=0)
# Asked of leaders and administrators; whoever has turned it on is always asked.
SECOND_FACTOR_REQUIRED = switch("SECOND_FACTOR_REQUIRED", default=not DEMO)
OTP_TOTP_ISSUER = "Quản lý giảm nghèo"
LOGIN_URL = "core:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "core:login"

LANGUAGE_CODE = "vi"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = "povertyplan.core.text.formats"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Without a collected folder (development, tests) files come straight from `static/`.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG

SESSION_IDLE_LIMIT = timedelta(minutes=number("SESSION_IDLE_MINUTES", default=30))
SESSION_LIMIT = timedelta(hours=number("SESSION_HOURS", default=10))
# How long an issued document is not compared again while the data of its ward go on changing.
FIGURES_COMPARED_EVERY = timedelta(minutes=number("FIGURES_COMPARED_MINUTES", default=15))
# What a request may take; behind it stand gunicorn's 120 and the proxy's 125.
REQUEST_SECONDS = number("REQUEST_SECONDS", default=90)
SESSION_COOKIE_AGE = int(SESSION_LIMIT.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# The demonstration and a developer's machine speak plain HTTP on the loopback address.
BEHIND_HTTPS = not (DEBUG or DEMO)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # the machine asks itself without a proxy
CSRF_FAILURE_VIEW = "povertyplan.core.platform.views.faults.token_refused"
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

# Under gunicorn the log is standard error; without this Django only writes letters to nobody.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "private": {
            "()": "povertyplan.core.platform.bad_days.logs.PrivateFormatter",
            "format": "{asctime} {levelname} {request_number} {name}: {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "style": "{",
        }
    },
    "handlers": {
        "standard_error": {"class": "logging.StreamHandler", "formatter": "private"},
    },
    "root": {"handlers": ["standard_error"], "level": "WARNING"},
}
