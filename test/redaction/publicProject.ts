/** What stands in place of a secret. */
export const MASK = "********";
const selects = (module: string): string =>
  `import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${module}")\n`;

/** Words that are names in the project or in what the rules say; all of them stand below a secret's name, too. */
const WORDS = [
  ..."shop settings base production development environment password secret localhost postgres postgresql".split(" "),
  ..."Django manage.py wsgi.py Dockerfile INSTALLED_APPS SECRET_KEY ALLOWED_HOSTS DEBUG True changeme".split(" "),
  ..."DJANGO_SECRET_KEY SHOP_DATABASE_PASSWORD DJANGO_SETTINGS_MODULE shop_database_password".split(" "),
  ..."shop.settings.production shop.settings.base shop/settings/development.py django.contrib.auth".split(" "),
  ..."django.middleware.security.SecurityMiddleware smtp.shop.example https 3600 86400 31536000 2024-01-01 127.0.0.1".split(
    " ",
  ),
  ..."forge sessions base.py local_development_environment settings_2024prod settings_2024prod.py the environment there error warning secret-key-hardcoded debug-enabled unsafe".split(
    " ",
  ),
];

/** Settings that everybody may know, as they are written. */
export const PUBLIC: Readonly<Record<string, string>> = {
  TIME_ZONE: "'UTC'",
  LANGUAGE_CODE: "'en-gb'",
  SESSION_COOKIE_AGE: "1209600",
  SECURE_HSTS_SECONDS: "31536000",
  CACHE_SECONDS: "3600",
  USE_TZ: "True",
  PASSWORD_RESET_TIMEOUT: "259200",
  PASSWORD_HASHERS: "['django.contrib.auth.hashers.PBKDF2PasswordHasher']",
  AUTH_PASSWORD_VALIDATORS:
    "[{'NAME': 'django.contrib.auth.password_validation.MinimumLengthValidator', 'OPTIONS': {'min_length': 12}}]",
  CSRF_COOKIE_NAME: "'csrftoken'",
  CSRF_HEADER_NAME: "'HTTP_X_CSRFTOKEN'",
  SESSION_COOKIE_NAME: "'shop-session'",
  TOKEN_MODEL: "'shop.Token'",
  ROTATE_REFRESH_TOKENS: "True",
  STRIPE_PUBLISHABLE_KEY: "'pk_live_5x7Q9w2Zk4'",
  RECAPTCHA_SITE_KEY: "'6Lc5x7Q9w2Zk4AAAA'",
  API_KEY_HEADER: "'X-Shop-Client'",
  AWS_S3_SIGNATURE_VERSION: "'s3v4'",
  CACHES:
    "{'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache', 'LOCATION': 'redis://cache:6379/1', 'KEY_PREFIX': 'shop', 'TIMEOUT': 300}}",
  DATABASES:
    "{'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'shop', 'USER': 'shop', 'HOST': 'db', 'PORT': 5432}}",
  REST_FRAMEWORK: "{'DEFAULT_AUTHENTICATION_CLASSES': ['rest_framework.authentication.TokenAuthentication']}",
  SIMPLE_JWT:
    "{'ACCESS_TOKEN_LIFETIME': 300, 'AUTH_HEADER_TYPES': ('Bearer',), 'TOKEN_TYPE_CLAIM': 'token_type', 'ALGORITHM': 'HS256'}",
  LOG_FORMAT: "'%(asctime)s %(levelname)s [%(name)s] %(message)s'",
  DOCS_URL: "'https://docs.shop.example:8443/@team?page=2&sort=name#token'",
  DEFAULT_FROM_EMAIL: "'Shop <orders@shop.example>'",
  STATIC_URL: "'https://cdn.shop.example/static/'",
  EMAIL_PORT: "587",
  REVISION: "'3f2a91c04be7d65c8a10'",
  GREETING: "'Basic authentication is off; the token: see docs'",
  MODEL_PATH: "'sk-learn-models/text-classifier-large-english'",
  REFRESH_TOKEN_EXPIRES_IN: "10368000",
  FLUSH_REFRESH_TOKENS_PERIODICITY: "259200",
  LOGIN_REDIRECT_URL: "'credentials-list'",
  API_DESCRIPTION: "'Send `Authorization: Token <key>` with a key of your own, or `Authorization: Bearer <token>`.'",
  FIELD_TYPES: "{'i18n_text_jsonfield': 'shop.fields.TextField'}",
  FEATURES: "{'re_compile_all_the_patterns': True, 'key-value-store-with-long-name': 1}",
};

const SETTINGS = [
  "import os",
  "from pathlib import Path",
  "",
  "BASE_DIR = Path(__file__).resolve().parent.parent.parent",
  'SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]',
  'INSTALLED_APPS = ["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes"]',
  'ROOT_URLCONF = "shop.urls"',
  'SECRETS = {"host": "ship.example", "seconds": 31536000}',
  'ORDER_HOST = SECRETS["host"]',
  'ORDER_SECONDS = SECRETS["seconds"]',
  "def get_secret(name):",
  "    return SECRETS[name]",
  'SALES_HOST = get_secret("host")',
  'STORE_HOST = SECRETS.get("host")',
  "MIDDLEWARE = []",
  'BACKEND_SERVICE_KEY = "credentials-backend-service-key"',
  'FORM_PASSWORD = ("secret", "i18n_text_jsonfield")',
  `LOGINS = [${WORDS.map((word) => `{"password": "${word}"}`).join(", ")}]`,
  ...Object.entries(PUBLIC).map(([name, value]) => `${name} = ${value}`),
  "",
].join("\n");

/** A project without secrets that has many words below names of secrets. */
export const PUBLIC_FILES: Readonly<Record<string, string>> = {
  "manage.py": selects("shop.settings.development"),
  "requirements.txt": "Django==5.2.1\n",
  "pyproject.toml": '[tool.django-settings-lint]\npreset = "all"\n',
  "shop/__init__.py": "",
  "shop/wsgi.py": selects("shop.settings.production"),
  "shop/settings/__init__.py": "",
  "shop/settings/base.py": SETTINGS,
  "shop/settings/development.py": "from .base import *\n\nDEBUG = True\n",
  "shop/settings/settings_2024prod.py": "from .production import *\n\nDEBUG = True\n",
  "shop/settings/production.py": [
    "from .base import *",
    "",
    "DEBUG = os.environ.get('SHOP_DEBUG', 'True')",
    "if os.environ.get('DJANGO_ENV') == 'development':",
    "    ALLOWED_HOSTS = ['*']",
    "EMAIL_HOST_PASSWORD = os.environ['SHOP_DATABASE_PASSWORD']",
    "",
  ].join("\n"),
};
