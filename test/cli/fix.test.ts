import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import promises from "node:fs/promises";
import { join } from "node:path";
import { writeFilesAtomically } from "../../server/src/entry/atomicWrite";
import { KEY, shop, SECRETS, TemporaryProject } from "./command";

describe("fix", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  beforeEach(() => {
    project = new TemporaryProject(shop({ "shop/settings/production.py": PRODUCTION }));
  });
  afterEach(() => project.remove());

  const COMMENT = "  # django-settings-lint: ignore[debug-enabled] -- none";
  const PRODUCTION = `from .base import *

CONN_MAX_AGE = 60${COMMENT}
`;
  const files = (): string[] =>
    readdirSync(project.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(project.folder.length + 1))
      .toSorted();

  it("applies safe fixes only, and tells what it did", async () => {
    const { code, stdout } = await project.run("fix", "--rule", "unknown-rule", "--rule", "unused-suppression");
    assert.equal(code, 0);
    assert.equal(project.read("shop/settings/production.py"), "from .base import *\n\nCONN_MAX_AGE = 60\n");
    assert.match(stdout, /^1 finding fixed in 1 file, 0 left\.$/m);
    const again = await project.run("fix", "--rule", "unknown-rule", "--rule", "unused-suppression");
    assert.match(again.stdout, /^0 findings fixed in 0 files, 0 left\.$/m);
  });

  it("leaves unsafe fixes alone until it is asked for them", async () => {
    const before = project.read("shop/settings/production.py");
    const safe = await project.run("fix", "--rule", "debug-enabled");
    assert.equal(safe.code, 1);
    assert.match(safe.stdout, /can be fixed with --unsafe/);
    assert.equal(project.read("shop/settings/production.py"), before);
    const unsafe = await project.run("fix", "--unsafe", "--rule", "debug-enabled");
    assert.equal(unsafe.code, 0);
    assert.match(project.read("shop/settings/production.py"), /^DEBUG = False$/m);
  });

  it("shows a diff and writes nothing with --diff", async () => {
    const before = project.read("shop/settings/production.py");
    const { code, stdout, stderr } = await project.run("fix", "--diff", "--unsafe", "--rule", "debug-enabled");
    assert.equal(code, 1);
    assert.equal(project.read("shop/settings/production.py"), before);
    assert.match(
      stdout,
      /^--- a\/shop\/settings\/production\.py\n\+\+\+ b\/shop\/settings\/production\.py\n@@ -1,3 \+1,[45] @@\n/,
    );
    assert.match(stdout, /^\+DEBUG = False$/m);
    assert.match(stdout, /^ from \.base import \*$/m);
    assert.match(stderr, /1 finding would be fixed/);
  });

  it("sorts the diff and the list of fixes by file", async () => {
    const { stdout, stderr } = await project.run("fix", "--unsafe", "--diff");
    const files = (text: string, line: RegExp): readonly string[] =>
      [...text.matchAll(line)].map(([, file]) => file ?? "");
    const [changed, listed] = [files(stdout, /^\+\+\+ b\/(.*)$/gm), files(stderr, /^(\S+): [a-z-]+: /gm)];
    assert.ok(new Set(changed).size > 1 && listed.length > 1);
    assert.deepEqual(changed, changed.toSorted());
    assert.deepEqual(listed, listed.toSorted());
  });

  it("masks secrets in a diff unless it is told to show them", async () => {
    project.write("shop/settings/production.py", `${PRODUCTION}SECRET_KEY = "${KEY}"\n`);
    const masked = await project.run("fix", "--diff", "--unsafe");
    assert.match(masked.stdout, /^-SECRET_KEY = "\*{8}"$/m);
    for (const secret of SECRETS) assert.ok(!masked.stdout.includes(secret) && !masked.stderr.includes(secret));
    assert.match(masked.stderr, /secrets are masked/);
    const revealed = await project.run("fix", "--diff", "--unsafe", "--reveal-secrets");
    assert.ok(revealed.stdout.includes(KEY));
  });

  it("applies the fix that is named, and no other", async () => {
    project.write("shop/settings/production.py", `${PRODUCTION}SECRET_KEY = "${KEY}"\n`);
    // A key that stayed in the base would be a finding of its own.
    project.write("shop/settings/base.py", project.read("shop/settings/base.py").replace(/^SECRET_KEY = .*$/m, ""));
    const { code, stdout } = await project.run("fix", "--fix", "secret-key-hardcoded:moveToDotEnv");
    assert.equal(code, 0, stdout);
    assert.match(project.read("shop/settings/production.py"), /^SECRET_KEY = os\.environ\["SECRET_KEY"\]$/m);
    assert.match(project.read("shop/settings/production.py"), /ignore\[debug-enabled\]/);
    assert.equal(project.read(".env"), `SECRET_KEY='${KEY}'\n`);
    assert.match(stdout, /^1 finding fixed in \d files, 0 left\.$/m);
  });

  it("says what a finding has instead of the fix that is named", async () => {
    const before = project.read("shop/settings/base.py");
    const { code, stdout } = await project.run("fix", "--fix", "database-password-hardcoded:readUrl");
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^shop\/settings\/base\.py: database-password-hardcoded: no fix readUrl here, but moveToDotEnv, readEnvironment$/m,
    );
    assert.doesNotMatch(stdout, /--unsafe/);
    assert.equal(project.read("shop/settings/base.py"), before);
  });

  it("lists a rule's fixes when it does not know the one that is named", async () => {
    for (const [named, message] of [
      ["secret-key-hardcoded", /which fix of "secret-key-hardcoded"\? It has:\n/],
      [
        "secret-key-hardcoded:readfil",
        /has no fix "readfil" that can be applied\. Did you mean "readFile"\? It has:\n/,
      ],
      ["hostname-branching:readVariable", /"hostname-branching" has no fix that can be applied/],
      ["secret-key-hardcode:readFile", /there is no rule "secret-key-hardcode"\. Did you mean/],
    ] as const) {
      const { code, stdout, stderr } = await project.run("fix", "--fix", named);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, message);
    }
    const { stderr } = await project.run("fix", "--fix", "secret-key-hardcoded");
    assert.match(stderr, /^ {2}secret-key-hardcoded:readEnvironment {2}Read … from the environment$/m);
    const both = await project.run("fix", "--rule", "debug-enabled", "--fix", "debug-enabled:turnOffHere");
    assert.equal(both.code, 2);
  });

  it("ends with a project whose fixable findings are gone", async () => {
    await project.run("fix", "--unsafe");
    const { stdout } = await project.run("fix", "--unsafe");
    assert.match(stdout, /^0 findings fixed in 0 files/m);
    assert.deepEqual(
      files().filter((name) => name.endsWith(".tmp")),
      [],
    );
  });

  it("keeps permissions, a byte order mark, line ends and symbolic links", async () => {
    const path = join(project.folder, "shop/settings/production.py");
    project.write("shop/real.py", `\ufeff${PRODUCTION.replaceAll("\n", "\r\n")}`);
    chmodSync(join(project.folder, "shop/real.py"), 0o640);
    rmSync(path);
    symlinkSync("../real.py", path);
    await project.run("fix", "--rule", "unused-suppression", "--rule", "unknown-rule");
    assert.equal(
      readFileSync(join(project.folder, "shop/real.py"), "utf8"),
      "\ufefffrom .base import *\r\n\r\nCONN_MAX_AGE = 60\r\n",
    );
    assert.equal(statSync(join(project.folder, "shop/real.py")).mode & 0o777, 0o640);
    assert.ok(statSync(path).isFile() && existsSync(path));
  });
});

describe("fix: one variable stands for one value", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  afterEach(() => project.remove());

  const HEAD = `import environ\n\nenv = environ.Env()\nSECRET_KEY = env("SECRET_KEY")\nDEBUG = False\n`;
  const ONE = "redis://:pwOne8sk3ks@one:6379/1";
  const TWO = "redis://:pwTwo8sk3ks@two:6379/1";
  const caches = (...urls: readonly string[]): string =>
    `CACHES = {\n${urls.map((url, at) => `    "${["default", "other"][at] ?? ""}": {"LOCATION": "${url}"},\n`).join("")}}\n`;
  const open = (settings: string, files: Readonly<Record<string, string>> = {}): void => {
    project = new TemporaryProject({
      "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "requirements.txt": "Django==5.2.1\n",
      "shop/__init__.py": "",
      "shop/settings.py": HEAD + settings,
      ...files,
    });
  };
  const settings = (): string => project.read("shop/settings.py");
  const move = (): ReturnType<TemporaryProject["run"]> =>
    project.run("fix", "--fix", "credentials-in-url:moveToDotEnv");
  const lines = (file: string): readonly string[] => project.read(file).split("\n").toSorted();

  it("keeps both of two caches, in .env and in the settings", async () => {
    open(caches(ONE, TWO));
    const { stdout } = await move();
    assert.match(stdout, /^2 findings fixed in 4 files, 0 left\.$/m);
    assert.doesNotMatch(stdout, /^Set /m);
    assert.match(settings(), /"default": \{"LOCATION": env\("REDIS_URL"\)\}/);
    assert.match(settings(), /"other": \{"LOCATION": env\("CACHES_OTHER_URL"\)\}/);
    assert.deepEqual(lines(".env"), ["", `CACHES_OTHER_URL=${TWO}`, `REDIS_URL=${ONE}`]);
    assert.deepEqual(lines(".env.example"), ["", "CACHES_OTHER_URL=", "REDIS_URL="]);
    assert.equal(project.read(".gitignore"), ".env\n");
  });

  it("keeps the second cache when its finding is fixed on its own later", async () => {
    open(caches(ONE));
    await move();
    project.write("shop/settings.py", settings().replace("\n}\n", `\n    "other": {"LOCATION": "${TWO}"},\n}\n`));
    await move();
    assert.deepEqual(lines(".env"), ["", `CACHES_OTHER_URL=${TWO}`, `REDIS_URL=${ONE}`]);
    assert.match(settings(), /env\("REDIS_URL"\)[^]*env\("CACHES_OTHER_URL"\)/);
  });

  it("gives caches, old keys and origins variables of their own with --unsafe", async () => {
    const keys = `SECRET_KEY_FALLBACKS = ["${"a1".repeat(20)}", "${"b2".repeat(20)}"]\n`;
    open(`${keys}CORS_ALLOWED_ORIGINS = ["https://u:Pw3kdkfjek@front.example.org"]\n${caches(ONE, TWO)}`);
    const { stdout } = await project.run("fix", "--unsafe");
    assert.match(stdout, /^Set SECRET_KEY_FALLBACKS_0, SECRET_KEY_FALLBACKS_1 wherever /m);
    const kept = lines(".env").flatMap((line) => /^(\w+)=/.exec(line)?.[1] ?? []);
    assert.deepEqual(kept, ["CACHES_OTHER_URL", "CORS_ALLOWED_ORIGINS_0", "REDIS_URL"]);
    const read = [...settings().matchAll(/env(?:\.\w+)?\("(\w+)"/g)].map((match) => match[1]);
    assert.equal(new Set(read).size, read.length, settings());
    assert.match(settings(), /\[env\("SECRET_KEY_FALLBACKS_0"\), env\("SECRET_KEY_FALLBACKS_1"\)\]/);
    assert.match(settings(), /CORS_ALLOWED_ORIGINS = \[env\("CORS_ALLOWED_ORIGINS_0"\)\]/);
  });

  it("keeps the URLs of two settings modules that want the same name", async () => {
    open("from .conf import *\n", {
      "shop/production.py": `${HEAD}${caches(ONE)}`,
      "shop/staging.py": `${HEAD}${caches(TWO)}`,
      "pyproject.toml":
        '[tool.django-settings-lint.roles]\n"shop.production" = "production"\n"shop.staging" = "staging"\n',
    });
    await move();
    assert.deepEqual(lines(".env"), ["", `CACHES_URL=${TWO}`, `REDIS_URL=${ONE}`]);
    assert.match(project.read("shop/production.py"), /env\("REDIS_URL"\)/);
    assert.match(project.read("shop/staging.py"), /env\("CACHES_URL"\)/);
  });

  it("keeps the values of two projects in one workspace apart", async () => {
    open(caches(ONE), {
      "other/manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")\n',
      "other/site1/__init__.py": "",
      "other/site1/settings.py": HEAD + caches(TWO),
    });
    await move();
    assert.deepEqual(lines(".env"), ["", `REDIS_URL=${ONE}`]);
    assert.deepEqual(lines("other/.env"), ["", `REDIS_URL=${TWO}`]);
  });

  it("takes no name that a .env which git ignores has for another value, and shares an equal one", async () => {
    open(caches(ONE), { ".gitignore": ".env\n", ".env": `REDIS_URL=${TWO}\n` });
    await move();
    assert.deepEqual(lines(".env"), ["", `CACHES_URL=${ONE}`, `REDIS_URL=${TWO}`]);
    project.remove();
    open(caches(ONE), { ".gitignore": ".env\n", ".env": `REDIS_URL=${ONE}\n` });
    await move();
    assert.equal(project.read(".env"), `REDIS_URL=${ONE}\n`);
    assert.match(settings(), /env\("REDIS_URL"\)/);
  });

  it("moves as many secrets as there are in one run, each line once", async () => {
    const names = Array.from({ length: 25 }, (_, at) => `SHOP_${at}_SECRET_KEY`);
    const secret = (at: number): string => `hq7Vw2Lk9Xz4Rt6Yb1Nc${at}`;
    open(names.map((name, at) => `${name} = "${secret(at)}"\n`).join(""), { ".env": "A=1", ".gitignore": "*.pyc" });
    const { stdout } = await project.run("fix", "--fix", "secret-setting-hardcoded:moveToDotEnv");
    assert.match(stdout, /^25 findings fixed in 4 files, 0 left\.$/m);
    const moved = names.map((name, at) => `${name}=${secret(at)}\n`).join("");
    assert.equal(project.read(".env"), `A=1\n${moved}`);
    assert.equal(project.read(".gitignore"), "*.pyc\n.env\n");
    for (const name of names) assert.ok(settings().includes(`${name} = env("${name}")\n`));
  });

  it("has names in reports that go together", async () => {
    open(caches(ONE, TWO));
    const { stdout } = await project.run("check", "--format", "json", "--rule", "credentials-in-url");
    const names = [...stdout.matchAll(/env\(\\"(\w+)\\"\)/g)].map((match) => match[1]);
    assert.deepEqual(names, ["REDIS_URL", "REDIS_URL", "CACHES_OTHER_URL", "CACHES_OTHER_URL"]);
  });

  it("loses nothing when several runs fix one file each at the same time", async () => {
    const modules = ["one", "two", "three", "four"];
    const secret = (name: string): string => `hq7Vw2Lk9Xz4Rt6Yb1Nc${name}`;
    open("", {
      ...Object.fromEntries(
        modules.map((name) => [`shop/${name}.py`, `${HEAD}${name.toUpperCase()}_SECRET_KEY = "${secret(name)}"\n`]),
      ),
      "pyproject.toml": `[tool.django-settings-lint.roles]\n${modules.map((name) => `"shop.${name}" = "production"\n`).join("")}`,
      ".env": "A=1\n",
    });
    const results = await Promise.all(
      modules.map((name) => project.run("fix", "--fix", "secret-setting-hardcoded:moveToDotEnv", `shop/${name}.py`)),
    );
    assert.ok(results.some(({ code }) => code === 0));
    for (const [at, name] of modules.entries()) {
      const { code, stderr } = results[at] ?? { code: 0, stderr: "" };
      if (code !== 0) assert.match(stderr, /changed meanwhile; run it again; all files are as they were/);
      const place = code === 0 ? ".env" : `shop/${name}.py`;
      assert.ok(project.read(place).includes(secret(name)), `${name}: ${stderr}`);
    }
    const left = readdirSync(project.folder, { recursive: true }).filter((name) =>
      String(name).includes(".django-settings-lint"),
    );
    assert.deepEqual(left, []);
  });

  it("takes no name that code outside of the settings reads", async () => {
    open(caches(ONE), { "shop/tasks.py": 'import os\n\nQUEUE = os.environ["REDIS_URL"]\n' });
    await move();
    assert.match(settings(), /env\("CACHES_URL"\)/);
  });

  it("writes nothing beside a .env that ends within an entry", async () => {
    open(caches(ONE), { ".env": 'A="begun\n' });
    const { code, stdout } = await move();
    assert.equal(code, 1);
    assert.match(
      stdout,
      /credentials-in-url: the fix cannot be written here: \.env ends in the middle of an entry, with an open quote or a backslash: end it first$/m,
    );
    assert.equal(project.read(".env"), 'A="begun\n');
    assert.match(settings(), /pwOne8sk3ks/);
  });
});

describe("fix: what it says", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  afterEach(() => project.remove());

  it("repairs what check reported, and names what its own fixes bring", async () => {
    project = new TemporaryProject({
      "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "requirements.txt": "Django==5.2.1\n",
      "shop/__init__.py": "",
      "shop/settings.py": `import os
SECRET_KEY = os.environ["SECRET_KEY"]
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["shop"]
DEBUG = True
ALLOWED_HOSTS = []
`,
    });
    const before = await project.run("check", "--format", "json");
    assert.doesNotMatch(before.stdout, /allowed-hosts-empty/, "with DEBUG on, no hosts are needed");
    const { code, stdout } = await project.run(
      "fix",
      "--unsafe",
      "--rule",
      "debug-enabled",
      "--rule",
      "allowed-hosts-empty",
    );
    assert.match(stdout, /^1 finding fixed in 1 file, 0 left\.$/m);
    assert.match(stdout, /^\d new findings? because of these fixes, left as (?:it is|they are):$/m);
    assert.match(stdout, /^shop\/settings\.py: allowed-hosts-empty: ALLOWED_HOSTS is empty/m);
    assert.match(project.read("shop/settings.py"), /^ALLOWED_HOSTS = \[\]$/m);
    assert.equal(code, 1, "the new finding is one that the command was asked about");
    const again = await project.run("fix", "--unsafe", "--rule", "allowed-hosts-empty");
    assert.match(again.stdout, /^1 finding fixed in 1 file, 0 left\.$/m);
  });

  it("calls no finding new that says the same of a renamed setting", async () => {
    project = new TemporaryProject({
      "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "requirements.txt": "Django==5.2\ndjango-cors-headers==4.7\n",
      "shop/settings.py": `import os

SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = ["books.example"]
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["corsheaders"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]
CORS_ORIGIN_ALLOW_ALL = True
`,
    });
    const before = await project.run("check", "--format", "json");
    assert.match(before.stdout, /"cors-allow-all"/);
    const { stdout } = await project.run("fix");
    assert.match(project.read("shop/settings.py"), /^CORS_ALLOW_ALL_ORIGINS = True$/m);
    assert.doesNotMatch(stdout, /because of these fixes/);
  });

  it("goes on with a finding for several modules until all of them are fixed", async () => {
    project = new TemporaryProject(
      shop({
        "shop/settings/staging.py": "from .base import *\n",
        "pyproject.toml":
          '[tool.django-settings-lint.roles]\n"shop.settings.production" = "production"\n"shop.settings.staging" = "staging"\n',
      }),
    );
    const { stdout } = await project.run("fix", "--unsafe", "--rule", "debug-enabled");
    assert.match(stdout, /, 0 left\.$/m);
    for (const name of ["production", "staging"])
      assert.match(project.read(`shop/settings/${name}.py`), /^DEBUG = False$/m, stdout);
  });

  it("fixes a project once where the folders that are named overlap", async () => {
    project = new TemporaryProject(
      shop({
        "inner/manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "inner_settings")\n',
        "inner/inner_settings.py": `DEBUG = True\nSECRET_KEY = "${KEY}"\n`,
      }),
    );
    const { code, stderr } = await project.run("fix", "--unsafe", "--rule", "debug-enabled", ".", "inner");
    assert.notEqual(code, 2, stderr);
    assert.doesNotMatch(project.read("inner/inner_settings.py"), /^DEBUG = True$/m);
  });
});

describe("fix: what servers set", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  afterEach(() => project.remove());

  const open = (settings: string, environment: string): void => {
    project = new TemporaryProject({
      "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "requirements.txt": "Django==5.2.1\n",
      "docker-compose.prod.yml": `services:
  web:
    command: gunicorn shop.wsgi
    environment:
      DJANGO_SETTINGS_MODULE: shop.settings
${environment}`,
      "shop/__init__.py": "",
      "shop/settings.py": settings,
    });
  };

  it("is still read: a list of hosts that the deployment opens for everyone stays where it is decided", async () => {
    const hosts = 'ALLOWED_HOSTS = os.environ["HOSTS"].split(",")';
    open(`import os\n\nDEBUG = False\nSECRET_KEY = os.environ["KEY"]\n${hosts}\n`, '      HOSTS: "*"\n');
    const { stdout } = await project.run("fix", "--unsafe", "--rule", "allowed-hosts-wildcard");
    assert.match(stdout, /^0 findings fixed in 0 files, 1 left\.$/m);
    assert.ok(project.read("shop/settings.py").includes(hosts));
    const named = await project.run("fix", "--fix", "allowed-hosts-wildcard:readEnvironment");
    assert.match(named.stdout, /no fix readEnvironment here/);
  });

  it("is still read: a database is not read from one URL when its parts are set", async () => {
    const database = `DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ["DB_HOST"],
        "PASSWORD": "tiger-tiger-9",
    }
}
`;
    const settings = `import os\n\nimport dj_database_url\n\n${database}`;
    open(settings, "      DB_HOST: db.shop.example\n");
    await project.run("fix", "--fix", "database-password-hardcoded:readUrl");
    assert.equal(project.read("shop/settings.py"), settings);
    await project.run("fix", "--fix", "database-password-hardcoded:readEnvironment");
    assert.match(
      project.read("shop/settings.py"),
      /"HOST": os\.environ\["DB_HOST"\],\n\s+"PASSWORD": os\.environ\["DB_PASSWORD"\]/,
    );
  });

  const KEPT: readonly (readonly [rule: string, line: string])[] = [
    [
      "secret-key-generated-at-start",
      'SECRET_KEY = os.environ.get("KEY") or os.environ.get("OLD_KEY") or get_random_secret_key()',
    ],
    [
      "secret-key-insecure-default",
      'SECRET_KEY = os.environ.get("KEY") or os.environ.get("OLD_KEY") or "a-default-key"',
    ],
    ["secret-key-insecure-default", 'SECRET_KEY = os.environ.get("KEY", os.environ.get("OLD_KEY", "a-default-key"))'],
    ["allowed-hosts-wildcard", 'ALLOWED_HOSTS = [host.strip() for host in os.environ.get("HOSTS", "*").split(",")]'],
    ["allowed-hosts-wildcard", 'ALLOWED_HOSTS = os.environ.get("HOSTS", "*").split(" ")'],
    ["allowed-hosts-wildcard", 'ALLOWED_HOSTS = ["*", os.environ["HOST"]]'],
  ];
  for (const [rule, line] of KEPT)
    it(`is still read, in the same way: ${line}`, async () => {
      open(
        `import os\n\nfrom django.core.management.utils import get_random_secret_key\n\nDEBUG = False\n${line}\n`,
        "      OLD_KEY: ${OLD_KEY}\n",
      );
      const { stdout } = await project.run("fix", "--unsafe", "--rule", rule);
      assert.match(stdout, /^0 findings fixed in 0 files, 1 left\.$/m);
      assert.ok(project.read("shop/settings.py").includes(line));
    });
});

describe("fix: links", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  let outside: TemporaryProject;
  beforeEach(() => {
    outside = new TemporaryProject({ "real.py": "", ".profile": "export PATH\n" });
    project = new TemporaryProject(shop());
  });
  afterEach(() => {
    project.remove();
    outside.remove();
  });
  const link = (name: string, target: string): void => {
    rmSync(join(project.folder, name), { force: true });
    symlinkSync(target, join(project.folder, name));
  };
  const move = (...more: readonly string[]): ReturnType<TemporaryProject["run"]> =>
    project.run("fix", "--fix", "secret-key-hardcoded:moveToDotEnv", ...more);

  it("does not write a .env that is a link to somewhere else, unless it is told to", async () => {
    const before = project.read("shop/settings/base.py");
    link(".env", join(outside.folder, ".profile"));
    const { code, stdout, stderr } = await move();
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /^error: \.env is a link to \S+\.profile, outside of \S+: nothing was written\./);
    assert.match(stderr, /--follow-links-outside/);
    assert.equal(outside.read(".profile"), "export PATH\n");
    assert.equal(project.read("shop/settings/base.py"), before);
    assert.equal((await move("--diff")).code, 1, "a diff writes nothing");
    assert.equal((await move("--follow-links-outside")).code, 0);
    assert.equal(outside.read(".profile"), `export PATH\nDJANGO_SECRET_KEY='${KEY}'\n`.replace("DJANGO_", prefix()));
  });
  const prefix = (): string => (/\["(\w*)SECRET_KEY"\]/.exec(project.read("shop/settings/base.py")) ?? [])[1] ?? "";

  it("does not make a file where a dangling link points, above the project or in .git", async () => {
    for (const target of [join(outside.folder, "new"), "../outside.env", ".git/hooks/pre-commit"]) {
      mkdirSync(join(project.folder, ".git/hooks"), { recursive: true });
      link(".env", target);
      const { code, stderr } = await move();
      assert.equal(code, 2);
      assert.match(stderr, /^error: \.env is a link to /);
    }
    assert.deepEqual(readdirSync(outside.folder).toSorted(), [".profile", "real.py"]);
    assert.deepEqual(readdirSync(join(project.folder, ".git/hooks")), []);
  });

  it("does not write settings that are a link to somewhere else", async () => {
    outside.write("real.py", project.read("shop/settings/base.py"));
    link("shop/settings/base.py", join(outside.folder, "real.py"));
    const { code, stderr } = await move();
    assert.equal(code, 2);
    assert.match(stderr, /^error: shop\/settings\/base\.py is a link to /);
    assert.ok(outside.read("real.py").includes(KEY));
    assert.ok(!existsSync(join(project.folder, ".env")));
  });

  it("writes through links that stay in the project", async () => {
    project.write("conf/env", "A=1\n");
    link(".env", "conf/env");
    assert.equal((await move()).code, 0);
    assert.match(project.read("conf/env"), /^A=1\n\w*SECRET_KEY='/);
    assert.ok(lstatSync(join(project.folder, ".env")).isSymbolicLink());
  });
});

describe("writing files", () => {
  let project: TemporaryProject;
  beforeEach(() => {
    project = new TemporaryProject({ "a.py": "A = 1\n", "b.py": "B = 1\n" });
  });
  afterEach(() => {
    chmodSync(project.folder, 0o755);
    project.remove();
  });
  const at = (name: string): string => join(project.folder, name);
  const modeOf = (name: string): number => statSync(at(name)).mode & 0o777;
  const change = (name: string, text: string, before?: string) => ({ path: at(name), text, before });

  it("writes all or none", async () => {
    const files = [change("a.py", "A = 2\n", "A = 1\n"), change("absent/b.py", "A = 2\n")];
    await assert.rejects(writeFilesAtomically(files), /ENOENT.*; all files are as they were$/);
    assert.equal(project.read("a.py"), "A = 1\n");
    assert.deepEqual(readdirSync(project.folder), ["a.py", "b.py"]);
  });

  it("puts back text and permissions when a later file cannot be replaced", async () => {
    chmodSync(at("a.py"), 0o600);
    const last = {
      ...change("d.py", ""),
      // When everything else is ready to be renamed, a folder takes the place of a new file.
      get text() {
        mkdirSync(at("c.py/full"), { recursive: true });
        return "D = 2\n";
      },
    };
    const first = [change("a.py", "A = 2\n", "A = 1\n"), change(".env", "A=2\n"), change("b.py", "B = 2\n", "B = 1\n")];
    await assert.rejects(
      writeFilesAtomically([...first, change("c.py", "C = 2\n"), last]),
      /c\.py.*; all files are as they were$/,
    );
    assert.equal(project.read("a.py"), "A = 1\n");
    assert.equal(modeOf("a.py"), 0o600);
    assert.equal(project.read("b.py"), "B = 1\n");
    assert.deepEqual(readdirSync(project.folder).toSorted(), ["a.py", "b.py", "c.py"]);
  });

  it("lets only their owner read new files with secrets", async () => {
    await writeFilesAtomically([change(".env", "A=1\n")]);
    assert.equal(modeOf(".env"), 0o600);
  });

  it("keeps permissions, and never has a copy that is more open than its file", async () => {
    chmodSync(at("a.py"), 0o600);
    chmodSync(at("b.py"), 0o664);
    const opened = new Map<string, number>();
    const open = promises.open;
    promises.open = async (path, ...rest) => {
      const handle = await open(path, ...rest);
      if (String(path).endsWith(".tmp")) opened.set(String(path), (await handle.stat()).mode & 0o777);
      return handle;
    };
    const mask = process.umask(0);
    try {
      await writeFilesAtomically([change("a.py", "A = 2\n", "A = 1\n")]);
      assert.deepEqual([...opened.values()], [0o600]);
      await writeFilesAtomically([change("b.py", "B = 2\n", "B = 1\n"), change(".env", "A=1\n")]);
      assert.deepEqual([...opened.values()], [0o600, 0o600, 0o664]);
    } finally {
      process.umask(mask);
      promises.open = open;
    }
    assert.deepEqual(["a.py", "b.py", ".env"].map(modeOf), [0o600, 0o664, 0o600]);
  });

  it("refuses a file that is read-only", async () => {
    chmodSync(at("a.py"), 0o444);
    const files = [change("b.py", "B = 2\n", "B = 1\n"), change("a.py", "A = 2\n", "A = 1\n")];
    await assert.rejects(
      writeFilesAtomically(files),
      /a\.py is read-only; make it writable first; all files are as they were$/,
    );
    assert.equal(project.read("b.py"), "B = 1\n");
  });

  it("refuses a file that has another text than the new one was made from, or has come meanwhile", async () => {
    for (const file of [change("a.py", "A = 3\n", "A = 2\n"), change("a.py", "A = 3\n")])
      await assert.rejects(writeFilesAtomically([file]), /a\.py was changed meanwhile; run it again/);
    await assert.rejects(writeFilesAtomically([change("c.py", "A = 3\n", "A = 2\n")]), /was changed meanwhile/);
    writeFileSync(at("a.py"), new Uint8Array([0xff, 0xfe]));
    await assert.rejects(writeFilesAtomically([change("a.py", "A = 3\n")]), /was changed meanwhile/);
  });

  it("refuses to write one file under two names", async () => {
    symlinkSync("a.py", at("c.py"));
    const files = [change("a.py", "A = 2\n", "A = 1\n"), change("c.py", "A = 3\n", "A = 1\n")];
    await assert.rejects(writeFilesAtomically(files), /links to the same one/);
    assert.equal(project.read("a.py"), "A = 1\n");
  });

  it("writes in spite of a lock that a killed run has left", async () => {
    project.write(".django-settings-lint.lock", String(spawnSync(process.execPath, ["-e", ""]).pid));
    await writeFilesAtomically([change("a.py", "A = 2\n", "A = 1\n")]);
    assert.deepEqual(readdirSync(project.folder).toSorted(), ["a.py", "b.py"]);
  });

  it("leaves other names of a file as they are", async () => {
    linkSync(at("a.py"), at("c.py"));
    await writeFilesAtomically([change("a.py", "A = 2\n", "A = 1\n")]);
    assert.equal(project.read("c.py"), "A = 1\n");
  });

  it("removes what an earlier run has left, and nothing else", async () => {
    const named = (process: number, number: number): string =>
      `.django-settings-lint-${process}-0b9c1c1e-8c1d-4b7e-9a56-3f1f0c2d4e${number}a.tmp`;
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    const [old, dead] = [named(process.pid, 1), named(gone, 2)];
    const kept = [
      named(process.pid, 3),
      ".settings.py.0b9c1c1e-8c1d-4b7e-9a56-3f1f0c2d4e5a.tmp",
      ".django-settings-lint-1.tmp",
    ];
    const [folder, linked] = [named(gone, 4), named(gone, 5)];
    for (const name of [old, dead, ...kept]) project.write(name, "");
    project.write(".django-settings-lint.lock", String(gone));
    project.write("a/.django-settings-lint.lock", String(process.pid));
    mkdirSync(at(folder));
    symlinkSync("a.py", at(linked));
    const hourAgo = Date.now() / 1000 - 3600;
    for (const name of [old, ...kept.slice(1), "a.py"]) utimesSync(at(name), hourAgo, hourAgo);
    project.write("manage.py", 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\n');
    project.write("settings.py", "INSTALLED_APPS = []\n");
    await project.run("fix", "--diff");
    assert.ok(existsSync(at(old)) && existsSync(at(dead)), "--diff touches nothing");
    await project.run("fix");
    for (const name of [...kept, folder, linked, "a.py", "a/.django-settings-lint.lock"])
      assert.ok(existsSync(at(name)), name);
    for (const name of [old, dead, ".django-settings-lint.lock"]) assert.ok(!existsSync(at(name)), name);
  });
});
