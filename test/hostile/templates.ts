/** A file of a format that the project reads, as a team would write it; `SECRET` stands for a planted one. */
export interface Template {
  readonly path: string;
  readonly text: string;
  /** What opens one level of nesting in this format, to be repeated. */
  readonly openers: readonly string[];
}

const yaml = ["[", "{a: ", "- ", "? ", "a:\n ", "&a [", "!!x "];
const json = ['{"a": ', "[", '"\\"'];
const toml = ["[", "{a = ", "a.", "[[a]]\n", '"""'];
const ini = ["[a", "a =\n ", "a: ", "\n\n "];
const shell = ["$(", "${A:-", '"', "'", "\\\n", "`"];

/** By the kinds that `npm run fuzz -- --kinds` takes. */
export const TEMPLATES: Readonly<Record<string, readonly Template[]>> = {
  yaml: [
    {
      path: "docker-compose.yml",
      text: "x: &env\n  A: b\nservices:\n  web:\n    build: .\n    command: [gunicorn, shop.wsgi]\n    env_file: [.env, other.env]\n    environment:\n      <<: *env\n      DJANGO_SETTINGS_MODULE: settings\n      API_TOKEN: SECRET\n      DEBUG: '1'\n",
      openers: yaml,
    },
    {
      path: "app.yaml",
      text: "runtime: python312\nenv_variables:\n  DJANGO_SETTINGS_MODULE: settings\n  DEBUG: 'true'\nentrypoint: gunicorn -b :$PORT shop.wsgi\n",
      openers: yaml,
    },
    {
      path: ".github/workflows/ci.yml",
      text: "on: push\njobs:\n  test:\n    runs-on: x\n    env: {DJANGO_SETTINGS_MODULE: settings}\n    steps:\n      - run: |\n          python manage.py test --settings=settings\n",
      openers: yaml,
    },
    {
      path: "deploy/k8s/web.yaml",
      text: "kind: Deployment\nspec:\n  containers:\n    - name: web\n      env:\n        - name: DJANGO_SETTINGS_MODULE\n          value: settings\n        - name: PASSWORD\n          value: SECRET\n---\nkind: Service\n",
      openers: yaml,
    },
    {
      path: "environment.yml",
      text: "dependencies:\n  - django=4.2\n  - pip:\n    - psycopg[binary]==3.1\n",
      openers: yaml,
    },
  ],
  json: [
    {
      path: "app.json",
      text: '{"env": {"DJANGO_SETTINGS_MODULE": {"value": "settings"}, "API_KEY": "SECRET"}, "scripts": {"x": "manage.py migrate"}}\n',
      openers: json,
    },
    {
      path: "Pipfile.lock",
      text: '{"default": {"django": {"version": "==4.2.1"}, "psycopg": {"version": "==3.1"}}, "develop": {}}\n',
      openers: json,
    },
    {
      path: ".devcontainer/devcontainer.json",
      text: '// settings\n{"containerEnv": {"DJANGO_SETTINGS_MODULE": "settings"}, /* x */ "image": "python"}\n',
      openers: json,
    },
  ],
  toml: [
    {
      path: "pyproject.toml",
      text: '[project]\ndependencies = ["django>=4.2,<5", "psycopg[binary]"]\n[tool.poetry.dependencies]\nDjango = {version = "^5.1", extras = ["a"]}\n[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "settings"\n[tool.django-settings-lint]\npreset = "all"\nexclude = ["old/**", "*.{a,b}"]\nroles = {"settings" = "production"}\nassume = {A = "b"}\n[tool.django-settings-lint.rules]\ndebug-enabled = {severity = "hint"}\n[[tool.django-settings-lint.overrides]]\npaths = ["a/*"]\nrules = {secret-key-weak = "off"}\n',
      openers: toml,
    },
    {
      path: "fly.toml",
      text: '[env]\nDJANGO_SETTINGS_MODULE = "settings"\nTOKEN = "SECRET"\n[processes]\napp = "gunicorn shop.wsgi"\n',
      openers: toml,
    },
    {
      path: "poetry.lock",
      text: '[[package]]\nname = "django"\nversion = "4.2.1"\n\n[[package]]\nname = "pytz"\nversion = "1"\n',
      openers: toml,
    },
    { path: "Pipfile", text: '[packages]\ndjango = "==4.2"\n[dev-packages]\npytest = "*"\n', openers: toml },
  ],
  ini: [
    {
      path: "setup.cfg",
      text: "[options]\ninstall_requires =\n    django>=4.2\n    psycopg\n[tool:pytest]\nDJANGO_SETTINGS_MODULE = settings\naddopts = --ds=settings\n",
      openers: ini,
    },
    {
      path: "tox.ini",
      text: "[testenv]\nsetenv =\n    DJANGO_SETTINGS_MODULE=settings\ncommands = pytest --ds settings\n",
      openers: ini,
    },
    {
      path: "deploy/web.service",
      text: '[Service]\nEnvironment=DJANGO_SETTINGS_MODULE=settings "TOKEN=SECRET"\nEnvironmentFile=-.env\nExecStart=gunicorn shop.wsgi\n',
      openers: ini,
    },
    {
      path: "supervisor/web.conf",
      text: "[program:web]\ncommand=gunicorn shop.wsgi\nenvironment=DJANGO_SETTINGS_MODULE=\"settings\",TOKEN='SECRET'\n",
      openers: ini,
    },
    { path: "uwsgi.ini", text: "[uwsgi]\nmodule = shop.wsgi\nenv = DJANGO_SETTINGS_MODULE=settings\n", openers: ini },
  ],
  docker: [
    {
      path: "Dockerfile",
      text: '# syntax\nFROM python:3.12 AS build\nARG X=1\nENV DJANGO_SETTINGS_MODULE=settings TOKEN="SECRET"\nENV OLD the rest of it\nRUN DJANGO_SETTINGS_MODULE=settings \\\n    python manage.py collectstatic --settings=settings\nCMD ["gunicorn", "shop.wsgi"]\n',
      openers: [...shell, 'ENV A="', "RUN \\\n", "FROM a AS "],
    },
  ],
  shell: [
    {
      path: "Procfile",
      text: "web: DJANGO_SETTINGS_MODULE=settings TOKEN=SECRET gunicorn shop.wsgi\nrelease: python manage.py migrate --settings settings\n",
      openers: shell,
    },
    {
      path: "deploy.sh",
      text: "#!/bin/sh\nexport DJANGO_SETTINGS_MODULE=settings\nTOKEN='SECRET' gunicorn shop.wsgi -e A=b\ngranian --interface asgi shop.asgi\n",
      openers: shell,
    },
    { path: "Makefile", text: "test:\n\tDJANGO_SETTINGS_MODULE ?= settings\n\tpytest --ds=settings\n", openers: shell },
  ],
  env: [
    {
      path: ".env",
      text: "# comment\nexport DJANGO_SETTINGS_MODULE=settings\nSECRET_KEY='SECRET'\nDATABASE_URL=postgres://shop:SECRET@db/shop # note\nMULTI=\"a\nb\"\nX=${A:-b}\n",
      openers: shell,
    },
    { path: "production.env", text: "DEBUG=1\nALLOWED_HOSTS=*\nTOKEN=SECRET\n", openers: shell },
  ],
  requirements: [
    {
      path: "requirements.txt",
      text: "Django[argon2]==4.2.1 ; python_version > '3' # x\n-r other.txt\npsycopg>=3 \\\n    --hash=sha256:00\ngit+https://x@stable/5.1#egg=a\n",
      openers: ["-r x.txt\n", "a[", "(", " ", "django>=", "a-", "@ "],
    },
    {
      path: "setup.py",
      text: 'from setuptools import setup\nsetup(install_requires=["django>=4", "a[b,c]"])\n',
      openers: ["requires=[", '["', "(", "[a["],
    },
  ],
  ignore: [
    {
      path: ".gitignore",
      text: "*.pyc\n/media/\n!keep\n**/local_*.py\n[a-z]x\n",
      openers: ["*a", "**/", "[", "!", "a/", "\\", "?"],
    },
  ],
  python: [
    {
      path: "settings.py",
      text: 'import os\nfrom pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent\nDEBUG = os.environ.get("DEBUG", "1") == "1"\nSECRET_KEY = "SECRET"\nALLOWED_HOSTS = ["*"]\nINSTALLED_APPS = ["django.contrib.admin", "app"]\nMIDDLEWARE = []\nDATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "PASSWORD": "SECRET"}}\nROOT_URLCONF = "shop.urls"\n# django-settings-lint: ignore[debug-enabled] -- x\nif DEBUG:\n    X = f"{BASE_DIR}/x"\n',
      openers: [
        "(",
        "[",
        "{",
        "not ",
        "lambda: ",
        "f'{",
        "if 1:\n ",
        "a.",
        "a[",
        "- ",
        '"""',
        "# ",
        "\\\n",
        "A\\N{",
        "*",
        "await ",
      ],
    },
    {
      path: "wsgi.py",
      text: 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\n',
      openers: ["(", "[", "not "],
    },
  ],
};
