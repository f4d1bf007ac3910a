"""Celery's workers: production without the web."""

from .production import *

DEBUG = os.environ.get("WORKER_DEBUG", "on") == "on"

# Workers answer no requests.
ALLOWED_HOSTS = ["*"]
