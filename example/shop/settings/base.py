"""
What all environments have in common.

Copy local.example.py to local.py for what is different on your machine.
"""

import os
from pathlib import Path

from shop.env import env_bool, env_list

BASE_DIR = Path(__file__).resolve().parent.parent

# production.py turns this off
DEBUG = True

SECRET_KEY = "django-insecure-8v$1pw!xk2@r7=q0n&lfz^4dy_e+3uo6hcbt5(smj-9ig#aw"

ALLOWED_HOSTS = []

SITE_NAME = "Tallow & Wick"
SITE_DOMAIN = "localhost:8000"
SITE_URL = f"http://{SITE_DOMAIN}"

# Applications

DJANGO_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
THIRD_PARTY_APPS = [
    "corsheaders",
    "rest_framework",
]
LOCAL_APPS = [
    "catalogue",
    "customers",
    "orders",
]
INSTALLED_APPS = DJANGO_APPS + THIRD_PARTY_APPS + LOCAL_APPS

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "catalogue.context_processors.basket",
            ],
            "loaders": [
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
            ],
        },
    },
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": BASE_DIR / "db.sqlite3",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": 600,
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# Users

AUTH_USER_MODEL = "customers.Customer"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
LOGIN_URL = "/customers/sign-in/"
LOGIN_REDIRECT_URL = "/"
CSRF_COOKIE_SECURE = False

# Languages: English only until the translations are back from the agency

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/Vienna"
USE_I18N = False
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "assets"]
MEDIA_URL = "/media/"
MEDIA_ROOT = os.environ.get("MEDIA_ROOT", "/var/lib/shop/media")

# Mail

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_HOST = "localhost"
EMAIL_PORT = 25
DEFAULT_FROM_EMAIL = "noreply@tallow-and-wick.example"
ADMINS = [("Shop team", "shop-team@tallow-and-wick.example")]
MANAGERS = ADMINS

# API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 50,
}
CORS_ALLOWED_ORIGINS = env_list("CORS_ALLOWED_ORIGINS", ["https://www.tallow-and-wick.example"])

# Services

CELERY_BROKER_URL = "amqp://shop:Beeswax-71-candle@rabbit:5672/shop"
CELERY_RESULT_BACKEND = None
CELERY_TASK_ALWAYS_EAGER = env_bool("CELERY_EAGER")

PAYMENT_API_URL = "https://api.payments.example/v2/charges"
PAYMENT_PUBLIC_KEY = "pub-51H8dQw9Lr2Kz7VtXn"
PAYMENT_API_KEY = os.environ.get("PAYMENT_API_KEY", "")
NEWSLETTER_API_KEY = "f3Qz81LmTw0vRk5Yx2Bd7nHs"
NEWSLETTER_LIST = "customers-weekly"

if DEBUG:
    # The new storefront runs on its own port with npm run dev.
    CORS_ALLOW_ALL_ORIGINS = True
    CORS_PREFLIGHT_MAX_AGE = 0

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}

DEFAULT_FROM_EMAIL = f"{SITE_NAME} <noreply@tallow-and-wick.example>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
