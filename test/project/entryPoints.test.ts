import assert from "node:assert/strict";
import { findEntryPoints } from "../../server/src/project/entryPoints/findEntryPoints";
import type { EntryPointFindings } from "../../server/src/project/entryPoints/findEntryPoints";
import { Snapshot } from "../../server/src/project/snapshot";
import { SourceCache } from "../../server/src/project/sourceCache";
import { listWorkspace } from "../../server/src/project/workspaceFiles";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import { testParser } from "../harness/parser";
import { discover, FULL, selects } from "./projects";

async function scan(contents: Record<string, string>): Promise<EntryPointFindings> {
  const files = new MemoryFileSystem(contents, "/w");
  const snapshot = new Snapshot(await listWorkspace(files, "/w"), files, new SourceCache(await testParser()));
  return findEntryPoints(snapshot);
}

/** One line an entry point: kind, value, form, purpose, configuration; checks on the way that its range holds the value. */
function describePoints(contents: Record<string, string>, found: EntryPointFindings): readonly string[] {
  return found.entryPoints.map((point) => {
    const text = contents[point.file.slice("/w/".length)] ?? "";
    const written = text.slice(point.range.start, point.range.end);
    if (point.value !== undefined) assert.ok(written.includes(point.value), `${point.file}: ${written}`);
    if (!/[$:]/.test(written) && point.value !== undefined) assert.equal(written, point.value);
    const parts = [point.kind, point.value ?? "?", point.form, point.purpose, point.configuration ?? ""];
    return parts.join(" ").trim();
  });
}

const SELECTIONS: readonly (readonly [title: string, path: string, text: string, expected: readonly string[]])[] = [
  [
    "manage.py",
    "manage.py",
    'import os\ndef main():\n    os.environ.setdefault(\n        "DJANGO_SETTINGS_MODULE",\n        "shop.settings.local",\n    )\n',
    ["manage.py shop.settings.local setdefault any"],
  ],
  [
    "manage.py of django-configurations",
    "manage.py",
    'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nos.environ.setdefault("DJANGO_CONFIGURATION", "Development")\n',
    ["manage.py shop.settings setdefault any Development"],
  ],
  [
    "an f-string",
    "manage.py",
    'os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"shop.settings.{ENV}")',
    ["manage.py ? setdefault any"],
  ],
  [
    "a table of modules",
    "manage.py",
    'MODULES = {"dev": "shop.settings.dev", "live": "shop.settings.live"}\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", MODULES[os.environ["STAGE"]])',
    ["manage.py shop.settings.dev setdefault any", "manage.py shop.settings.live setdefault any"],
  ],
  [
    "a call with a default",
    "manage.py",
    'os.environ["DJANGO_SETTINGS_MODULE"] = config("DJANGO_SETTINGS_MODULE", default="shop.settings.dev")',
    ["manage.py shop.settings.dev assign any"],
  ],
  [
    "a name",
    "shop/wsgi.py",
    'MODULE = "shop.settings"\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", MODULE)',
    ["wsgi shop.settings setdefault any"],
  ],
  [
    "wsgi.py",
    "shop/wsgi.py",
    "if True:\n    os.environ['DJANGO_SETTINGS_MODULE'] = 'shop.settings.production'\n",
    ["wsgi shop.settings.production assign any"],
  ],
  [
    "wsgi/__init__.py",
    "shop/wsgi/__init__.py",
    'environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")',
    ["wsgi shop.settings setdefault any"],
  ],
  [
    "asgi.py",
    "shop/asgi.py",
    'try:\n    os.putenv("DJANGO_SETTINGS_MODULE", "shop.settings")\nexcept Exception:\n    pass\n',
    ["asgi shop.settings assign any"],
  ],
  [
    "celery.py",
    "shop/celery.py",
    'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")',
    ["celery shop.settings setdefault any"],
  ],
  [
    "conftest.py",
    "tests/conftest.py",
    'os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings.test"',
    ["pytest shop.settings.test assign test"],
  ],
  [
    "a script",
    "scripts/export.py",
    'os.environ.update({"DJANGO_SETTINGS_MODULE": "shop.settings"})',
    ["python shop.settings assign any"],
  ],
  ["a comment", "manage.py", '# os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")', []],
  [
    "a project template",
    "manage.py",
    'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{{ project_name }}.settings")',
    [],
  ],
  [
    "Dockerfile",
    "Dockerfile",
    "FROM python:3.12\nENV PYTHONUNBUFFERED=1 \\\n    DJANGO_SETTINGS_MODULE=shop.settings.production\nRUN DJANGO_SETTINGS_MODULE=shop.settings.build python manage.py collectstatic\nCMD gunicorn shop.wsgi\n",
    ["dockerfile shop.settings.production set production", "dockerfile shop.settings.build set build"],
  ],
  [
    "Dockerfile, old form and quotes",
    "Dockerfile",
    'ENV DJANGO_SETTINGS_MODULE shop.settings.production\nENV DJANGO_SETTINGS_MODULE="shop.settings.live"\n',
    ["dockerfile shop.settings.production set production", "dockerfile shop.settings.live set production"],
  ],
  [
    "Dockerfile that develops",
    "Dockerfile",
    "ENV DJANGO_SETTINGS_MODULE=shop.settings\nCMD python manage.py runserver 0.0.0.0:8000\n",
    ["dockerfile shop.settings set any"],
  ],
  [
    "Dockerfile by name",
    "docker/Dockerfile.dev",
    "ENV DJANGO_SETTINGS_MODULE=shop.settings\n",
    ["dockerfile shop.settings set development"],
  ],
  [
    "Dockerfile by stage",
    "Dockerfile",
    "FROM python AS dev\nENV DJANGO_SETTINGS_MODULE=shop.settings.local\nFROM python AS production\nENV DJANGO_SETTINGS_MODULE=shop.settings.production\n",
    ["dockerfile shop.settings.local set development", "dockerfile shop.settings.production set production"],
  ],
  [
    "Dockerfile's command",
    "Dockerfile",
    'CMD ["python", "manage.py", "serve", "--settings", "shop.settings.production"]',
    ["dockerfile shop.settings.production option production"],
  ],
  [
    "compose, list form",
    "docker-compose.yml",
    "services:\n  web:\n    environment:\n      - DJANGO_SETTINGS_MODULE=shop.settings.local\n",
    ["compose shop.settings.local set any"],
  ],
  [
    "compose, map form by file name",
    "docker-compose.prod.yml",
    'services:\n  web:\n    environment:\n      DJANGO_SETTINGS_MODULE: "shop.settings.production"\n',
    ["compose shop.settings.production set production"],
  ],
  [
    "compose with a default",
    "compose.yaml",
    "services:\n  web:\n    environment:\n      DJANGO_SETTINGS_MODULE: ${SETTINGS:-shop.settings.production}\n",
    ["compose shop.settings.production set any"],
  ],
  [
    "compose with a variable",
    "compose.yaml",
    "services:\n  web:\n    environment:\n      - DJANGO_SETTINGS_MODULE=${SETTINGS}\n",
    ["compose ? set any"],
  ],
  [
    "compose by service",
    "compose.yml",
    "services:\n  test:\n    command: pytest --ds=shop.settings.ci\n  web:\n    environment:\n      DJANGO_SETTINGS_MODULE: shop.settings\n      DJANGO_CONFIGURATION: Production\n    command: python manage.py runserver\n",
    ["compose shop.settings.ci option test", "compose shop.settings set development Production"],
  ],
  [
    "compose override",
    "docker-compose.override.yml",
    "services:\n  web:\n    environment:\n      DJANGO_SETTINGS_MODULE: shop.settings\n",
    ["compose shop.settings set development"],
  ],
  [
    "Procfile",
    "Procfile",
    "web: gunicorn shop.wsgi\nrelease: python manage.py migrate --settings=shop.settings.heroku\nworker: DJANGO_SETTINGS_MODULE=shop.settings.heroku celery -A shop worker\n",
    ["procfile shop.settings.heroku option production", "procfile shop.settings.heroku set production"],
  ],
  [
    "systemd",
    "deploy/shop.service",
    '[Service]\nEnvironment="DJANGO_SETTINGS_MODULE=shop.settings.live" "A=1"\nExecStart=/srv/bin/gunicorn shop.wsgi\n',
    ["systemd shop.settings.live set production"],
  ],
  [
    "supervisor",
    "etc/supervisor/shop.conf",
    '[program:shop]\ncommand=gunicorn shop.wsgi\nenvironment=LANG="C",DJANGO_SETTINGS_MODULE="shop.settings.live"\n',
    ["supervisor shop.settings.live set production"],
  ],
  [
    "uwsgi",
    "uwsgi.ini",
    "[uwsgi]\nmodule = shop.wsgi\nenv = DJANGO_SETTINGS_MODULE=shop.settings.live\n",
    ["uwsgi shop.settings.live set production"],
  ],
  [
    "gunicorn",
    "gunicorn.conf.py",
    'raw_env = ["LANG=C", "DJANGO_SETTINGS_MODULE=shop.settings.live"]\n',
    ["gunicorn shop.settings.live set production"],
  ],
  [
    "gunicorn on a command line",
    "run.sh",
    "gunicorn --env DJANGO_SETTINGS_MODULE=shop.settings.live shop.wsgi\n",
    ["shell shop.settings.live set any"],
  ],
  [
    "pytest.ini",
    "pytest.ini",
    "[pytest]\nDJANGO_SETTINGS_MODULE = shop.settings.test\n",
    ["pytest shop.settings.test set test"],
  ],
  [
    "pytest.ini with an option",
    "pytest.ini",
    "[pytest]\naddopts = -q --ds=shop.settings.test\n",
    ["pytest shop.settings.test option test"],
  ],
  [
    "pyproject.toml",
    "pyproject.toml",
    '[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "shop.settings.test"\naddopts = ["--ds=shop.settings.ci"]\n[tool.django-stubs]\ndjango_settings_module = "shop.settings.local"\n',
    [
      "pytest shop.settings.test set test",
      "pytest shop.settings.ci option test",
      "mypy shop.settings.local option any",
    ],
  ],
  [
    "setup.cfg",
    "setup.cfg",
    "[tool:pytest]\nDJANGO_SETTINGS_MODULE=shop.settings.test\n[mypy.plugins.django-stubs]\ndjango_settings_module = shop.settings\n",
    ["pytest shop.settings.test set test", "mypy shop.settings option any"],
  ],
  [
    "tox.ini",
    "tox.ini",
    "[testenv]\nsetenv =\n    PYTHONPATH = {toxinidir}\n    DJANGO_SETTINGS_MODULE = shop.settings.test\ncommands = python manage.py test --settings=shop.settings.tox\n",
    ["tox shop.settings.test set test", "tox shop.settings.tox option test"],
  ],
  [
    "mypy.ini",
    "mypy.ini",
    "[mypy.plugins.django-stubs]\ndjango_settings_module = shop.settings.test\n",
    ["mypy shop.settings.test option any"],
  ],
  [
    "GitHub workflow",
    ".github/workflows/ci.yml",
    "env:\n  DJANGO_SETTINGS_MODULE: shop.settings.ci\njobs:\n  test:\n    steps:\n      - run: |\n          python manage.py check\n          python manage.py test --settings shop.settings.test\n  deploy-production:\n    steps:\n      - run: python manage.py migrate --settings=shop.settings.production\n",
    [
      "ci shop.settings.ci set test",
      "ci shop.settings.test option test",
      "ci shop.settings.production option production",
    ],
  ],
  [
    "GitLab CI",
    ".gitlab-ci.yml",
    "test:\n  variables:\n    DJANGO_SETTINGS_MODULE: shop.settings.ci\n  script:\n    - pytest\n",
    ["ci shop.settings.ci set test"],
  ],
  [
    ".env",
    ".env",
    "# comment\nexport DJANGO_SETTINGS_MODULE='shop.settings.local' # here\n",
    ["env-file shop.settings.local set any"],
  ],
  [
    ".env.production",
    "deploy/.env.production",
    "DJANGO_SETTINGS_MODULE=shop.settings.production\n",
    ["env-file shop.settings.production set production"],
  ],
  [
    ".envs",
    ".envs/.local/.django",
    "DJANGO_SETTINGS_MODULE=config.settings.local\n",
    ["env-file config.settings.local set development"],
  ],
  [
    "env.d",
    "env.d/staging",
    "DJANGO_SETTINGS_MODULE=shop.settings.staging\n",
    ["env-file shop.settings.staging set staging"],
  ],
  [".env.example", ".env.example", "DJANGO_SETTINGS_MODULE=shop.settings.production\n", []],
  [
    "a shell script",
    "entrypoint.sh",
    'export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-shop.settings.production}"\n',
    ["shell shop.settings.production set any"],
  ],
  [
    "Makefile",
    "Makefile",
    "export DJANGO_SETTINGS_MODULE ?= shop.settings.local\ntest:\n\t$(PYTHON) manage.py test --settings=shop.settings.test\nrun:\n\tpython manage.py runserver --settings=$(SETTINGS)\n",
    [
      "makefile shop.settings.local set any",
      "makefile shop.settings.test option test",
      "makefile ? option development",
    ],
  ],
  [
    "app.json",
    "app.json",
    '{"env": {"DJANGO_SETTINGS_MODULE": {"value": "shop.settings.heroku"}, "DEBUG": "0"}}',
    ["paas shop.settings.heroku set production"],
  ],
  [
    "fly.toml",
    "fly.toml",
    'app = "shop"\n[env]\n  DJANGO_SETTINGS_MODULE = "shop.settings.production"\n',
    ["paas shop.settings.production set production"],
  ],
  [
    "render.yaml",
    "render.yaml",
    "services:\n  - type: web\n    envVars:\n      - key: DJANGO_SETTINGS_MODULE\n        value: shop.settings.render\n",
    ["paas shop.settings.render set production"],
  ],
  [
    "app.yaml",
    "app.yaml",
    "env_variables:\n  DJANGO_SETTINGS_MODULE: shop.settings.gae\n",
    ["paas shop.settings.gae set production"],
  ],
  [
    "Kubernetes",
    "k8s/web.yaml",
    "spec:\n  containers:\n    - env:\n        - name: DJANGO_SETTINGS_MODULE\n          value: shop.settings.production\n",
    ["kubernetes shop.settings.production set production"],
  ],
  [
    "a Helm template",
    "helm/templates/web.yaml",
    "{{- if .Values.web }}\n- name: DJANGO_SETTINGS_MODULE\n  value: {{ .Values.settings }}\n{{- end }}\n",
    ["kubernetes ? set production"],
  ],
  [
    "launch.json",
    ".vscode/launch.json",
    '{\n  // debug\n  "configurations": [{"args": ["runserver", "--settings=shop.settings.local"], "env": {"DJANGO_SETTINGS_MODULE": "shop.settings.local"}}]\n}',
    ["editor shop.settings.local option development", "editor shop.settings.local set development"],
  ],
];

describe("entry points", () => {
  for (const [title, path, text, expected] of SELECTIONS)
    it(`reads ${title}`, async () => {
      const contents = { [path]: text };
      assert.deepEqual(describePoints(contents, await scan(contents)), expected);
    });

  it("reads base64 in a Secret of Kubernetes, which a placeholder is not", async () => {
    const text =
      "apiVersion: v1\nkind: Secret\ndata:\n  DEBUG: RmFsc2UK\n  KEY: ${KEY}\n---\nkind: ConfigMap\ndata:\n  MODE: ZmFzdA==\n";
    const found = await scan({ "secret.yaml": text });
    assert.deepEqual(
      found.variables.map(({ name, value }) => [name, value]),
      [
        ["DEBUG", "False"],
        ["KEY", undefined],
        ["MODE", "ZmFzdA=="],
      ],
    );
  });

  it("takes a map that selects a settings module for variables, whatever it is called", async () => {
    const found = await scan({
      "helm/values.yaml":
        "config:\n  DJANGO_SETTINGS_MODULE: shop.settings.live\n  BROKER: x\n  replicas: 2\nother:\n  NAME: y\n",
    });
    assert.deepEqual(
      found.variables.map(({ name, value }) => [name, value]),
      [["BROKER", "x"]],
    );
  });

  it("takes what a container has from a ConfigMap from the manifest beside it, if there is one", async () => {
    const reference = (name: string, kind: string): string =>
      `        - name: ${name}\n          valueFrom: {${kind}: {name: shop, key: ${name}}}\n`;
    const found = await scan({
      "k8s/prod/web.yaml": `spec:\n  containers:\n    - env:\n${reference("DEBUG", "configMapKeyRef")}${reference("KEY", "secretKeyRef")}`,
      "k8s/prod/variables.yaml": "kind: ConfigMap\ndata:\n  DEBUG: '0'\n",
      "k8s/variables.yaml": "kind: ConfigMap\ndata:\n  KEY: x\n",
    });
    assert.deepEqual(
      found.variables.map(({ name, value, file }) => [name, value, file]),
      [
        ["DEBUG", "0", "/w/k8s/prod/variables.yaml"],
        ["KEY", undefined, "/w/k8s/prod/web.yaml"],
        ["KEY", "x", "/w/k8s/variables.yaml"],
      ],
    );
  });

  it("gives files that compose names the service's purpose", async () => {
    const contents = {
      "compose.prod.yml": "services:\n  web:\n    env_file:\n      - deploy/web\n      - path: other.list\n",
      "deploy/web": "DJANGO_SETTINGS_MODULE=shop.settings.production\n",
      "other.list": "SECRET_KEY=${FROM_VAULT}\n",
    };
    const found = await scan(contents);
    assert.deepEqual(describePoints(contents, found), ["env-file shop.settings.production set production"]);
    assert.deepEqual(found.variables, [
      {
        name: "SECRET_KEY",
        value: undefined,
        file: "/w/other.list",
        range: { start: 11, end: 24 },
        purpose: "production",
      },
    ]);
  });

  it("keeps the variables that deployments set", async () => {
    const contents = {
      Dockerfile: "ENV DEBUG=1 LANG='C'\n",
      "docker-compose.yml": "services:\n  web:\n    environment:\n      - DEBUG=${DEBUG}\n      - EMPTY=\n",
      "uwsgi.ini": "[uwsgi]\nenv = HOSTS=a,b\n",
      Makefile: "export A=1\n",
    };
    const found = await scan(contents);
    const seen = found.variables.map((one) => `${one.name}=${one.value ?? "?"} ${one.purpose}`);
    assert.deepEqual(seen, [
      "DEBUG=1 production",
      "LANG=C production",
      "DEBUG=? any",
      "EMPTY= any",
      "HOSTS=a production",
    ]);
  });

  for (const [command, expected] of [
    ["gunicorn shop.wsgi", "wsgi"],
    ["gunicorn shop.asgi:application -k uvicorn.workers.UvicornWorker", "asgi"],
    ["daphne shop.asgi:application", "asgi"],
    ["granian --interface wsgi shop.wsgi:application", "wsgi"],
    ["granian --interface asgi shop.asgi:application", "asgi"],
    ["python manage.py runserver", undefined],
  ] as const)
    it(`sees how ${command} serves`, async () => {
      const found = await scan({ Procfile: `web: ${command}\n` });
      assert.equal(found.starts.find(({ isRunserver }) => isRunserver !== true)?.serves, expected);
    });

  it("survives files of no known shape", async () => {
    const found = await scan({
      "docker-compose.yml": "services: [\n",
      "app.json": "{",
      "pyproject.toml": "[[[",
      Dockerfile: "ENV\nENV X\n\\",
      "manage.py": "def (:\n  DJANGO_SETTINGS_MODULE",
      ".env": "=\n\n\u0000",
    });
    assert.deepEqual(found.entryPoints, []);
  });

  it("does not look into documents that are no manifests, though their folder's name is one", async () => {
    const { notes } = await discover({
      "manage.py": selects("shop.settings"),
      "shop/settings.py": FULL,
      "shop/manifests/features.yaml": `features:\n  checkout:\n    variables: ${"[".repeat(3000)}\n`,
      "shop/manifests/web.yaml": `apiVersion: v1\nspec: ${"[".repeat(3000)}\n`,
    });
    assert.deepEqual(
      notes.map(({ file }) => file),
      ["/w/shop/manifests/web.yaml"],
    );
  });

  it("names files that nest too deep or are too long, and what the limit is", async () => {
    const { notes } = await discover({
      "manage.py": selects("shop.settings"),
      "shop/settings.py": FULL,
      "docker-compose.yml": "[".repeat(3000),
      "app.yaml": `${"- ".repeat(3000)}x\n`,
      Procfile: `web: gunicorn\n${"#".repeat(600_000)}`,
    });
    assert.deepEqual(
      notes.map(({ file, message }) => `${file}: ${message}`),
      [
        "/w/Procfile: This file was not searched for settings modules: it is longer than 524,288 characters.",
        "/w/app.yaml: This file was skipped: it nests more than 100 levels deep.",
        "/w/docker-compose.yml: This file was skipped: it nests more than 100 levels deep.",
      ],
    );
  });
});
