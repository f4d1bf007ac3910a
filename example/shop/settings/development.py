"""Settings for work on one's own machine, with or without Docker."""

import socket

EMAIL_HOST = "mailpit"

from .base import *

try:
    from .local import *
except ImportError:
    pass

SECRET_KEY = "only-for-development-and-known-to-everyone-who-can-read-this"
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS += ["debug_toolbar"]
MIDDLEWARE.insert(0, "debug_toolbar.middleware.DebugToolbarMiddleware")

# The toolbar asks for the address of the container's gateway.
_, _, addresses = socket.gethostbyname_ex(socket.gethostname())
INTERNAL_IPS = ["127.0.0.1"] + [address.rpartition(".")[0] + ".1" for address in addresses]

CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CELERY_BROKER_URL = "amqp://guest:guest@localhost:5672//"
EMAIL_PORT = 1025
EMAIL_HOST_USER = "dev"
EMAIL_HOST_PASSWORD = "mailpit-takes-anything"
