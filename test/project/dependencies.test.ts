import assert from "node:assert/strict";
import type { DjangoVersion } from "../../server/src/project/model";
import {
  firstExcluded,
  lowestVersion,
  parseRequirement,
  pinnedVersion,
} from "../../server/src/project/dependencies/requirement";
import { FULL, discover, selects } from "./projects";

async function read(
  contents: Record<string, string>,
): Promise<{ readonly django: DjangoVersion | undefined; readonly packages: Record<string, string | undefined> }> {
  const { projects } = await discover({ "manage.py": selects("shop.settings"), "shop/settings.py": FULL, ...contents });
  const [project] = projects;
  return { django: project?.django, packages: Object.fromEntries(project?.packages ?? []) };
}

/** The version, its source, and the text at its range. */
async function django(contents: Record<string, string>): Promise<readonly (string | undefined)[]> {
  const found = (await read(contents)).django;
  if (found === undefined) return [];
  const text = contents[found.file?.slice("/w/".length) ?? ""];
  const place = found.range === undefined ? undefined : text?.slice(found.range.start, found.range.end);
  return [found.version.join("."), found.source, place];
}

describe("dependencies", () => {
  it("reads a requirement with 300,000 blanks behind it", async () => {
    const requirements = `django${" ".repeat(300_000)}x\ndjango==5.1\n`;
    assert.deepEqual(await django({ "requirements.txt": requirements }), [
      "5.1",
      "requirements.txt (Django==5.1)",
      "django==5.1",
    ]);
  });

  it("names a list of requirements that is too long to be one", async () => {
    const { notes } = await discover({
      "manage.py": selects("shop.settings"),
      "shop/settings.py": FULL,
      "requirements.txt": "django==5.1\n".repeat(50_000),
    });
    assert.deepEqual(
      notes.map(({ file, message }) => `${file}: ${message}`),
      ["/w/requirements.txt: This file was not read for requirements: it is longer than 524,288 characters."],
    );
  });

  it("reads a lock file of more packages than a call can have arguments", async () => {
    const lock = Array.from({ length: 130_000 }, (_, index) => `[[package]]\nname = "p${index}"\nversion = "1"\n`);
    const { packages } = await read({ "poetry.lock": lock.join("") });
    assert.equal(Object.keys(packages).length, 130_000);
  });

  for (const [title, contents, expected] of [
    [
      "uv.lock",
      { "uv.lock": 'version = 1\n\n[[package]]\nname = "django"\nversion = "5.2.4"\nsource = { registry = "x" }\n' },
      ["5.2", "uv.lock", "5.2.4"],
    ],
    [
      "poetry.lock before pyproject",
      {
        "poetry.lock": '[[package]]\nname = "Django"\nversion = "4.2.16"\n',
        "pyproject.toml": '[tool.poetry.dependencies]\nDjango = "^5.1"\n',
      },
      ["4.2", "poetry.lock", "4.2.16"],
    ],
    [
      "pylock.toml",
      { "pylock.toml": '[[packages]]\nname = "django"\nversion = "5.1"\n' },
      ["5.1", "pylock.toml", "5.1"],
    ],
    [
      "Pipfile.lock",
      { "Pipfile.lock": '{"default": {"django": {"version": "==3.2.25"}}, "develop": {}}' },
      ["3.2", "Pipfile.lock", "django"],
    ],
    ["a broken Pipfile.lock", { "Pipfile.lock": "{" }, []],
    [
      "requirements.txt",
      { "requirements.txt": "# web\nDjango[argon2]==5.0.6 ; python_version > '3.9'  # pinned\n" },
      ["5.0", "requirements.txt (Django==5.0.6)", "Django[argon2]==5.0.6"],
    ],
    [
      "pip-compile's hashes",
      { "requirements.txt": "django==4.2.11 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n" },
      ["4.2", "requirements.txt (Django==4.2.11)", "django==4.2.11"],
    ],
    [
      "the lowest of several",
      { "requirements/base.in": "django>=4.2,<6\n", "requirements/dev.in": "-r base.in\ndjango>=5\n" },
      ["4.2", "requirements/base.in (Django>=4.2,<6)", "django>=4.2,<6"],
    ],
    [
      "a pin before the range that it was made from",
      { "requirements/base.in": "django>=4.2,<6\n", "requirements/dev.txt": "-r base.in\ndjango==5.2\n" },
      ["5.2", "requirements/dev.txt (Django==5.2)", "django==5.2"],
    ],
    [
      "what the image installs before a stale lock",
      {
        Dockerfile: "COPY requirements.txt /app/\nRUN pip install --no-cache-dir -r /app/requirements.txt\n",
        "requirements.txt": "Django==5.2.15\n",
        "poetry.lock": '[[package]]\nname = "django"\nversion = "3.2.1"\n',
        "pyproject.toml": '[tool.poetry.dependencies]\ndjango = "^3.2"\n',
      },
      ["5.2", "requirements.txt (Django==5.2.15)", "Django==5.2.15"],
    ],
    [
      "what the image's file includes",
      {
        Dockerfile: "ARG STAGE=live\nRUN pip install -r requirements/${STAGE}.txt\n",
        "requirements/live.txt": "-r common.txt\n",
        "requirements/common.txt": "Django==5.1.2\n",
        "requirements/other.txt": "Django==4.2.1\n",
      },
      ["5.1", "requirements/common.txt (Django==5.1.2)", "Django==5.1.2"],
    ],
    [
      "the lock that the image installs",
      {
        Dockerfile: "RUN uv sync --frozen\n",
        "uv.lock": '[[package]]\nname = "django"\nversion = "5.2.4"\n',
        "requirements.txt": "Django==4.2.1\n",
        "pyproject.toml": '[project]\ndependencies = ["django>=4.2"]\n',
      },
      ["5.2", "uv.lock", "5.2.4"],
    ],
    [
      "what CI installs, where no image does",
      {
        ".github/workflows/ci.yml":
          "jobs:\n  test:\n    steps:\n      - run: |\n          pip install -U pip\n          pip install -r requirements.txt\n",
        "requirements.txt": "Django==5.0.1\n",
        "Pipfile.lock": '{"default": {"django": {"version": "==4.1"}}}',
        Pipfile: '[packages]\ndjango = "~=4.1"\n',
      },
      ["5.0", "requirements.txt (Django==5.0.1)", "Django==5.0.1"],
    ],
    [
      "pins before a Pipfile without a lock",
      { Pipfile: '[packages]\ndjango = "~=5.0"\n', "requirements.txt": "Django==5.2.15\n" },
      ["5.2", "requirements.txt (Django==5.2.15)", "Django==5.2.15"],
    ],
    [
      "the lock of the tool in use",
      {
        "pyproject.toml": '[project]\ndependencies = ["django>=4.2"]\n[tool.uv]\npackage = false\n',
        "uv.lock": '[[package]]\nname = "django"\nversion = "5.2.4"\n',
        "poetry.lock": '[[package]]\nname = "django"\nversion = "4.0.1"\n',
      },
      ["5.2", "uv.lock", "5.2.4"],
    ],
    [
      "production's requirements before development's",
      { "requirements/dev.txt": "Django==4.2.1\n", "requirements/production.txt": "Django==5.1.1\n" },
      ["5.1", "requirements/production.txt (Django==5.1.1)", "Django==5.1.1"],
    ],
    [
      "no file that is named by a version, or kept",
      {
        "requirements/django32.txt": "Django==3.2.1\n",
        "requirements/old-requirements.txt": "Django==1.11\n",
        "requirements/freeze.txt": "Django==2.2.1\n",
        "requirements/base.txt": "Django>=4.2\n",
      },
      ["4.2", "requirements/base.txt (Django>=4.2)", "Django>=4.2"],
    ],
    [
      "no version where the image takes the newest",
      {
        Dockerfile: "RUN pip install --upgrade pip && pip install django djangorestframework uwsgi\n",
        "requirements.txt": "Django==2.0.1\n",
      },
      [],
    ],
    [
      "the version that the image's command names",
      { Dockerfile: 'RUN pip install "Django==5.1.4" gunicorn\n', "requirements.txt": "Django==2.0.1\n" },
      ["5.1", "Dockerfile (Django==5.1.4)", "Django==5.1.4"],
    ],
    [
      "nothing of what another project's image installs",
      {
        "other/manage.py": "",
        "other/Dockerfile": "RUN pip install -r requirements/old.txt\n",
        "requirements/base.txt": "Django==5.2.1\n",
        "requirements/old.txt": "Django==2.2\n",
      },
      ["5.2", "requirements/base.txt (Django==5.2.1)", "Django==5.2.1"],
    ],
    [
      "included files under any name",
      { "requirements.txt": "-r deploy/web.list\n", "deploy/web.list": "Django~=5.1.2\n" },
      ["5.1", "deploy/web.list (Django~=5.1.2)", "Django~=5.1.2"],
    ],
    [
      "circular includes",
      { "requirements.txt": "-r requirements.txt\ndjango>5\n" },
      ["5.0", "requirements.txt (Django>5)", "django>5"],
    ],
    [
      "pyproject.toml, PEP 621",
      { "pyproject.toml": '[project]\ndependencies = ["django>=5.2,<5.3"]\n' },
      ["5.2", "pyproject.toml (Django>=5.2,<5.3)", "django>=5.2,<5.3"],
    ],
    [
      "dependency groups",
      { "pyproject.toml": '[dependency-groups]\ndev = [{include-group = "x"}, "Django==6.0"]\n' },
      ["6.0", "pyproject.toml (Django==6.0)", "Django==6.0"],
    ],
    [
      "Poetry's table",
      { "pyproject.toml": '[tool.poetry.dependencies]\ndjango = {version = "^4.2", extras = ["bcrypt"]}\n' },
      ["4.2", "pyproject.toml (Django^4.2)", 'django = {version = "^4.2", extras = ["bcrypt"]}'],
    ],
    [
      "Poetry's groups",
      { "pyproject.toml": '[tool.poetry.group.main.dependencies]\ndjango = "5.1.*"\n' },
      ["5.1", "pyproject.toml (Django5.1.*)", 'django = "5.1.*"'],
    ],
    ["broken TOML", { "pyproject.toml": "[[[\n" }, []],
    ["Pipfile", { Pipfile: '[packages]\nDjango = ">=4.2"\n' }, ["4.2", "Pipfile (Django>=4.2)", 'Django = ">=4.2"']],
    [
      "setup.cfg",
      { "setup.cfg": "[options]\ninstall_requires =\n    requests\n    django >= 4.2\n[x]\ny = django>=1\n" },
      ["4.2", "setup.cfg (Django>= 4.2)", "django >= 4.2"],
    ],
    [
      "setup.py",
      { "setup.py": 'setup(install_requires=["django[x]>=3.2", "y"])\n' },
      ["3.2", "setup.py (Django>=3.2)", "django[x]>=3.2"],
    ],
    [
      "environment.yml",
      {
        "environment.yml":
          "dependencies:\n  - python=3.12\n  - conda-forge::django=5.0.2\n  - pip:\n      - gunicorn==1\n",
      },
      ["5.0", "environment.yml (Django==5.0.2)", undefined],
    ],
    [
      "what startproject wrote",
      { "shop/settings.py": `"""\nGenerated by 'django-admin startproject' using Django 5.2.1.\n"""\n${FULL}` },
      ["5.2", "shop/settings.py (startproject)", "Generated by 'django-admin startproject' using Django 5.2.1."],
    ],
    ["no version", { "requirements.txt": "django\n" }, []],
    ["only an upper bound", { "requirements.txt": "django<6\n" }, []],
    [
      "a file elsewhere, when none is near",
      { "ops/requirements.txt": "django==4.2\n" },
      ["4.2", "ops/requirements.txt (Django==4.2)", "django==4.2"],
    ],
  ] as const)
    it(`reads ${title}`, async () => {
      const found = await django(contents);
      if (found[2] !== undefined && expected[2] === undefined)
        assert.deepEqual(found.slice(0, 2), expected.slice(0, 2));
      else assert.deepEqual(found, expected);
    });

  it("prefers the nearest folder that names Django", async () => {
    const { projects } = await discover({
      "requirements.txt": "django==3.2\nruff\n",
      "api/manage.py": selects("shop.settings"),
      "api/shop/settings.py": FULL,
      "api/requirements.txt": "django==5.1\n",
      "web/manage.py": selects("site.settings"),
      "web/site/settings.py": FULL,
    });
    assert.deepEqual(
      projects.map((project) => project.django?.version),
      [
        [5, 1],
        [3, 2],
      ],
    );
  });

  it("normalises names and keeps pinned versions", async () => {
    const { packages } = await read({
      "requirements.txt":
        "Django==5.0\npsycopg2_Binary>=2\nzope.interface==6.1\n-e git+https://host.test/x.git#egg=x\n./local\n",
    });
    assert.deepEqual(packages, { django: "5.0", "psycopg2-binary": undefined, "zope-interface": "6.1" });
  });

  it("reads an installed environment by its folders' names", async () => {
    const { django: version, packages } = await read({
      ".gitignore": ".venv\n",
      ".venv/pyvenv.cfg": "",
      ".venv/lib/python3.12/site-packages/Django-5.1.2.dist-info/METADATA": "",
      ".venv/lib/python3.12/site-packages/django_cors_headers-4.3.0.dist-info/METADATA": "",
      ".venv/lib/python3.12/site-packages/django/__init__.py": "",
    });
    assert.deepEqual(version?.version, [5, 1]);
    assert.equal(version?.file, undefined);
    assert.equal(packages["django-cors-headers"], "4.3.0");
  });

  for (const [specifier, expected] of [
    [">=4.2,<5.0", [4, 2]],
    ["<5.0,>=4.2.1", [4, 2]],
    ["~=5.1.2", [5, 1]],
    ["==5.1.*", [5, 1]],
    ["^3.2 || ^4.2", [3, 2]],
    ["!=4.2.1,>=4", [4, 0]],
    ["===4.2", [4, 2]],
    [">=4.2,>=5.0", [5, 0]],
    ["<5", undefined],
    ["", undefined],
  ] as const)
    it(`takes ${expected?.join(".") ?? "nothing"} for the lowest that "${specifier}" allows`, () => {
      assert.deepEqual(lowestVersion(specifier), expected);
    });

  it("counts what an extra brings", async () => {
    const listed = await read({ "requirements.txt": "Django==5.2\npsycopg[binary,pool]==3.2.9\n" });
    assert.ok("psycopg-pool" in listed.packages);
    const tables = await read({
      "pyproject.toml":
        '[tool.poetry.dependencies]\nDjango = "^5.2"\npsycopg = {extras = ["pool"], version = "^3.2"}\n',
    });
    assert.ok("psycopg-pool" in tables.packages);
    const without = await read({ "requirements.txt": "Django==5.2\npsycopg[binary]==3.2.9\n" });
    assert.ok(!("psycopg-pool" in without.packages));
  });

  it("reads requirements as PEP 508 has them", () => {
    assert.deepEqual(parseRequirement("Django (>=4.2) ; x"), { name: "django", specifier: ">=4.2", extras: [] });
    assert.deepEqual(parseRequirement("django @ git+https://github.com/django/django@stable/5.2.x"), {
      name: "django",
      specifier: "==5.2",
      extras: [],
    });
    assert.deepEqual(parseRequirement("a.b_c[x, Y_z]"), { name: "a-b-c", specifier: "", extras: ["x", "y-z"] });
    assert.equal(parseRequirement("https://host.test/x.whl"), undefined);
    assert.equal(pinnedVersion("==5.0.6"), "5.0.6");
    assert.equal(pinnedVersion("==5.0.*"), undefined);
  });

  for (const [specifier, expected] of [
    ["==5.2.1", "5.3"],
    ["==5.2.*", "5.3"],
    ["==4", "5.0"],
    [">=3.2,<4", "4.0"],
    [">=3.2,<4.0", "4.0"],
    [">=4.2,<4.2.20", "4.3"],
    ["<=4.1", "4.2"],
    ["~=3.2", "4.0"],
    ["~=3.2.5", "3.3"],
    ["^3.2", "4.0"],
    ["~3.2", "3.3"],
    ["<4 || ^5.1", "6.0"],
    [">=4.2", undefined],
    ["!=4.1", undefined],
    ["", undefined],
  ] as const) {
    it(`knows the first series that ${specifier || "nothing"} rules out above`, () => {
      assert.equal(firstExcluded(specifier)?.join("."), expected);
    });
  }
});
