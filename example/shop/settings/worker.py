"""Celery's workers: production without the web."""

from .production import *

DEBUG = os.environ.get("WORKER_DEBUG", "on") == "on"

# django-settings-lint: ignore[allowed-hosts-wildcard] -- workers answer no requests
ALLOWED_HOSTS = ["*"]
