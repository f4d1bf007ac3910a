import { SHOP } from "../lsp/shop";

/** The files of an invented workspace on one of its branches, by path relative to its root. */
export type Branch = Readonly<Record<string, string>>;

/** An invented workspace: what it holds on each of its branches. The first is where an editing session begins. */
export interface Workspaces {
  readonly name: string;
  readonly branches: readonly Branch[];
}

const MANAGE = (module: string): string =>
  `import os\nimport sys\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${module}")\n` +
  "from django.core.management import execute_from_command_line\n\nexecute_from_command_line(sys.argv)\n";

const BASE = `"""Settings that all environments share."""
import os
from datetime import timedelta
from pathlib import Path

from .helpers import env_bool, split

BASE_DIR = Path(__file__).resolve().parent.parent.parent
SECRET_KEY = "invented-key-of-the-shop-0123456789"
DEBUG = env_bool("DEBUG", True)
ALLOWED_HOSTS = split(os.environ.get("ALLOWED_HOSTS", ""))

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    # "shop.legacy",
    "shop.orders",
]
MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
]
if DEBUG:
    INSTALLED_APPS += ["debug_toolbar"]
    INTERNAL_IPS = ["127.0.0.1"]

# Data
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "shop",
        "PASSWORD": os.environ.get("DB_PASSWORD", "hunter2-invented"),
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_COOKIE_SECURE = False  # django-settings-lint: ignore[session-cookie-secure] -- behind a proxy
SESSION_COOKIE_AGE = 60 * 60 * 24
STATIC_URL = "static/"
MEDIA_ROOT = BASE_DIR / "media"
TIMEOUT = timedelta(days=3)
LANGUAGES = [(code, code.upper()) for code in ("de", "en", "fr")]
try:
    import sentry_sdk
except ImportError:
    sentry_sdk = None
ROOT_URLCONF = "shop.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [], "APP_DIRS": True}]
TIME_ZONE = "Europe/Berlin"
USE_L10N = True
`;

const HELPERS = `import os


def env_bool(name, default=False):
    value = os.environ.get(name)
    if value is None:
        return default
    return value.lower() in ("1", "true", "yes")


def split(text):
    return [part.strip() for part in text.split(",") if part]
`;

/** A package of settings with all that goes around it. */
const SPLIT: Branch = {
  "manage.py": MANAGE("shop.settings.development"),
  "requirements.txt": "Django==5.2.1\npsycopg==3.2\nsentry-sdk\n",
  "pyproject.toml": '[tool.django-settings-lint]\npreset = "all"\n',
  "docker-compose.yml":
    "services:\n  web:\n    image: shop\n    command: gunicorn shop.wsgi\n    environment:\n      DJANGO_SETTINGS_MODULE: shop.settings.production\n      ALLOWED_HOSTS: shop.example,www.shop.example\n      DEBUG: 'false'\n",
  Dockerfile: 'FROM python:3.12\nENV DJANGO_SETTINGS_MODULE=shop.settings.production\nCMD ["gunicorn", "shop.wsgi"]\n',
  ".env.example": "DEBUG=\nALLOWED_HOSTS=\n",
  "shop/__init__.py": "",
  "shop/wsgi.py":
    'import os\n\nfrom django.core.wsgi import get_wsgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\napplication = get_wsgi_application()\n',
  "shop/urls.py":
    'from django.conf import settings\nfrom django.urls import path\n\nurlpatterns = []\nif settings.DEBUG:\n    urlpatterns += [path("debug/", None)]\n',
  "shop/orders/__init__.py": "",
  "shop/orders/views.py": "from django.conf import settings\n\nAGE = settings.SESSION_COOKIE_AGE\n",
  "shop/settings/__init__.py": "",
  "shop/settings/base.py": BASE,
  "shop/settings/helpers.py": HELPERS,
  "shop/settings/development.py":
    'from .base import *\n\nDEBUG = True\nALLOWED_HOSTS = ["*"]\nINSTALLED_APPS.append("django_extensions")\nDATABASES["default"]["NAME"] = "shop_dev"\n',
  "shop/settings/production.py":
    'import os\n\nfrom .base import *\nfrom .base import DATABASES\n\nDEBUG = False\nALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")\nDATABASES["default"]["CONN_MAX_AGE"] = 60\nMIDDLEWARE.insert(0, "whitenoise.middleware.WhiteNoiseMiddleware")\nif os.environ.get("USE_TLS") == "1":\n    SECURE_SSL_REDIRECT = True\n    SECURE_HSTS_SECONDS = 3600\ntry:\n    from .local import *\nexcept ImportError:\n    pass\n',
};

/** The same a release later: other modules, other deployment, and one file less. */
const SPLIT_LATER: Branch = {
  ...Object.fromEntries(Object.entries(SPLIT).filter(([path]) => path !== "Dockerfile")),
  "requirements.txt": "Django==6.0\npsycopg==3.2\n",
  "shop/settings/base.py": BASE.replace("USE_L10N = True\n", "").replace("DEBUG = env_bool", "DEBUG_MODE = env_bool"),
  "shop/settings/staging.py": "from .production import *\n\nDEBUG = True\nSECURE_HSTS_SECONDS = 0\n",
  "shop/settings/local.py": 'EMAIL_HOST_PASSWORD = "invented-mail-password"\n',
  Procfile: "web: DJANGO_SETTINGS_MODULE=shop.settings.staging gunicorn shop.wsgi\n",
};

/** One module, as `startproject` makes it, and one of another project beside it. */
const SINGLE: Branch = {
  "one/manage.py": MANAGE("site1.settings"),
  "one/site1/__init__.py": "",
  "one/site1/settings.py":
    'import environ\n\nenv = environ.Env(DEBUG=(bool, False))\nenviron.Env.read_env(".env")\nSECRET_KEY = env("SECRET_KEY", default="django-insecure-invented")\nDEBUG = env("DEBUG")\nDATABASES = {"default": env.db("DATABASE_URL", default="sqlite:///db.sqlite3")}\nINSTALLED_APPS = ["django.contrib.auth"]\nfor app in ("blog", "pages"):\n    INSTALLED_APPS.append(f"site1.{app}")\nROOT_URLCONF = "site1.urls"\nwith open("VERSION") as handle:\n    VERSION = handle.read().strip()\n',
  "one/.env": "DEBUG=on\nSECRET_KEY=invented-secret-of-site-one\n",
  "two/manage.py": MANAGE("config.settings.local"),
  "two/requirements.txt": "Django~=4.2\ndjango-configurations\n",
  "two/config/__init__.py": "",
  "two/config/settings/__init__.py": "from .common import *\n",
  "two/config/settings/common.py":
    'class Old:\n    pass\n\n\nSETTINGS = {"a": [1, 2]}\nSECRET_KEY = "invented-two"\nINSTALLED_APPS = ()\nMIDDLEWARE_CLASSES = ()\nSETTINGS["a"].append(3)\nglobals().update({"FROM_GLOBALS": 1})\n',
  "two/config/settings/local.py":
    'from . import *\nfrom .common import SETTINGS\n\nSETTINGS["b"] = SECRET_KEY\nDEBUG = True\n',
};

/** Settings in classes (django-configurations). */
const CLASSES: Branch = {
  "manage.py":
    'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")\nos.environ.setdefault("DJANGO_CONFIGURATION", "Dev")\nfrom configurations.management import execute_from_command_line\n',
  "requirements.txt": "Django==5.2.1\ndjango-configurations==2.5\n",
  "site/__init__.py": "",
  "site/settings.py":
    'from configurations import Configuration, values\n\n\nclass Base(Configuration):\n    SECRET_KEY = values.SecretValue()\n    DEBUG = values.BooleanValue(False)\n    INSTALLED_APPS = ["django.contrib.auth"]\n\n    @property\n    def ROOT_URLCONF(self):\n        return "site.urls"\n\n\nclass Dev(Base):\n    DEBUG = True\n    INSTALLED_APPS = Base.INSTALLED_APPS + ["toolbar"]\n\n\nclass Prod(Base):\n    ALLOWED_HOSTS = ["site.example"]\n    SECURE_SSL_REDIRECT = True\n',
};

export const WORKSPACES: readonly Workspaces[] = [
  { name: "split", branches: [SPLIT, SPLIT_LATER] },
  { name: "single", branches: [SINGLE, { ...SINGLE, "one/site1/local_settings.py": "DEBUG = True\n" }] },
  { name: "classes", branches: [CLASSES, { ...CLASSES, ...SINGLE }] },
  { name: "shop", branches: [SHOP, { ...SHOP, "shop/settings/base.py": BASE }] },
];
