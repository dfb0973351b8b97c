"""What every way of running RegIT has in common."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    "exchange",
    "roles",
    "governance",
    "regit.apps.RegitAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "roles.login.apps.LockoutConfig",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "csp",
    "django_bootstrap5",
    "django_htmx",
    "django_include_bootstrap",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django_otp_webauthn",
    "guardian",
    "simple_history",
]

MIDDLEWARE = [
    "regit.metrics.OwnAddress",
    "governance.middleware.Probes",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "governance.middleware.utf8_only",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "regit.requests.RequestLog",
    "roles.middleware.GrantsOfToday",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "governance.middleware.IdleTimeout",
    "governance.middleware.LoginWall",
    "roles.login.gate.SecondFactorGate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "regit.urls"
WSGI_APPLICATION = "regit.wsgi.application"

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
            ],
        },
    },
]

# The database: DATABASE_URL, or the embedded server in var/, which starts at the first connection.
# A database that is away is noticed within seconds, and found again by the next request: the pool
# does not wait longer and longer between attempts, and no connection waits for a host that is gone.
POOL = {"min_size": 1, "max_size": 8, "timeout": 3, "reconnect_timeout": 3}
PATIENCE = {"connect_timeout": 3, "tcp_user_timeout": 10_000}
# What a process asks again and again is planned once a connection (governance/lists/prepared.py):
# the plan is made for any ids, and nothing is compiled that is over before the compiler is.
PREPARED = {"prepare_threshold": 0}
PLANNING = "-c plan_cache_mode=force_generic_plan -c jit=off -c max_parallel_workers_per_gather=0"


def database(url: str | None) -> dict[str, Any]:
    """Return the connection settings for a database URL, or for the embedded server without one.

    Raises ImproperlyConfigured for any other kind of database.
    """
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(
            "DATABASE_URL must name a PostgreSQL database: postgresql://user:password@host:5432/regit"
        )
    if url:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    else:
        settings = {
            "ENGINE": "regit.embedded",
            "NAME": "regit",
            "USER": "postgres",
            "DIRECTORY": BASE_DIR / "var",
        }
    given = settings.get("OPTIONS", {})
    options = {**PATIENCE, **PREPARED, **given, "pool": POOL}
    options["options"] = f"{PLANNING} {given.get('options', '')}".rstrip()
    return {**settings, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


DATABASES = {"default": database(os.environ.get("DATABASE_URL", "").strip())}
# A copy that follows it, for reads that may be some seconds old (governance/replica.py). Connected
# to when first asked.
if os.environ.get("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = database(os.environ["DATABASE_REPLICA_URL"])
    DATABASES["replica"]["OPTIONS"]["pool"] = {**POOL, "min_size": 0}
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
REPLICA_MOST_LAG = 30.0  # seconds
# The role that web processes log in as, where that is not the one that migrates: it gets its rights
# after each migration (governance/history/serving.py).
WEB_ROLE = os.environ.get("WEB_ROLE", "").strip()
BACKUP_DIR = Path(os.environ.get("BACKUP_DIR") or BASE_DIR / "var" / "backups")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and their sessions.
AUTH_USER_MODEL = "roles.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # refuses while an account or an address is locked
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "roles.login.passwords.NotAboutYou"},
    {"NAME": "roles.login.passwords.Length", "OPTIONS": {"min_length": 12}},
    {"NAME": "roles.login.passwords.NotCommon"},
    {"NAME": "roles.login.passwords.NotNumeric"},
]
LOGIN_URL = "/logga-in/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 10 * 60 * 60  # a working day
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_IDLE = timedelta(0)  # how long nothing may happen before a new login is asked for; 0: ever

# A code from an app, or a passkey, after the password, for whoever wants it; Administratörer and
# Revisorer must. Its secrets are encrypted by a key of its own, or SECRET_KEY without one.
SECOND_FACTOR = False
SECOND_FACTOR_KEY = ""
SECOND_FACTOR_OLD_KEYS: list[str] = []
OTP_TOTP_ISSUER = "RegIT"
OTP_WEBAUTHN_RP_NAME = "RegIT"
OTP_WEBAUTHN_RP_ID_CALLABLE = "roles.login.passkeys.domain"
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False
PASSKEY_DOMAIN = ""  # the host that RegIT is opened at

# Single sign-on is off; regit/settings/sso.py turns it on in production.
SSO_NAME = ""
SSO_LOGIN = "openid_connect_login"
SSO_MATCH = ["email"]
SSO_TRUST_EMAIL = False
SSO_GROUPS_CLAIM = "groups"
SSO_GROUPS: dict[str, str] = {}
ACCOUNT_ADAPTER = "roles.login.sso.Accounts"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # or its migrations change addresses without a gesture
SOCIALACCOUNT_ADAPTER = "roles.login.sso.PeopleOfTheRegister"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "saml": {"provider_class": "roles.login.saml.Service"},
}

# Wrong passwords are counted in the database, for the account and for the address they come from.
AXES_HANDLER = "roles.login.lockout.Lockout"
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_FAILURE_LIMIT = 5
LOGIN_FAILURES_PER_ADDRESS = 50
API_QUESTIONS_A_MINUTE = 1_000  # of one key, in each web process
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or a stranger could keep somebody out
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "roles.login.lockout.locked"
AXES_USERNAME_CALLABLE = "roles.login.lockout.account_named"
AXES_CLIENT_IP_CALLABLE = "roles.login.lockout.client_address"
# A name is now and then a password, typed in the wrong field; the others are the form of one's own.
AXES_SENSITIVE_PARAMETERS = ["username", "old_password", "new_password1", "new_password2"]
AXES_DISABLE_ACCESS_LOG = True  # who logs in when is nobody's business
AXES_VERBOSE = False  # no line of its own in the output of every command
AXES_ENABLE_ADMIN = False  # RegIT's own page: roles/login/attempts.py
PROXY_COUNT = 0  # proxies of ours that add to X-Forwarded-For

# Rights on objects are rows in the grant tables of roles; governance/access asks them directly.
# guardian's own backend would add a second answer (its generic tables), so its check is silenced.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",
    "otp_webauthn.E030",  # roles/login/passkeys.py takes answers from the address that asked
]

# Swedish, in Swedish days. Formats: regit/formats/sv.
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
FORMAT_MODULE_PATH = ["regit.formats"]

# Handing over everything sends two fields for each assignment, and some people hold a thousand.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# The largest file that is kept with an agreement. Its bytes are in the database.
AVTAL_FILE_MAX_MB = int(os.environ.get("AVTAL_FILE_MAX_MB", "").strip() or 20)

# Where metrics are read, and what must be sent to read them (regit/metrics.py).
METRICS_ADDRESS = METRICS_TOKEN = ""

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]

# Field errors are ours; green fields nobody touched and labels repeated inside them are not.
BOOTSTRAP5 = {
    "set_placeholder": False,
    "success_css_class": "",
    "field_renderers": {"default": "governance.forms.renderers.FieldRenderer"},
}
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets of ours lie in templates/
CSRF_FAILURE_VIEW = "governance.views.errors.csrf_failure"

# Everything comes from here. data: is for the pictures inside Bootstrap's style sheet.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Letters lead to this address; production names its own (governance/mailing.py).
SITE_URL = "http://localhost:8000"
DEFAULT_FROM_EMAIL = "RegIT <regit@localhost>"
EMAIL_TIMEOUT = 10
