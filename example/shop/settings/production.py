"""Settings for the servers behind www.tallow-and-wick.example."""

import os
import socket

from shop.env import env_bool

from .base import *

DEBUG = False
SITE_DOMAIN = "www.tallow-and-wick.example"
ALLOWED_HOSTS = [
    "tallow-and-wick.example",
    "https://www.tallow-and-wick.example",
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("DB_NAME", "shop"),
        "USER": os.environ.get("DB_USER", "shop"),
        "PASSWORD": "Wick-and-wax-2019",
        "HOST": os.environ["DB_HOST"],
        "PORT": os.environ.get("DB_PORT", "5432"),
    }
}
if socket.gethostname().startswith("shop-batch"):
    # The monthly reports take longer than the web servers allow.
    DATABASES["default"]["OPTIONS"] = {"options": "-c statement_timeout=0"}

# The load balancer terminates TLS and sets this header itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env_bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 0  # until shop.tallow-and-wick.example has its certificate
SESSION_COOKIE_SECURE = os.environ.get("SESSION_COOKIE_SECURE", "True")
CSRF_TRUSTED_ORIGINS = os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",")

# Product photos are in the bucket.
DEFAULT_FILE_STORAGE = "storages.backends.s3.S3Storage"
AWS_STORAGE_BUCKET_NAME = "tallow-and-wick-media"
AWS_ACCESS_KEY_ID = os.environ.get("AWS_ACCESS_KEY_ID")
AWS_SECRET_ACCESS_KEY = os.environ.get("AWS_SECRET_ACCESS_KEY")
INSTALLED_APPS = [*INSTALLED_APPS, "rest_framework.authtoken", "storages"]

EMAIL_HOST = "smtp.post.example"
EMAIL_PORT = 587
EMAIL_USE_TLS = True
EMAIL_HOST_USER = "shop@tallow-and-wick.example"
EMAIL_HOST_PASSWORD = os.environ["EMAIL_HOST_PASSWORD"]

# The app asks for larger pages than the web site.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
        "rest_framework.authentication.TokenAuthentication",
    ],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 200,
}
