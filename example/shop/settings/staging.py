"""The copy of production where releases are tried out."""

from .production import *

# Tracebacks are easier to read than Sentry. Off again before the audit!
DEBUG = True
ALLOWED_HOSTS = ["*"]
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "staging-9d2f6c1b8a7e4f30b5c2d8e1a6f47093")

SECURE_HSTS_SECONDS = 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
