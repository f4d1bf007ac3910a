import assert from "node:assert/strict";
import { discover, FULL, reportsOf, selects } from "./projects";

/** A project whose site module has a name that says nothing, and which nothing but the manifest selects. */
const PROJECT = {
  "manage.py": selects("shop.settings.dev"),
  "shop/wsgi.py": selects("shop.settings.dev"),
  "shop/settings/base.py": `${FULL}DEBUG = True\n`,
  "shop/settings/dev.py": "from .base import *\n",
  "shop/settings/site.py": "from .base import *\nDEBUG = False\n",
};

/** By title: the manifest's path, its text, and the first reason for the role of `shop.settings.site`. */
const MANIFESTS: readonly (readonly [title: string, path: string, text: string, reason: string])[] = [
  [
    "DigitalOcean's app specification",
    ".do/app.yaml",
    "name: shop\nenvs:\n  - key: DJANGO_SETTINGS_MODULE\n    value: shop.settings.site\nservices:\n  - name: web\n    run_command: gunicorn shop.wsgi\n",
    ".do/app.yaml:7 starts it for production; .do/app.yaml:4 selects it.",
  ],
  [
    "a template of DigitalOcean's",
    ".do/deploy.template.yaml",
    "spec:\n  services:\n    - name: web\n      run_command: gunicorn --worker-tmp-dir /dev/shm shop.wsgi\n      envs:\n        - key: DJANGO_SETTINGS_MODULE\n          scope: RUN_TIME\n          value: shop.settings.site\n",
    ".do/deploy.template.yaml:4 starts it for production; .do/deploy.template.yaml:8 selects it.",
  ],
  [
    "Cloud Foundry's manifest",
    "manifest.yml",
    "applications:\n  - name: shop\n    command: python manage.py migrate && gunicorn shop.wsgi:application\n    env:\n      DJANGO_SETTINGS_MODULE: shop.settings.site\n",
    "manifest.yml:3 starts it for production; manifest.yml:5 selects it.",
  ],
  [
    "Kubernetes, with a map of variables beside the deployment",
    "k8s/web.yaml",
    "kind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  DJANGO_SETTINGS_MODULE: shop.settings.site\n---\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          command: [gunicorn, shop.wsgi]\n          envFrom:\n            - configMapRef:\n                name: shop\n",
    "k8s/web.yaml:13 starts it for production; k8s/web.yaml:5 selects it.",
  ],
  [
    "the values of a Helm chart",
    "helm/shop/values.yaml",
    "web:\n  command: [uwsgi, --module, shop.wsgi]\n  env:\n    DJANGO_SETTINGS_MODULE: shop.settings.site\n",
    "helm/shop/values.yaml:2 starts it for production; helm/shop/values.yaml:4 selects it.",
  ],
  [
    "a template of a Helm chart",
    "helm/shop/templates/web.yaml",
    '{{- if .Values.web }}\nargs: ["gunicorn", "shop.wsgi"]\nenv:\n  - name: DJANGO_SETTINGS_MODULE\n    value: "shop.settings.site"\n{{- end }}\n',
    "helm/shop/templates/web.yaml:2 starts it for production; helm/shop/templates/web.yaml:5 selects it.",
  ],
  [
    "serverless.yml",
    "serverless.yml",
    "custom:\n  wsgi:\n    app: shop.wsgi.application\nprovider:\n  environment:\n    DJANGO_SETTINGS_MODULE: shop.settings.site\nfunctions:\n  app:\n    handler: wsgi_handler.handler\n",
    "serverless.yml:3 starts it for production; serverless.yml:6 selects it.",
  ],
  [
    "zappa_settings.json",
    "zappa_settings.json",
    '{"production": {"django_settings": "shop.settings.site"}}\n',
    "zappa_settings.json:1 starts it for production.",
  ],
  [
    "a captain-definition",
    "captain-definition",
    '{"schemaVersion": 2, "dockerfileLines": ["FROM python:3.12", "ENV DJANGO_SETTINGS_MODULE=shop.settings.site",\n"CMD gunicorn shop.wsgi"]}\n',
    "captain-definition:2 starts it for production; captain-definition:1 selects it.",
  ],
  [
    "nixpacks.toml",
    "nixpacks.toml",
    '[variables]\nDJANGO_SETTINGS_MODULE = "shop.settings.site"\n[start]\ncmd = "gunicorn shop.wsgi"\n',
    "nixpacks.toml:4 starts it for production; nixpacks.toml:2 selects it.",
  ],
  [
    "railway.toml",
    "railway.toml",
    '[deploy]\nstartCommand = "DJANGO_SETTINGS_MODULE=shop.settings.site gunicorn shop.wsgi"\n',
    "railway.toml:2 starts it for production.",
  ],
  [
    "railway.json",
    "railway.json",
    '{"deploy": {"startCommand": "gunicorn shop.wsgi -e DJANGO_SETTINGS_MODULE=shop.settings.site"}}\n',
    "railway.json:1 starts it for production.",
  ],
  [
    "render.yaml",
    "render.yaml",
    "services:\n  - type: web\n    name: shop\n    startCommand: gunicorn shop.wsgi\n    envVars:\n      - key: DJANGO_SETTINGS_MODULE\n        value: shop.settings.site\n",
    "render.yaml:4 starts it for production; render.yaml:7 selects it.",
  ],
  [
    "render.yaml with a group of variables",
    "render.yaml",
    "envVarGroups:\n  - name: common\n    envVars:\n      - key: DJANGO_SETTINGS_MODULE\n        value: shop.settings.site\nservices:\n  - type: web\n    name: shop\n    startCommand: gunicorn shop.wsgi\n",
    "render.yaml:9 starts it for production; render.yaml:5 selects it.",
  ],
  [
    "fly.toml",
    "fly.toml",
    '[env]\nDJANGO_SETTINGS_MODULE = "shop.settings.site"\n[processes]\nweb = "gunicorn shop.wsgi"\n',
    "fly.toml:4 starts it for production; fly.toml:2 selects it.",
  ],
  [
    "app.yaml of App Engine",
    "app.yaml",
    "runtime: python312\nentrypoint: gunicorn -b :$PORT shop.wsgi\nenv_variables:\n  DJANGO_SETTINGS_MODULE: shop.settings.site\n",
    "app.yaml:2 starts it for production; app.yaml:4 selects it.",
  ],
  [
    "options of Elastic Beanstalk",
    ".ebextensions/django.config",
    "option_settings:\n  aws:elasticbeanstalk:application:environment:\n    DJANGO_SETTINGS_MODULE: shop.settings.site\n  aws:elasticbeanstalk:container:python:\n    WSGIPath: shop.wsgi:application\n",
    ".ebextensions/django.config:5 starts it for production; .ebextensions/django.config:3 selects it.",
  ],
  [
    "Elastic Beanstalk's older list",
    ".ebextensions/01.config",
    'option_settings:\n  - option_name: DJANGO_SETTINGS_MODULE\n    value: shop.settings.site\n  - namespace: "aws:elasticbeanstalk:container:python"\n    option_name: WSGIPath\n    value: shop/wsgi.py\n',
    ".ebextensions/01.config:6 starts it for production; .ebextensions/01.config:3 selects it.",
  ],
  [
    "a workflow that deploys",
    ".github/workflows/deploy.yml",
    "jobs:\n  ship:\n    env:\n      DJANGO_SETTINGS_MODULE: shop.settings.site\n    steps:\n      - run: python manage.py migrate\n",
    ".github/workflows/deploy.yml:4 selects it for production.",
  ],
  [
    "a job that deploys",
    ".github/workflows/main.yml",
    "jobs:\n  cloud:\n    environment:\n      name: production\n    steps:\n      - uses: actions/checkout@v4\n      - run: python manage.py migrate --settings=shop.settings.site\n      - run: gcloud run deploy shop\n",
    ".github/workflows/main.yml:7 selects it for production.",
  ],
];

describe("manifests of platforms", () => {
  for (const [title, path, text, reason] of MANIFESTS)
    it(`${title} says what production gets`, async () => {
      const found = await reportsOf({ ...PROJECT, [path]: text });
      assert.equal(found["shop.settings.site"], `production, confirmed: ${reason}`);
      assert.match(found["shop.settings.dev"] ?? "", /^development/);
    });

  it("tells stages and environments apart", async () => {
    const found = await reportsOf({
      ...PROJECT,
      "zappa_settings.json":
        '{"staging": {"django_settings": "shop.settings.next"}, "production": {"django_settings": "shop.settings.site"}}\n',
      "shop/settings/next.py": "from .base import *\n",
    });
    assert.equal(found["shop.settings.next"], "staging, confirmed: zappa_settings.json:1 starts it for staging.");
  });

  it("merges what a compose file repeats, each service with its own variables", async () => {
    const { projects } = await discover({
      ...PROJECT,
      "docker-compose.prod.yml":
        "x-django: &django\n  build: .\n  environment: &env\n    DJANGO_SETTINGS_MODULE: shop.settings.site\nservices:\n  web:\n    <<: *django\n    command: gunicorn shop.wsgi\n  worker:\n    <<: *django\n    command: celery -A shop worker\n",
      "shop/celery.py": selects("shop.settings.dev"),
    });
    const site = projects[0]?.modules.find(({ name }) => name === "shop.settings.site");
    assert.deepEqual(
      site?.evidence.map(({ text }) => text),
      ["docker-compose.prod.yml:8 starts it for production; docker-compose.prod.yml:4 selects it."],
    );
    assert.equal(site?.entryPoints.length, 1);
  });

  it("takes what runs at certain times for no site", async () => {
    const found = await reportsOf({
      ...PROJECT,
      "render.yaml":
        "services:\n  - type: web\n    name: shop\n    startCommand: gunicorn shop.wsgi\n    envVars: &vars\n      - key: DJANGO_SETTINGS_MODULE\n        value: shop.settings.site\n  - type: cron\n    name: nightly\n    startCommand: python manage.py clean\n    envVars:\n      - key: DJANGO_SETTINGS_MODULE\n        value: shop.settings.night\n",
      "shop/settings/night.py": "from .base import *\nDEBUG = False\n",
    });
    assert.equal(
      found["shop.settings.night"],
      "production, confirmed, no site: render.yaml:10 starts a worker with it for production; render.yaml:13 selects it.",
    );
  });

  it("takes nothing from a manifest that is more than its parser bears", async () => {
    const deep = `x = ${"[".repeat(200)}${"]".repeat(200)}\n`;
    const { projects, notes } = await discover({
      ...PROJECT,
      "fly.toml": `[env]\nDJANGO_SETTINGS_MODULE = "shop.settings.site"\nDEBUG = "1"\n${deep}`,
    });
    assert.deepEqual(projects[0]?.deployedVariables, []);
    assert.deepEqual(
      notes.map(({ message }) => message),
      ["This file was skipped: it nests more than 100 levels deep."],
    );
  });

  it("does not parse data that lies in a folder named like one of manifests", async () => {
    const deep = `${"- ".repeat(3000)}x`;
    const { projects, notes } = await discover({
      ...PROJECT,
      "features/manifests/browser.yaml": `about: Features\nfeatures:\n  banner:\n    variables:\n      DEBUG: "1"\nmore: ${deep}\n`,
      "k8s/web.yaml": `apiVersion: apps/v1\nkind: Deployment\nmore:\n  ${deep}\n`,
    });
    assert.deepEqual(projects[0]?.deployedVariables, []);
    assert.deepEqual(
      notes.map(({ file }) => file),
      ["/w/k8s/web.yaml"],
    );
  });
});
