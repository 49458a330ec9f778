"""One settings file. What a host may change is in options.py."""

from pathlib import Path

import django
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from peerwork.site import options

HOUSE = Path(__file__).resolve().parent.parent
OPTIONS = options.read()
options.prepare_folder(OPTIONS.data)
options.prepare_folder(OPTIONS.memory)

SECRET_KEY = options.secret_key()
DEBUG = False
ALLOWED_HOSTS = [OPTIONS.hostname, "localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "peerwork.site.urls"
APPEND_SLASH = False
USE_X_FORWARDED_HOST = False

FLOORS = ("ground", "people", "support", "learning", "workplaces", "voice", "insight", "site")
# No django.contrib.auth, admin or contenttypes: nobody here is a superuser, and no table could make one.
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_ox",
    *(f"peerwork.{floor}" for floor in FLOORS),
]

MIDDLEWARE = [
    "peerwork.site.zones.keep_to_the_zones",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "peerwork.people.door.sessions.who_is_here",
    "peerwork.site.zones.take_in_only_what_is_sealed",
    "peerwork.site.tongues.speak_their_language",
    "django.middleware.csrf.CsrfViewMiddleware",
]

# Sessions live in memory and are gone with it.
SESSION_ENGINE = "peerwork.people.door.sessions"
SESSION_FILE_PATH = str(OPTIONS.memory)
SESSION_COOKIE_NAME = "__Host-s" if OPTIONS.is_https else "s"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OPTIONS.is_https
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-c" if OPTIONS.is_https else "c"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_TRUSTED_ORIGINS = [OPTIONS.address] if OPTIONS.address else []
CSRF_FAILURE_VIEW = "peerwork.site.pages.form_too_old"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OPTIONS.is_https else None
SECURE_HSTS_SECONDS = 31_536_000 if OPTIONS.is_https else 0
# Never no-referrer here: Django's protection against forged forms reads it. Nameless calls say it themselves.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = ["peerwork.ground.intake.uploads.NoMoreThanWeTake"]

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    # The quick exit is a form, and may lead elsewhere.
    "form-action": [CSP.SELF, *([OPTIONS.exit] if OPTIONS.exit else [])],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["peerwork"],
}

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": OPTIONS.database,
        "CONN_MAX_AGE": None,
        # Tests use a file too: what several threads do to a database in memory says little about one on disk.
        "TEST": {"NAME": OPTIONS.data / "tests.db"},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8000;"
            ),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {
    "default": {
        "BACKEND": "django_ox.backend.OxBackend",
        "OPTIONS": {
            "SCHEDULES": {
                # Every hour, because every network has its own midnight. Each part is safe to repeat.
                "the night": {"task": "peerwork.site.night.tidy_up", "cron": "7 * * * *"},
            },
        },
    }
}

FORM_WIDGETS = Path(django.__file__).parent / "forms/templates"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HOUSE / "site/templates", *sorted(HOUSE.glob("*/*/templates")), FORM_WIDGETS],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.template.context_processors.csp",
                "peerwork.site.front.every_page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "peerwork.ground.ui.words",
                "peerwork.support.gatherings.words",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ],
        },
    }
]
FORM_RENDERER = "peerwork.ground.ui.forms.Renderer"

STATIC_URL = "/static/"
STATIC_ROOT = OPTIONS.data / "static"
STATICFILES_DIRS = sorted(HOUSE.glob("*/*/static"))
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "peerwork.ground.ui.storage.Storage"},
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [HOUSE / "site/locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# No access log. An error is told without the address that led to it and without the time it happened.
LOGGING = {
    "version": 1,
    # Django's own would be among them, and a page that could not be made would leave no line.
    "disable_existing_loggers": False,
    "filters": {"without addresses": {"()": "peerwork.site.reports.WithoutAddresses"}},
    "formatters": {"without words": {"()": "peerwork.site.reports.WithoutWords"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "level": "ERROR",
            "filters": ["without addresses"],
            "formatter": "without words",
        }
    },
    # Django hangs handlers of its own on these two. Ours is the only one.
    "loggers": {name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
    "root": {"handlers": ["stderr"], "level": "ERROR"},
}
