import assert from "node:assert/strict";
import { readableTemplate } from "../../server/src/project/templateText";
import { discover, FULL, reportOf, selects } from "./projects";

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

  const MADE = {
    "cookiecutter.json": "{}",
    "hooks/post_gen_project.py": 'SECRET_KEY = "{{ cookiecutter.slug }}"\n',
    "{{cookiecutter.repo}}/manage.py": selects("{{ cookiecutter.slug }}.settings.local"),
    "{{cookiecutter.repo}}/Procfile": "web: gunicorn {{cookiecutter.slug}}.wsgi\n",
    "{{cookiecutter.repo}}/{{cookiecutter.slug}}/__init__.py":
      "{% if cookiecutter.tasks -%}\nimport os\n{%- endif %}\n",
    "{{cookiecutter.repo}}/{{cookiecutter.slug}}/wsgi.py": selects("{{ cookiecutter.slug }}.settings.front"),
    "{{cookiecutter.repo}}/{{cookiecutter.slug}}/settings/base.py": `${FULL}TIME_ZONE = "{{ cookiecutter.zone }}"\n`,
    "{{cookiecutter.repo}}/{{cookiecutter.slug}}/settings/local.py": "from .base import *\nDEBUG = True\n",
    "{{cookiecutter.repo}}/{{cookiecutter.slug}}/settings/front.py":
      "from {{ cookiecutter.slug|lower }}.settings.base import *\n{% if cookiecutter.mail == 'y' -%}\nEMAIL_PORT = 25\n" +
      "{%- else %}\nEMAIL_PORT = 587\n{%- endif %}\n",
  };

  it("with placeholders in the names of folders are read, modules have the names of those", async () => {
    const { projects, notes, snapshot } = await discover(MADE);
    assert.deepEqual(
      projects.map(({ root }) => root),
      ["/w/{{cookiecutter.repo}}"],
    );
    assert.deepEqual(
      projects[0]?.modules.map((each) => `${each.name}: ${reportOf(each)}`),
      [
        "slug.settings.base: base: Nothing selects it; {{cookiecutter.repo}}/{{cookiecutter.slug}}/settings/local.py imports it.",
        "slug.settings.front: production, confirmed: {{cookiecutter.repo}}/Procfile:1 starts it for production; " +
          "{{cookiecutter.repo}}/{{cookiecutter.slug}}/wsgi.py:2 selects it.",
        "slug.settings.local: development: Its name says development.",
      ],
    );
    assert.deepEqual(
      notes.map(({ message }) => message),
      ['This is a template for projects, read with "repo" in place of {{cookiecutter.repo}}, and with its options on.'],
    );
    for (const [path, written] of Object.entries(MADE)) {
      const read = snapshot.text(`/w/${path}`);
      if (read !== undefined) assert.equal(read.length, written.length, path);
    }
  });

  it("may call a placeholder like a module of Python", async () => {
    const { projects } = await discover({
      "{{cookiecutter.site}}/__init__.py": "",
      "{{cookiecutter.site}}/settings.py": FULL,
      "manage.py": selects("{{cookiecutter.site}}.settings"),
    });
    assert.deepEqual(
      projects[0]?.modules.map(({ name }) => name),
      ["site.settings"],
    );
  });

  it("of copier are read where a folder has a placeholder, and in the folder template", async () => {
    const settings = `${FULL}NAME = "{{ project_name }}"\n`;
    for (const folder of ["{{project_name}}", "template"]) {
      const { projects, notes } = await discover({
        "copier.yml": "project_name: shop\n",
        [`${folder}/manage.py`]: selects("config.settings"),
        [`${folder}/config/settings.py`]: `{% if has_mail %}\nEMAIL_PORT = 25\n{% endif %}\n${settings}`,
      });
      assert.deepEqual(
        projects.map(({ root, modules }) => [root, ...modules.map(({ name }) => name)]),
        [[`/w/${folder}`, "config.settings"]],
      );
      assert.match(notes[0]?.message ?? "", /^This is a template for projects, read with/);
    }
  });

  it("with a module that is no Python even then name it once, and the others are read", async () => {
    const { projects, notes } = await discover({
      ...MADE,
      "{{cookiecutter.repo}}/{{cookiecutter.slug}}/settings/odd.py": `${FULL}{% if cookiecutter.a %}A = 1{% endif %}B = 2\n`,
    });
    assert.deepEqual(
      projects[0]?.modules.map(({ name }) => name),
      ["slug.settings.base", "slug.settings.front", "slug.settings.local"],
    );
    assert.deepEqual(
      notes.filter(({ file }) => file?.endsWith("odd.py")).map(({ message }) => message),
      ["This template cannot be read: it is not Python until it is rendered. Render it and check the result."],
    );
  });

  it("that have to be rendered are named, not taken for nothing", async () => {
    const { projects, notes } = await discover({
      "cookiecutter.json": "{}",
      "{{cookiecutter.repo}}/settings.py.jinja": FULL,
    });
    assert.deepEqual(projects, []);
    assert.match(notes[0]?.message ?? "", /^This is a template for projects: .* Render it/);
  });
});

describe("the text of a template", () => {
  const read = (text: string): string => {
    const result = readableTemplate(text);
    assert.equal(result.length, text.length);
    return result;
  };

  it("has a name of the same length for each placeholder", () => {
    assert.equal(read("import {{ cookiecutter.app|lower }}.x"), `import ${"app".padEnd(28, "_")}.x`);
    assert.equal(read('A = "{{x}}"'), 'A = "x____"');
    assert.equal(read("A = {{ [1] + [2] }}"), `A = ${"placeholder".padEnd(15, "_")}`);
  });

  it("keeps what GitHub's workflows and raw blocks have", () => {
    assert.equal(read("a: ${{ secrets.KEY }}"), "a: ${{ secrets.KEY }}");
    assert.equal(read("{% raw %}{{ x }}{% endraw %}").trim(), "{{ x }}");
  });

  it("has one branch of each choice, with the options on, and the same answer throughout", () => {
    const text = "{% if c.cloud == 'AWS' %}\na\n{% elif c.cloud == 'GCP' %}\nb\n{% else %}\nc\n{% endif %}\n";
    const words = (source: string): readonly string[] =>
      read(source)
        .split(/\s+/)
        .filter((word) => word !== "");
    assert.deepEqual(words(text), ["a"]);
    assert.deepEqual(words(`${text}{% if c.cloud == 'GCP' %}d{% endif %}`), ["a"]);
    assert.deepEqual(words("{% if c.docker == 'n' %}a{% else %}b{% endif %}"), ["b"]);
    assert.deepEqual(
      words("{% if not c.docker %}a{% endif %}{% if c.docker and c.cloud in ('AWS', 'GCP') %}b{% endif %}"),
      ["b"],
    );
    assert.deepEqual(words("{% if a == 'n' %}{% if b %}c{% else %}d{% endif %}{% endif %}e"), ["e"]);
    assert.deepEqual(words("{% if c.api != 'None' %}a{% endif %}{# b #}"), ["a"]);
  });

  it("leaves what stands behind a statement at the indentation of it", () => {
    assert.equal(read("  {% if x %}A = 1{% endif %}"), "\f".repeat(10) + "  A = 1           ");
  });
});
