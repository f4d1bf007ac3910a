import assert from "node:assert/strict";
import { discover, FULL, reportOf, reportsOf, selects } from "./projects";

const BASE = `${FULL}DEBUG = True\n`;
const ON_BASE = "from .base import *\n";
const QUIET_BASE = `${FULL}DEBUG = False\n`;
const IMPORTED = (by: string): string => `base: Nothing selects it; ${by} imports it.`;

interface Situation {
  readonly title: string;
  readonly files: Record<string, string>;
  readonly expected: Record<string, string>;
}

const COMPOSE = (service: string): string => `services:\n  web:\n${service.replace(/^/gm, "    ")}\n`;

const SITUATIONS: readonly Situation[] = [
  {
    title: "a package's own command has settings, beside those of the project for its tests",
    files: {
      "ledger/__init__.py": "",
      "ledger/__main__.py": selects("ledger.core.cli_settings"),
      "ledger/core/__init__.py": "",
      "ledger/core/settings.py": FULL,
      "ledger/core/cli_settings.py": "from ledger.core.settings import *\nDATABASES = {}\n",
    },
    expected: {
      "ledger.core.settings": IMPORTED("ledger/core/cli_settings.py"),
      "ledger.core.cli_settings": "base: ledger/__main__.py:2 selects it for the package's own command.",
    },
  },
  {
    title: "settings stand beside the commands of an app, and the site has its own",
    files: {
      "manage.py": selects("shop.settings"),
      "shop/wsgi.py": selects("shop.settings"),
      "shop/settings.py": FULL,
      "stock/__init__.py": "",
      "stock/management/__init__.py": "",
      "stock/management/settings.py": FULL,
    },
    expected: {
      "shop.settings": "single, assumed: It is the project's only settings module.",
      "stock.management.settings": "base: Its folder is that of an app's commands.",
    },
  },
  {
    title: "the only module has no URLs",
    files: {
      "manage.py": selects("jobs.settings"),
      "jobs/settings.py": `${FULL}ROOT_URLCONF = ""\n`,
    },
    expected: {
      "jobs.settings": "development: Its ROOT_URLCONF is empty: it is for commands, and serves no pages.",
    },
  },
  {
    title: "a module without URLs is deployed",
    files: {
      Dockerfile: 'ENV DJANGO_SETTINGS_MODULE=jobs.settings\nCMD ["gunicorn", "jobs.wsgi"]\n',
      "jobs/wsgi.py": selects("jobs.settings"),
      "jobs/settings.py": `${FULL}ROOT_URLCONF = None\n`,
    },
    expected: {
      "jobs.settings": "single, confirmed: Dockerfile:2 starts it for production; Dockerfile:1 selects it.",
    },
  },
  {
    title: "a compose service runs the plain module with gunicorn, beside one for development",
    files: {
      "manage.py": selects("shop.settings_dev"),
      "docker-compose.yml": COMPOSE("build: .\ncommand: gunicorn shop.wsgi:application"),
      "shop/wsgi.py": selects("shop.settings"),
      "shop/settings.py": FULL,
      "shop/settings_dev.py": "from .settings import *\nDEBUG = True\n",
    },
    expected: {
      "shop.settings":
        "production, confirmed: docker-compose.yml:4 starts it for production; shop/wsgi.py:2 selects it.",
      "shop.settings_dev": "development: Its name says development.",
    },
  },
  {
    title: "the module called base is the one that is deployed",
    files: {
      "manage.py": selects("shop.settings.dev"),
      Dockerfile: 'CMD ["gunicorn", "shop.wsgi"]\n',
      "shop/wsgi.py": selects("shop.settings.base"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
    },
    expected: {
      "shop.settings.base": "production, confirmed: Dockerfile:1 starts it for production; shop/wsgi.py:2 selects it.",
      "shop.settings.dev": "development: Its name says development.",
    },
  },
  {
    title: "the platform selects the production module, wsgi.py the one for everyday work",
    files: {
      "manage.py": selects("shop.conf.base"),
      Procfile: "web: gunicorn shop.wsgi\n",
      "shop/wsgi.py": selects("shop.conf.base"),
      "shop/conf/base.py": QUIET_BASE,
      "shop/conf/production.py": ON_BASE,
    },
    expected: {
      "shop.conf.base": "base: Its name says that others build on it, as shop/conf/production.py does.",
      "shop.conf.production": "production, confirmed: Its name says production.",
    },
  },
  {
    title: "a production compose file overrides what wsgi.py selects",
    files: {
      "manage.py": selects("shop.settings.dev"),
      "docker-compose.prod.yml": COMPOSE(
        "command: gunicorn shop.wsgi\nenvironment:\n  - DJANGO_SETTINGS_MODULE=shop.settings.site",
      ),
      "shop/wsgi.py": selects("shop.settings.dev"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/site.py": ON_BASE,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/site.py"),
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.site":
        "production, confirmed: docker-compose.prod.yml:3 starts it for production; docker-compose.prod.yml:5 selects it.",
    },
  },
  {
    title: "a file of variables that the service names selects the module",
    files: {
      "manage.py": selects("shop.settings.dev"),
      "docker-compose.prod.yml": COMPOSE("command: gunicorn shop.wsgi\nenv_file: deploy/web"),
      "deploy/web": "DJANGO_SETTINGS_MODULE=shop.settings.site\n",
      "shop/wsgi.py": selects("shop.settings.dev"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/site.py": ON_BASE,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/dev.py"),
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.site":
        "production, confirmed: docker-compose.prod.yml:3 starts it for production; deploy/web:1 selects it.",
    },
  },
  {
    title: "the service's variable makes the name that wsgi.py computes",
    files: {
      "manage.py": selects("shop.settings.dev"),
      "docker-compose.prod.yml": COMPOSE("command: uvicorn shop.asgi:application\nenvironment:\n  STAGE: site"),
      "shop/asgi.py":
        'import os\nSTAGE = os.getenv("STAGE", "dev")\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", f"shop.settings.{STAGE}")\n',
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/site.py": QUIET_BASE,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/dev.py"),
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.site":
        "production, confirmed: docker-compose.prod.yml:3 starts it for production; shop/asgi.py:3 selects it.",
    },
  },
  {
    title: "the name that wsgi.py computes with %-format",
    files: {
      "manage.py": selects("shop.settings.dev"),
      "docker-compose.prod.yml": COMPOSE("command: gunicorn shop.wsgi\nenvironment:\n  STAGE: site"),
      "shop/wsgi.py":
        'import os\nHOME = "shop.settings"\nSTAGE = os.getenv("STAGE", "dev")\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.%s" % STAGE)\n',
      "shop/settings/dev.py": FULL,
      "shop/settings/site.py": FULL,
    },
    expected: {
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.site":
        "production, confirmed: docker-compose.prod.yml:3 starts it for production; shop/wsgi.py:4 selects it.",
    },
  },
  {
    title: "the name that wsgi.py computes with str.format()",
    files: {
      "manage.py": selects("shop.settings.dev"),
      "docker-compose.prod.yml": COMPOSE("command: gunicorn shop.wsgi\nenvironment:\n  STAGE: site"),
      "shop/wsgi.py":
        'import os\nHOME = "shop.settings"\nSTAGE = os.getenv("STAGE", "dev")\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.{}".format(STAGE))\n',
      "shop/settings/dev.py": FULL,
      "shop/settings/site.py": FULL,
    },
    expected: {
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.site":
        "production, confirmed: docker-compose.prod.yml:3 starts it for production; shop/wsgi.py:4 selects it.",
    },
  },
  {
    title: "the name that wsgi.py computes with a sum of constants",
    files: {
      "manage.py": selects("shop.settings.dev"),
      "docker-compose.prod.yml": COMPOSE("command: gunicorn shop.wsgi\nenvironment:\n  STAGE: site"),
      "shop/wsgi.py":
        'import os\nHOME = "shop.settings"\nSTAGE = os.getenv("STAGE", "dev")\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", HOME + ".site")\n',
      "shop/settings/dev.py": FULL,
      "shop/settings/site.py": FULL,
    },
    expected: {
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.site":
        "production, confirmed: docker-compose.prod.yml:3 starts it for production; shop/wsgi.py:4 selects it.",
    },
  },
  {
    title: "a module that the image only collects static files with",
    files: {
      "manage.py": selects("shop.settings"),
      "shop/wsgi.py": selects("shop.settings"),
      Dockerfile:
        "RUN DJANGO_SETTINGS_MODULE=shop.settings.building python manage.py collectstatic\nENV DJANGO_SETTINGS_MODULE=shop.settings\nCMD gunicorn shop.wsgi\n",
      "shop/settings/__init__.py": FULL,
      "shop/settings/building.py": "from shop.settings import *\n",
    },
    expected: {
      "shop.settings": "single, confirmed: Dockerfile:3 starts it for production; Dockerfile:2 selects it.",
      "shop.settings.building": "base: Dockerfile:1 selects it for a step of the build only; nothing starts it.",
    },
  },
  {
    title: "a base module in a folder for tests",
    files: {
      "tests/settings/base.py": FULL,
      "tests/settings/sqlite.py": ON_BASE,
      "tests/settings/postgres.py": ON_BASE,
      "tox.ini": "[testenv]\nsetenv = DJANGO_SETTINGS_MODULE=tests.settings.sqlite\n",
    },
    expected: {
      "tests.settings.base": IMPORTED("tests/settings/sqlite.py"),
      "tests.settings.postgres": "test: Its folder's name says test.",
      "tests.settings.sqlite": "test: tox.ini:2 selects it for test.",
    },
  },
  {
    title: "the package around the module that is selected",
    files: {
      "manage.py": selects("shop.settings.development"),
      "shop/wsgi.py": selects("shop.settings.production"),
      "shop/settings/__init__.py": "from .base import *\n",
      "shop/settings/base.py": FULL,
      "shop/settings/development.py": ON_BASE,
      "shop/settings/production.py": ON_BASE,
    },
    expected: {
      "shop.settings": "base: Nothing selects or imports it; the project runs shop.settings.production.",
      "shop.settings.base": IMPORTED("shop/settings/development.py"),
      "shop.settings.development": "development: Its name says development.",
      "shop.settings.production": "production, confirmed: Its name says production.",
    },
  },
  {
    title: "a component that is named after its environment",
    files: {
      "shop/wsgi.py": selects("shop.settings.production"),
      "shop/settings/components/production.py": QUIET_BASE,
      "shop/settings/production.py": "from .components.production import *\n",
    },
    expected: {
      "shop.settings.components.production": IMPORTED("shop/settings/production.py"),
      "shop.settings.production": "production, confirmed: Its name says production.",
    },
  },
  {
    title: "manage.py in a folder that is a package",
    files: {
      "src/__init__.py": "",
      "src/manage.py": selects("config.settings.gone"),
      "src/config/__init__.py": "",
      "src/config/settings/__init__.py": "",
      "src/config/settings/production.py": QUIET_BASE,
    },
    expected: { "config.settings.production": "production, confirmed: Its name says production." },
  },
  {
    title: "an unknown variable is not taken for the default",
    files: {
      "manage.py": selects("shop.settings.one"),
      "docker-compose.prod.yml": COMPOSE(
        "command: gunicorn shop.wsgi\nenvironment:\n  DJANGO_SETTINGS_MODULE: ${SETTINGS}",
      ),
      "shop/wsgi.py": selects("shop.settings.one"),
      "shop/settings/one.py": FULL,
      "shop/settings/two.py": FULL,
    },
    expected: {
      "shop.settings.one": "production, assumed: No other settings module is for production.",
      "shop.settings.two": "base: Nothing selects or imports it; the project runs shop.settings.one.",
    },
  },
  {
    title: "the service runs the image's command with its own variable",
    files: {
      "manage.py": selects("shop.settings.dev"),
      "web/Dockerfile": "FROM python\nENV DJANGO_SETTINGS_MODULE=shop.settings.dev\nCMD gunicorn shop.wsgi\n",
      "compose.production.yaml": COMPOSE("build: web\nenvironment:\n  DJANGO_SETTINGS_MODULE: shop.settings.site"),
      "shop/wsgi.py": selects("shop.settings.dev"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/site.py": ON_BASE,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/site.py"),
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.site":
        "production, confirmed: web/Dockerfile:3 starts it for production; compose.production.yaml:5 selects it.",
    },
  },
  {
    title: "the image runs a script that starts the server",
    files: {
      "manage.py": selects("shop.settings.dev"),
      Dockerfile: 'ENV DJANGO_SETTINGS_MODULE=shop.settings.site\nENTRYPOINT ["/app/bin/serve.sh"]\n',
      "bin/serve.sh": "set -e\npython manage.py migrate\nexec gunicorn shop.wsgi --bind :8000\n",
      "shop/wsgi.py": selects("shop.settings.dev"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/site.py": ON_BASE,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/site.py"),
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.site": "production, confirmed: bin/serve.sh:3 starts it for production; Dockerfile:1 selects it.",
    },
  },
  {
    title: "uwsgi.ini names the file of the application",
    files: {
      "manage.py": selects("shop.settings.dev"),
      "deploy/uwsgi.ini": "[uwsgi]\nwsgi-file = shop/wsgi.py\n",
      "shop/wsgi.py": selects("shop.settings.base"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
    },
    expected: {
      "shop.settings.base":
        "production, confirmed: deploy/uwsgi.ini:2 starts it for production; shop/wsgi.py:2 selects it.",
      "shop.settings.dev": "development: Its name says development.",
    },
  },
  {
    title: "a server that restarts at every edit is a developer's",
    files: {
      "manage.py": selects("shop.settings.one"),
      "docker-compose.yml": COMPOSE("command: gunicorn shop.wsgi --reload"),
      "shop/wsgi.py": selects("shop.settings.one"),
      "shop/settings/one.py": FULL,
      "shop/settings/two.py": FULL,
    },
    expected: {
      "shop.settings.one": "production, assumed: No other settings module is for production.",
      "shop.settings.two": "base: Nothing selects or imports it; the project runs shop.settings.one.",
    },
  },
  {
    title: "installing a server starts none",
    files: {
      "manage.py": selects("shop.settings.one"),
      "setup.sh": "pip install gunicorn\nsystemctl restart gunicorn\n",
      "shop/wsgi.py": selects("shop.settings.one"),
      "shop/settings/one.py": FULL,
      "shop/settings/two.py": FULL,
    },
    expected: {
      "shop.settings.one": "production, assumed: No other settings module is for production.",
      "shop.settings.two": "base: Nothing selects or imports it; the project runs shop.settings.one.",
    },
  },
  {
    title: "the only module is called dev, and an image deploys it",
    files: {
      "manage.py": selects("shop.settings.dev"),
      Dockerfile: "CMD gunicorn shop.wsgi\n",
      "shop/wsgi.py": selects("shop.settings.dev"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/dev.py"),
      "shop.settings.dev": "production, confirmed: Dockerfile:1 starts it for production; shop/wsgi.py:2 selects it.",
    },
  },
  {
    title: "tools that only read settings",
    files: {
      "manage.py": selects("shop.settings.main"),
      ".pylintrc": "[MASTER]\ndjango-settings-module=shop.settings.lint\n",
      "mypy.ini": "[mypy.plugins.django-stubs]\ndjango_settings_module = shop.settings.types\n",
      "docs/conf.py": selects("shop.settings.manual"),
      "shop/settings/base.py": QUIET_BASE,
      "shop/settings/main.py": ON_BASE,
      "shop/settings/lint.py": "DEBUG = False\n",
      "shop/settings/types.py": "DEBUG = False\n",
      "shop/settings/manual.py": "DEBUG = False\n",
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/main.py"),
      "shop.settings.lint": "base: It sets too little to run by itself, and nothing selects it.",
      "shop.settings.main": "single, assumed: It is the project's only settings module.",
      "shop.settings.manual": "base: It sets too little to run by itself, and nothing selects it.",
      "shop.settings.types": "base: It sets too little to run by itself, and nothing selects it.",
    },
  },
  ...["development", "test_project", "example", "ci", "demo_site"].map((folder): Situation => {
    const usage = folder === "ci" || folder === "test_project" ? "test" : "development";
    return {
      title: `a settings module in ${folder}/ beside the one of the site`,
      files: {
        "manage.py": selects("shop.settings"),
        "shop/__init__.py": "",
        "shop/settings.py": FULL,
        [`shop/${folder}/__init__.py`]: "",
        [`shop/${folder}/settings.py`]: FULL,
      },
      expected: {
        "shop.settings": `${usage === "test" ? "single" : "production"}, assumed: ${
          usage === "test"
            ? "It is the project's only settings module apart from those for tests."
            : "All other settings modules are for development or tests, or nothing selects them."
        }`,
        [`shop.${folder}.settings`]: `${usage}: Its folder's name says ${usage}.`,
      },
    };
  }),
  {
    title: "a folder whose name only begins like an environment's",
    files: {
      "manage.py": selects("shop.local_apps.settings"),
      "shop/local_apps/settings.py": FULL,
    },
    expected: { "shop.local_apps.settings": "single, assumed: It is the project's only settings module." },
  },
  {
    title: "classes of django-configurations are chosen by what the image sets",
    files: {
      "manage.py": `${selects("shop.settings")}os.environ.setdefault("DJANGO_CONFIGURATION", "Local")\n`,
      Dockerfile: "ENV DJANGO_CONFIGURATION=Cloud\nCMD gunicorn shop.wsgi\n",
      "shop/wsgi.py": `${selects("shop.settings")}os.environ.setdefault("DJANGO_CONFIGURATION", "Local")\n`,
      "shop/settings.py":
        "from configurations import Configuration\nclass Common(Configuration):\n    DEBUG = True\nclass Local(Common):\n    pass\nclass Cloud(Common):\n    DEBUG = False\n",
    },
    expected: {
      "shop.settings:Common": IMPORTED("shop/settings.py"),
      "shop.settings:Local": "development: Its class's name says development.",
      "shop.settings:Cloud": "production, confirmed: Dockerfile:2 starts it for production; Dockerfile:1 selects it.",
    },
  },
  {
    title: "the folder around classes says nothing where their own names tell them apart",
    files: {
      "sandbox/manage.py": `${selects("settings")}os.environ.setdefault("DJANGO_CONFIGURATION", "Development")\n`,
      "sandbox/settings.py":
        "from configurations import Configuration\nclass Base(Configuration):\n    DEBUG = False\nclass Development(Base):\n    DEBUG = True\nclass Production(Base):\n    pass\nclass Preview(Production):\n    pass\n",
    },
    expected: {
      "settings:Base": IMPORTED("sandbox/settings.py"),
      "settings:Development": "development: Its class's name says development.",
      "settings:Production": "production, confirmed: Its class's name says production.",
      "settings:Preview":
        "production, assumed: It sets DEBUG to False, and production has a module of its own: settings:Production.",
    },
  },
  {
    title: "an empty package is no entry",
    files: {
      "manage.py": selects("shop.settings"),
      "shop/wsgi.py": selects("shop.settings"),
      "shop/settings/__init__.py": "",
      "shop/settings/base.py": BASE,
      "shop/settings/production.py": ON_BASE,
    },
    expected: {
      "shop.settings": "base: It sets nothing.",
      "shop.settings.base": IMPORTED("shop/settings/production.py"),
      "shop.settings.production": "production, confirmed: Its name says production.",
    },
  },
  {
    title: "a fragment that another project merges",
    files: {
      "setup.py": 'setup(install_requires=["Django>=4.2"])\n',
      "plugin/__init__.py": "",
      "plugin/app/__init__.py": "",
      "plugin/app/settings.py":
        '# Django settings, merged by the host project\nINSTALLED_APPS = ["plugin.app"]\nTEMPLATES = []\nLOGGING = {}\n',
    },
    expected: { "plugin.app.settings": "base: It sets too little to run by itself, and nothing selects it." },
  },
  ...["aws", "gcp", "azure", "scalingo", "cloudgov", "fly", "k8s", "render", "railway", "dokku"].map(
    (platform): Situation => ({
      title: `a module called ${platform}, beside one for development`,
      files: {
        "manage.py": selects("shop.settings.dev"),
        "shop/settings/base.py": BASE,
        "shop/settings/dev.py": ON_BASE,
        [`shop/settings/${platform}.py`]: ON_BASE,
      },
      expected: {
        [`shop.settings.${platform}`]: "production, confirmed: Its name says production.",
        "shop.settings.base": IMPORTED("shop/settings/dev.py"),
        "shop.settings.dev": "development: Its name says development.",
      },
    }),
  ),
  {
    title: "settings of a platform's services are no module of their own",
    files: {
      "manage.py": selects("shop.settings"),
      "shop/settings/__init__.py": `from .aws import *\n${FULL}`,
      "shop/settings/aws.py": 'AWS_BUCKET = "x"\nSTATIC_URL = "/s/"\nDEFAULT_FILE_STORAGE = "x.S3"\n',
    },
    expected: {
      "shop.settings": "single, assumed: It is the project's only settings module.",
      "shop.settings.aws": IMPORTED("shop/settings/__init__.py"),
    },
  },
  {
    title: "wsgi_<platform>.py selects a module with a name of its own",
    files: {
      "manage.py": selects("shop.settings.dev"),
      "shop/wsgi.py": selects("shop.settings.dev"),
      "shop/wsgi_gcp.py": selects("shop.settings.site"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/site.py": ON_BASE,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/dev.py"),
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.site": "production, confirmed: shop/wsgi_gcp.py:2 selects it for production.",
    },
  },
  {
    title: "what stands beside production says nothing of its own purpose",
    files: {
      "manage.py": selects("shop.settings.dev"),
      "shop/settings/base.py": QUIET_BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/intranet.py": ON_BASE,
      "shop/settings/lab.py": `${ON_BASE}DEBUG = True\n`,
      "shop/settings/production.py": ON_BASE,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/dev.py"),
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.intranet":
        "production, assumed: It sets DEBUG to False, and production has a module of its own: shop.settings.production.",
      "shop.settings.lab":
        "development: It sets DEBUG to True, and production has a module of its own: shop.settings.production.",
      "shop.settings.production": "production, confirmed: Its name says production.",
    },
  },
  {
    title: "a module of an earlier layout, and one that has never been whole",
    files: {
      "manage.py": selects("shopping.settings"),
      "shopping/wsgi.py": selects("shopping.settings"),
      "shopping/settings.py": FULL,
      "api/__init__.py": "",
      "api/settings.py": '# Django settings\nDATABASES = {}\nINSTALLED_APPS = ["api"]\n',
      "settings.py": `${FULL}DEBUG = True\n`,
    },
    expected: {
      "shopping.settings": "production, assumed: No other settings module is for production.",
      "api.settings": "base: It sets too little to run by itself, and nothing selects it.",
      settings: "base: Nothing selects or imports it; the project runs shopping.settings.",
    },
  },
  {
    title: "parts of a package that are named by environments",
    files: {
      "manage.py": selects("shop.settings"),
      "shop/settings/__init__.py":
        "from .base import *\ntry:\n    from .local_logging import *\nexcept ImportError:\n    from .production_logging import *\n",
      "shop/settings/base.py": FULL,
      "shop/settings/local_logging.py": "LOGGING = {}\n",
      "shop/settings/production_logging.py": "LOGGING = {}\n",
    },
    expected: {
      "shop.settings": "single, assumed: It is the project's only settings module.",
      "shop.settings.base": IMPORTED("shop/settings/__init__.py"),
      "shop.settings.local_logging": IMPORTED("shop/settings/__init__.py"),
      "shop.settings.production_logging": IMPORTED("shop/settings/__init__.py"),
    },
  },
  {
    title: "a script for Windows serves the module for the office",
    files: {
      "manage.py": selects("shop.settings.dev"),
      "START.bat":
        "@echo off\r\nset DJANGO_SETTINGS_MODULE=shop.settings.lan\r\nwaitress-serve --port=8000 shop.wsgi:application\r\n",
      "shop/wsgi.py": selects("shop.settings.dev"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/lan.py": `${ON_BASE}DEBUG = False\n`,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/lan.py"),
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.lan": "production, confirmed: START.bat:3 starts it for production; START.bat:2 selects it.",
    },
  },
  {
    title: "PowerShell sets the variable and starts the server",
    files: {
      "manage.py": selects("shop.settings.dev"),
      "scripts/serve.ps1":
        '$env:DJANGO_SETTINGS_MODULE = "shop.settings.lan"\npython -m waitress --port=8000 shop.wsgi:application\n',
      "shop/wsgi.py": selects("shop.settings.dev"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/lan.py": `${ON_BASE}DEBUG = False\n`,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/dev.py"),
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.lan":
        "production, confirmed: scripts/serve.ps1:2 starts it for production; scripts/serve.ps1:1 selects it.",
    },
  },
  {
    title: "a name is looked for beside the file that says it first",
    files: {
      "backend/manage.py": selects("config.settings"),
      "backend/deploy.sh": "export DJANGO_SETTINGS_MODULE=config.settings\ngunicorn config.wsgi\n",
      "backend/config/__init__.py": "",
      "backend/config/wsgi.py": selects("config.settings"),
      "backend/config/settings.py": FULL,
      "config/__init__.py": "",
      "config/settings.py": FULL,
    },
    expected: {
      "config.settings":
        "single, confirmed: backend/deploy.sh:2 starts it for production; backend/deploy.sh:1 selects it.",
    },
  },
  ...[
    'ALLOWED_HOSTS = ["localhost", "shop-xy1z.onrender.com"]\n',
    'ALLOWED_HOSTS = config("HOSTS", default="127.0.0.1,shop-xy1z.onrender.com").split(",")\n',
  ].map((hosts): Situation => ({
    title: `the only module answers for a platform's host: ${hosts.trim()}`,
    files: { "manage.py": selects("shop.settings"), "shop/settings.py": `${BASE}${hosts}` },
    expected: {
      "shop.settings": "single, confirmed: It answers for shop-xy1z.onrender.com, which is where it runs.",
    },
  })),
  ...['["api.garden-shop.org"]', '["localhost", "203.0.113.80"]', '[".garden-shop.org"] + extra()'].map(
    (hosts): Situation => ({
      title: `the only module answers for a host of the open internet: ${hosts}`,
      files: {
        "manage.py": selects("shop.settings"),
        "shop/settings.py": `${BASE}DEBUG = True\nALLOWED_HOSTS = ${hosts}\n`,
      },
      expected: {
        "shop.settings": `single, confirmed: It answers for ${/"([^"]*[g0])"/.exec(hosts)?.[1] ?? ""}, which is where it runs.`,
      },
    }),
  ),
  ...[
    '["localhost", "10.0.0.7", "*"]',
    '["example.com", "www.yourdomain.com", "my-site.org"]',
    '["3f1a.ngrok-free.app", "shop.local", "web"]',
  ].map((hosts): Situation => ({
    title: `hosts that say nothing of where it runs: ${hosts}`,
    files: {
      "manage.py": selects("shop.settings"),
      "shop/settings.py": `${BASE}DEBUG = True\nALLOWED_HOSTS = ${hosts}\n`,
    },
    expected: { "shop.settings": "single, assumed: It is the project's only settings module." },
  })),
  ...[
    ["etc/shop.conf", "[program:shop]\ncommand=/env/bin/gunicorn shop.wsgi:application\n"],
    ["ansible/templates/shop.service.j2", "[Service]\nExecStart={{ venv }}/bin/gunicorn shop.wsgi\n"],
  ].map(([path = "", text = ""]): Situation => ({
    title: `the only module is deployed by ${path}`,
    files: {
      "manage.py": selects("shop.settings"),
      [path]: text,
      "shop/wsgi.py": selects("shop.settings"),
      "shop/settings.py": BASE,
    },
    expected: {
      "shop.settings": `single, confirmed: ${path}:2 starts it for production; shop/wsgi.py:2 selects it.`,
    },
  })),
  ...(
    [
      ["vercel.json", '{"builds": [\n{"src": "shop/wsgi.py", "use": "@vercel/python"}]}\n', 2, "shop/wsgi.py"],
      ["app.yaml", "runtime: python312\n", 1, "shop/wsgi.py"],
      ["deploy/site.conf", "<VirtualHost *:80>\nWSGIScriptAlias / /srv/app/shop/wsgi.py\n", 2, "shop/wsgi.py"],
      ["passenger_wsgi.py", "import sys\nfrom shop.wsgi import application\n", 2, "shop/wsgi.py"],
      ["web.service", "[Service]\nExecStart=granian --interface asginl --ws app.wsgi:application\n", 2, "shop/asgi.py"],
      ["Procfile", "web: python manage.py runserver 0.0.0.0:$PORT\n", 1, "manage.py"],
    ] as const
  ).map(([path, text, line, selected]): Situation => ({
    title: `the only module is deployed by ${path}`,
    files: {
      "manage.py": selects("shop.settings"),
      [path]: text,
      "shop/__init__.py": "",
      "shop/wsgi.py": selects("shop.settings"),
      "shop/asgi.py": selects("shop.settings"),
      "shop/settings.py": BASE,
    },
    expected: {
      "shop.settings": `single, confirmed: ${path}:${line} starts it for production; ${selected}:2 selects it.`,
    },
  })),
  {
    title: "wsgi.py chooses by a variable of the platform",
    files: Object.fromEntries([
      ...["manage.py", "shop/wsgi.py"].map((path) => [
        path,
        'import os\nmodule = "shop.cloud" if "WEBSITE_HOSTNAME" in os.environ else "shop.settings"\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", module)\n',
      ]),
      ["shop/settings.py", BASE],
      ["shop/cloud.py", "from .settings import *\nDEBUG = False\n"],
    ]),
    expected: {
      "shop.cloud": "production, confirmed: manage.py:2 selects it for production.",
      "shop.settings": "development: It sets DEBUG to True, and production has a module of its own: shop.cloud.",
    },
  },
  {
    title: "a compose file for everybody runs the image with a module of its own, beside one for production",
    files: {
      "manage.py": selects("shop.settings.dev"),
      Dockerfile: "CMD gunicorn shop.wsgi\n",
      "docker-compose.yml": COMPOSE("build: .\nenvironment:\n  DJANGO_SETTINGS_MODULE: shop.settings.docker"),
      "shop/wsgi.py": selects("shop.settings.dev"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/docker.py": ON_BASE,
      "shop/settings/production.py": `${ON_BASE}DEBUG = False\n`,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/docker.py"),
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.docker":
        "development: It sets DEBUG to True, and production has a module of its own: shop.settings.production.",
      "shop.settings.production": "production, confirmed: Its name says production.",
    },
  },
  {
    title: "the image calls the script by another name",
    files: {
      "manage.py": selects("shop.settings.dev"),
      Dockerfile:
        'ENV DJANGO_SETTINGS_MODULE=shop.settings.site\nCOPY ./bin/docker_start.sh /start.sh\nCMD ["/start.sh"]\n',
      "bin/docker_start.sh": "uwsgi --module shop.wsgi:application\n",
      "shop/wsgi.py": selects("shop.settings.dev"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/site.py": ON_BASE,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/site.py"),
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.site":
        "production, confirmed: bin/docker_start.sh:1 starts it for production; Dockerfile:1 selects it.",
    },
  },
  {
    title: "an image starts the server with a script without an ending, as generated projects have it",
    files: {
      "manage.py": selects("shop.settings.dev"),
      Dockerfile:
        'ENV DJANGO_SETTINGS_MODULE=shop.settings.site\nCOPY ./compose/production/start /start\nCMD ["/start"]\n',
      "compose/production/start": "uwsgi --module shop.wsgi:application\n",
      "shop/wsgi.py": selects("shop.settings.dev"),
      "shop/settings/base.py": BASE,
      "shop/settings/dev.py": ON_BASE,
      "shop/settings/site.py": ON_BASE,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/site.py"),
      "shop.settings.dev": "development: Its name says development.",
      "shop.settings.site":
        "production, confirmed: compose/production/start:1 starts it for production; Dockerfile:1 selects it.",
    },
  },
  {
    title: "another framework's server in the same repository",
    files: {
      "manage.py": selects("shop.settings"),
      "docker-compose.prod.yml": COMPOSE("command: uvicorn main:app"),
      "shop/asgi.py": selects("shop.settings"),
      "shop/settings.py": BASE,
    },
    expected: { "shop.settings": "single, assumed: It is the project's only settings module." },
  },
  {
    title: "beside what wsgi.py selects, a module that turns DEBUG off",
    files: {
      "manage.py": selects("shop.settings"),
      "shop/wsgi.py": selects("shop.settings"),
      "shop/settings.py": BASE,
      "shop/settings_server.py": "from .settings import *\nDEBUG = False\n",
    },
    expected: {
      "shop.settings": "development: It sets DEBUG to True, and shop.settings_server builds on it to turn that off.",
      "shop.settings_server":
        "production, assumed: It sets DEBUG to False, and builds on shop.settings, where it is on.",
    },
  },
  {
    title: "a platform's host beside a module for production",
    files: {
      "manage.py": selects("shop.settings"),
      "shop/wsgi.py": selects("shop.settings"),
      "shop/settings.py": `${BASE}ALLOWED_HOSTS = ["shop.herokuapp.com"]\n`,
      "shop/production.py": "from .settings import *\nDEBUG = False\n",
    },
    expected: {
      "shop.production": "production, confirmed: Its name says production.",
      "shop.settings": "development: It sets DEBUG to True, and production has a module of its own: shop.production.",
    },
  },
  {
    title: "a manifest of what others have written",
    files: {
      "manage.py": selects("shop.settings"),
      "shop/static/editor/Procfile": "web: gunicorn shop.wsgi\n",
      "shop/wsgi.py": selects("shop.settings"),
      "shop/settings.py": BASE,
    },
    expected: { "shop.settings": "single, assumed: It is the project's only settings module." },
  },
  {
    title: "only the worker gets a module of its own",
    files: {
      "manage.py": selects("shop.settings.site"),
      Procfile:
        "web: gunicorn shop.wsgi\nworker: DJANGO_SETTINGS_MODULE=shop.settings.tasks celery -A shop worker\nclock: DJANGO_SETTINGS_MODULE=shop.settings.tasks celery -A shop beat\n",
      "shop/wsgi.py": selects("shop.settings.site"),
      "shop/celery.py": selects("shop.settings.site"),
      "shop/settings/base.py": QUIET_BASE,
      "shop/settings/site.py": ON_BASE,
      "shop/settings/tasks.py": ON_BASE,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/tasks.py"),
      "shop.settings.site": "production, confirmed: Procfile:1 starts it for production; shop/wsgi.py:2 selects it.",
      "shop.settings.tasks": "production, confirmed, no site: Procfile:2 starts a worker with it for production.",
    },
  },
  {
    title: "a copy of the settings is kept beside those that run",
    files: {
      "manage.py": selects("shop.settings.development"),
      "shop/wsgi.py": selects("shop.settings.production"),
      "shop/settings_backup.py": FULL,
      "shop/settings/development.py": FULL,
      "shop/settings/production.py": FULL,
    },
    expected: {
      "shop.settings.development": "development: Its name says development.",
      "shop.settings.production": "production, confirmed: Its name says production.",
      settings_backup: "base: Its name says that it is kept from before, and nothing selects it.",
    },
  },
  {
    title: "modules build on an example that is there to be copied",
    files: {
      "manage.py": selects("shop.settings.live"),
      "shop/settings/live.py": "from shop.settings.staging_example import *\nSECRET_KEY = 'x'\n",
      "shop/settings/staging_example.py": FULL,
    },
    expected: {
      "shop.settings.live": "production, confirmed: Its name says production.",
      "shop.settings.staging_example": IMPORTED("shop/settings/live.py"),
    },
  },
  {
    title: "a job of CI that builds the documentation takes the base module",
    files: {
      "manage.py": selects("shop.settings.development"),
      "shop/settings/base.py": BASE,
      "shop/settings/development.py": ON_BASE,
      "shop/settings/production.py": `${ON_BASE}DEBUG = False\n`,
      ".github/workflows/docs.yml":
        "jobs:\n  docs:\n    steps:\n      - run: python manage.py openapi\n        env:\n          DJANGO_SETTINGS_MODULE: shop.settings.base\n",
    },
    expected: {
      "shop.settings.base": "base: Its name says that others build on it, as shop/settings/development.py does.",
      "shop.settings.development": "development: Its name says development.",
      "shop.settings.production": "production, confirmed: Its name says production.",
    },
  },
  {
    title: "a module called development is a server's that developers share",
    files: {
      "manage.py": selects("shop.settings.local"),
      "shop/settings/base.py": QUIET_BASE,
      "shop/settings/local.py": `${ON_BASE}DEBUG = True\n`,
      "shop/settings/development.py": `${ON_BASE}DEBUG = False\nALLOWED_HOSTS = ["dev.garden-shop.org"]\n`,
      "shop/settings/production.py": ON_BASE,
    },
    expected: {
      "shop.settings.base": IMPORTED("shop/settings/local.py"),
      "shop.settings.local": "development: Its name says development.",
      "shop.settings.development":
        "staging, confirmed: Its name says development, but DEBUG is off and it answers for dev.garden-shop.org.",
      "shop.settings.production": "production, confirmed: Its name says production.",
    },
  },
  {
    title: "the image without a word is not production's beside one that is",
    files: {
      "manage.py": selects("shop.settings.development"),
      "shop/wsgi.py": selects("shop.settings.production"),
      "shop/settings/development.py": BASE,
      "shop/settings/production.py": QUIET_BASE,
      Dockerfile: "ENV DJANGO_SETTINGS_MODULE=shop.settings.development\n",
      "Dockerfile.prod": "ENV DJANGO_SETTINGS_MODULE=shop.settings.production\n",
      "render.yaml": "services:\n  - type: web\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n",
    },
    expected: {
      "shop.settings.development": "development: Its name says development.",
      "shop.settings.production": "production, confirmed: Its name says production.",
    },
  },
  {
    title: "a project is called as a tool for tests is",
    files: {
      "manage.py": selects("pytest.settings.local"),
      "pytest/__init__.py": "",
      "pytest/settings/base.py": BASE,
      "pytest/settings/local.py": ON_BASE,
      "pytest/settings/production.py": ON_BASE,
    },
    expected: {
      "pytest.settings.base": IMPORTED("pytest/settings/local.py"),
      "pytest.settings.local": "development: Its name says development.",
      "pytest.settings.production": "production, confirmed: Its name says production.",
    },
  },
];

describe("the evidence for roles", () => {
  it("takes what is left of an earlier layout for no project of its own", async () => {
    const { projects } = await discover({
      "backend/manage.py": selects("config.settings"),
      "backend/config/__init__.py": "",
      "backend/config/settings.py": FULL,
      "config/__init__.py": "",
      "config/settings.py": FULL,
    });
    assert.deepEqual(
      projects.flatMap(({ modules }) => modules.map((each) => `${each.file}: ${reportOf(each)}`)),
      [
        "/w/config/settings.py: base: Nothing selects or imports it; the project runs backend/config/settings.py.",
        "/w/backend/config/settings.py: single, assumed: It is the project's only settings module.",
      ],
    );
  });

  for (const { title, files, expected } of SITUATIONS)
    it(title, async () => {
      assert.deepEqual(await reportsOf(files), expected);
    });
});
