import assert from "node:assert/strict";
import { discover, reportOf } from "./projects";

const NAME = "{{ project_name }}";

const TEMPLATE = {
  "manage.py": `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${NAME}.settings.dev")\n`,
  Dockerfile: `ENV DJANGO_SETTINGS_MODULE={{project_name}}.settings.site\nCMD gunicorn ${NAME}.wsgi\n`,
  "project_name/__init__.py": "",
  "project_name/wsgi.py": `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${NAME}.settings.dev")\n`,
  "project_name/settings/__init__.py": "",
  "project_name/settings/base.py":
    'SECRET_KEY = "{{ secret_key }}"\n# https://docs.djangoproject.com/en/{{ docs_version }}/\nINSTALLED_APPS = []\n' +
    `ROOT_URLCONF = "${NAME}.urls"\n`,
  "project_name/settings/dev.py": `from ${NAME}.settings.base import *\nDEBUG = True\n`,
  "project_name/settings/site.py": `from ${NAME}.settings.base import *\nDEBUG = False\n`,
};

describe("templates of projects", () => {
  it("are read with a name for the project, and the reader is told so", async () => {
    const { projects, notes, snapshot } = await discover(TEMPLATE);
    assert.deepEqual(
      projects[0]?.modules.map((each) => `${each.name}: ${reportOf(each)}`),
      [
        "project_name.settings: base: It sets nothing.",
        "project_name.settings.base: base: Nothing selects it; project_name/settings/site.py imports it.",
        "project_name.settings.dev: development: Its name says development.",
        "project_name.settings.site: production, confirmed: Dockerfile:2 starts it for production; Dockerfile:1 selects it.",
      ].filter((line) => !line.startsWith("project_name.settings:")),
    );
    assert.deepEqual(
      notes.map(({ message }) => message),
      ['This is a template for django-admin startproject, read with "project_name" in place of {{ project_name }}.'],
    );
    const point = projects[0]?.entryPoints.find(({ file }) => file === "/w/Dockerfile");
    assert.equal(point?.value, "project_name.settings.site");
    const written = TEMPLATE.Dockerfile.slice(point?.range.start, point?.range.end);
    assert.equal(written, "{{project_name}}.settings.site");
    assert.equal(snapshot.text("/w/Dockerfile")?.length, TEMPLATE.Dockerfile.length);
  });

  it("are read as a whole below a folder, also where a module without a placeholder could be read alone", async () => {
    const settings = Object.entries(TEMPLATE).map(([path, text]) => [
      path === "Dockerfile" ? path : `src/${path}`,
      text,
    ]);
    const { projects, notes } = await discover({
      ...(Object.fromEntries(settings) as Record<string, string>),
      "src/project_name/settings/unittest.py":
        'SECRET_KEY = "invented"\nINSTALLED_APPS = []\nROOT_URLCONF = "x.urls"\n',
    });
    assert.deepEqual(
      projects[0]?.modules.map(({ name, role }) => `${name}: ${role}`),
      [
        "project_name.settings.base: base",
        "project_name.settings.dev: development",
        "project_name.settings.site: production",
        "project_name.settings.unittest: test",
      ],
    );
    assert.match(notes[0]?.message ?? "", /^This is a template for django-admin startproject/);
  });

  it("beside a project are none of its parts", async () => {
    const settings = 'SECRET_KEY = "invented"\nINSTALLED_APPS = []\n';
    const { projects, notes } = await discover({
      "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "shop/settings.py": settings,
      "skeleton/project_name/settings.py": `${settings}NAME = "${NAME}"\n`,
    });
    assert.deepEqual(
      projects.flatMap(({ modules }) => modules.map(({ name }) => name)),
      ["shop.settings"],
    );
    assert.deepEqual(notes, []);
  });

  it("that have to be rendered are named, not taken for nothing", async () => {
    const { projects, notes } = await discover({
      "cookiecutter.json": "{}",
      "{{cookiecutter.repo}}/manage.py": "{% if cookiecutter.docker %}\nimport os\n{% endif %}\n",
      "{{cookiecutter.repo}}/config/settings.py": 'SECRET_KEY = "{{ cookiecutter.key }}"\nINSTALLED_APPS = []\n',
    });
    assert.deepEqual(projects, []);
    assert.match(notes[0]?.message ?? "", /^This is a template for projects: .* Render it/);
  });
});
