import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DEBUG = True
TEMPLATE_DEBUG = DEBUG
SECRET_KEY = os.environ.get("SECRET_KEY", "dev")
INSTALLED_APPS = ["shop", "cart"]
MIDDLEWARE = ("a", "b")
if DEBUG:
    INSTALLED_APPS += ["toolbar"]
DATABASES = {"default": {"ENGINE": "sqlite3", "NAME": BASE_DIR / "db.sqlite3", "OPTIONS": {"timeout": 5}}}
TEMPLATES = [{"DIRS": [BASE_DIR / "templates"], "OPTIONS": {"debug": DEBUG, "loaders": ["x"]}}]
_PRIVATE = 1
HELPER = "helper"


def env_bool(name, default=False):
    value = os.environ.get(name)
    if value is None:
        return default
    return value.strip().lower() in {"1", "true", "yes", "on"}


FEATURE = env_bool("FEATURE", True)
