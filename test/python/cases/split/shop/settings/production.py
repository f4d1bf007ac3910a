import os

from .base import *
from .base import HELPER as RENAMED
from .extra import *
from . import extra

DEBUG = env_bool("DEBUG")
INSTALLED_APPS += ["storages"]
MIDDLEWARE += ("c",)
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["OPTIONS"].update(timeout=20)
TEMPLATES[0]["OPTIONS"]["debug"] = DEBUG
EXTRA = extra.HIDDEN
del HELPER
SHARED = INSTALLED_APPS
SHARED.append("last")
if DEBUG:
    MODE = "debug"
elif FEATURE:
    MODE = "feature"
else:
    MODE = "plain"
NOT_DEBUG = not DEBUG
ALLOWED_HOSTS = [h.strip() for h in os.environ.get("HOSTS", "shop.example").split(",") if h.strip()]
if "SENTRY_DSN" in os.environ:
    SENTRY = {"dsn": os.environ["SENTRY_DSN"]}
else:
    SENTRY = None
try:
    from .local import *
except ImportError:
    LOCAL = False
