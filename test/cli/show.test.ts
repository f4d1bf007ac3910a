import assert from "node:assert/strict";
import { KEY, run, SECRETS, shop, TemporaryProject } from "./command";
import { assertContract } from "./schemas";

interface Setting {
  readonly status: string;
  readonly python?: string;
  readonly masked?: true;
  readonly origin: { readonly file: string; readonly line: number; readonly column: number } | null;
  readonly outcomes: readonly {
    readonly python?: string;
    readonly text: string;
    readonly when: string;
    readonly variables: readonly { readonly name: string; readonly fallback?: string }[];
  }[];
}
interface ShowDocument {
  readonly modules: readonly {
    readonly module: string;
    readonly role: string;
    readonly evidence: readonly string[];
    readonly django: { readonly version: string } | null;
    readonly settings: Readonly<Record<string, Setting>>;
  }[];
}

describe("show", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  before(() => {
    project = new TemporaryProject(
      shop({
        "shop/settings/production.py": [
          "from .base import *",
          "import os, uuid",
          "from datetime import timedelta",
          "DEBUG = False",
          'if os.environ.get("CHEAP"):',
          "    WORKERS = 1",
          "else:",
          "    WORKERS = 4",
          'HOST = os.environ["SHOP_HOST"]',
          "NODE = uuid.getnode()",
          "TIMEOUT = float('inf')",
          "MIXED = {1: ('a',), 'b': {2.5, None}, b'\\x00': [True]}",
          'QUOTES = "it\'s"',
          "def greet(request):",
          "    return request",
          "HOOKS = {'after': timedelta(days=1), 'call': greet, 'type': int}",
          "TOKENS = {'life': timedelta(minutes=int(os.environ.get('LIFE', '5')))}",
          "RANDOM = {'after': timedelta(seconds=uuid.getnode())}",
          "if os.environ.get('CHEAP'):",
          "    CHANCE = os.getpid()",
          "else:",
          "    CHANCE = uuid.getnode()",
          "Lower = lower = _ = 1",
          "del ALLOWED_HOSTS",
          "",
        ].join("\n"),
      }),
    );
  });
  after(() => project.remove());

  const production = async (...args: readonly string[]): Promise<Readonly<Record<string, Setting>>> => {
    const document = (await project.json("show", "production", ...args)) as ShowDocument;
    assertContract("show", document);
    assert.equal(document.modules.length, 1);
    return document.modules[0]?.settings ?? {};
  };

  it("writes JSON as its schema promises: role, evidence, version, settings with their origin", async () => {
    const document = (await project.json("show")) as ShowDocument;
    assertContract("show", document);
    const names = document.modules.map(({ module, role }) => [module, role]);
    assert.deepEqual(names, [
      ["shop.settings.development", "development"],
      ["shop.settings.production", "production"],
    ]);
    assert.equal(document.modules[1]?.django?.version, "5.2");
    assert.ok((document.modules[1]?.evidence.length ?? 0) > 0);
    const settings = document.modules[1]?.settings ?? {};
    assert.deepEqual(settings["DEBUG"]?.origin, { file: "shop/settings/production.py", line: 4, column: 1 });
    assert.deepEqual(settings["INSTALLED_APPS"]?.origin, { file: "shop/settings/base.py", line: 8, column: 1 });
  });

  it("gives what is known as literals that Python reads back", async () => {
    const settings = await production();
    const python = (name: string): string | undefined => settings[name]?.python;
    assert.equal(python("DEBUG"), "False");
    assert.equal(python("BASE_DIR"), `'${project.folder}'`);
    assert.equal(python("TIMEOUT"), "1e999");
    assert.equal(python("MIXED"), "{1: ('a',), 'b': {2.5, None}, b'\\x00': [True]}");
    assert.equal(python("QUOTES"), `"it's"`);
    assert.equal(settings["ALLOWED_HOSTS"], undefined);
    assert.equal(settings["Lower"], undefined);
    assert.equal(settings["lower"], undefined);
  });

  it("tells environment, alternatives and unknown apart", async () => {
    const settings = await production();
    assert.equal(settings["HOST"]?.status, "environment");
    assert.equal(settings["HOST"].outcomes[0]?.variables[0]?.name, "SHOP_HOST");
    assert.equal(settings["DATABASES"]?.status, "environment");
    assert.equal(settings["DATABASES"].outcomes[0]?.variables[0]?.fallback, "'localhost'");
    assert.equal(settings["WORKERS"]?.status, "one-of");
    assert.deepEqual(settings["WORKERS"].outcomes.map((outcome) => outcome.python).toSorted(), ["1", "4"]);
    assert.ok(settings["WORKERS"].outcomes.every(({ when }) => when.includes("CHEAP")));
    assert.equal(settings["NODE"]?.status, "unknown");
  });

  it("calls objects by what they are made of, and alternatives of which none is known unknown", async () => {
    const settings = await production();
    const status = (name: string): string | undefined => settings[name]?.status;
    assert.deepEqual(["HOOKS", "TOKENS", "RANDOM", "CHANCE"].map(status), [
      "object",
      "environment",
      "unknown",
      "unknown",
    ]);
    assert.equal(settings["HOOKS"]?.python, undefined);
    assert.match(settings["HOOKS"]?.outcomes[0]?.text ?? "", /datetime\.timedelta\(days=1\)/);
  });

  it("masks secrets, and shows them only when it is told to", async () => {
    for (const args of [
      ["show"],
      ["show", "production"],
      ["show", "--format", "json"],
      ["show", "--diff", "development", "production"],
    ]) {
      const { stdout, stderr } = await project.run(...args);
      for (const secret of SECRETS) assert.ok(!stdout.includes(secret) && !stderr.includes(secret), args.join(" "));
    }
    const masked = (await production())["SECRET_KEY"];
    assert.deepEqual([masked?.status, masked?.python, masked?.masked], ["known", "'********'", true]);
    const revealed = (await production("--reveal-secrets"))["SECRET_KEY"];
    assert.deepEqual([revealed?.python, revealed?.masked], [`'${KEY}'`, undefined]);
  });

  it("prints a table with the place of each value", async () => {
    const { stdout, code } = await project.run("show", "shop.settings.production");
    assert.equal(code, 0);
    assert.match(stdout, /^shop\.settings\.production {2}production {2}shop\/settings\/production\.py, Django 5\.2 /);
    assert.match(stdout, /^ {2}DEBUG +False +shop\/settings\/production\.py:4$/m);
    assert.match(stdout, /^ {2}SECRET_KEY +'\*{8}' +shop\/settings\/base\.py:6$/m);
    assert.match(stdout, /^ {2}WORKERS +1 {2}if .*CHEAP/m);
  });

  it("finds a module by its dotted name, the name's end, its file or its role", async () => {
    const first = (await project.run("show", "shop.settings.production")).stdout;
    for (const name of ["settings.production", "production", "shop/settings/production.py"]) {
      assert.equal((await project.run("show", name)).stdout, first, name);
    }
    const { code, stderr } = await project.run("show", "shop.settings.prodution");
    assert.equal(code, 2);
    assert.match(stderr, /there is no settings module .* Did you mean "shop\.settings\.production"\?/);
  });

  it("compares two modules and prints only what differs", async () => {
    const { stdout } = await project.run("show", "--diff", "development", "production");
    assert.match(stdout, /^ {2}DEBUG\n {4}development {2}True .*\n {4}production {3}False /m);
    assert.ok(!stdout.includes("INSTALLED_APPS"));
    assert.match(stdout, /^ {2}ALLOWED_HOSTS\n.*\n {4}production {3}<not set>, Django's default: \[\]$/m);
    assert.match(stdout, /^ {4}development {2}<not set>$/m);
    const { code, stderr } = await project.run("show", "--diff", "production");
    assert.equal(code, 2);
    assert.match(stderr, /--diff compares two modules/);
  });

  it("groups environments that get the same, and leaves out modules that set nothing", async () => {
    const three = new TemporaryProject(
      shop({
        "shop/celery.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
        "shop/settings/staging.py": "from .production import *\nLANGUAGE_CODE = 'de'\n",
      }),
    );
    try {
      const { stdout } = await three.run("show");
      assert.ok(!/^shop\.settings /m.test(stdout), "the empty package");
      assert.match(stdout, /^ {2}CONN_MAX_AGE\n {4}development {10}<not set>\n {4}production, staging {2}60 /m);
      assert.match(stdout, /^The same in all\n(?: {2}[^\n]*\n)* {2}DEBUG +True +\(several places\)$/m);
    } finally {
      three.remove();
    }
  });

  it("leaves out with --changed what has Django's default", async () => {
    const text = "from .base import *\nUSE_TZ = True\nLANGUAGE_CODE = 'de'\nAPPEND_SLASH = True\nOWN = 1\n";
    const changing = new TemporaryProject(shop({ "shop/settings/production.py": text }));
    try {
      const { stdout } = await changing.run("show", "--changed", "production");
      for (const name of ["LANGUAGE_CODE", "OWN", "SECRET_KEY", "DATABASES"])
        assert.match(stdout, new RegExp(`^  ${name} `, "m"));
      assert.ok(!/^ {2}(?:USE_TZ|APPEND_SLASH) /m.test(stdout));
      changing.write("requirements.txt", "Django==4.2\n");
      assert.match((await changing.run("show", "--changed", "production")).stdout, /^ {2}USE_TZ +True/m);
      const [module] = ((await changing.json("show", "--changed", "production")) as ShowDocument).modules;
      assert.ok(module !== undefined && "USE_TZ" in module.settings && !("APPEND_SLASH" in module.settings));
    } finally {
      changing.remove();
    }
  });

  it("wraps what is wider than the terminal, and cuts nothing", async () => {
    const wide = (await project.run("show", "production")).stdout;
    const columns = async (number: number): Promise<string> =>
      (await run(["show", "production"], { cwd: project.folder, env: { COLUMNS: String(number) } })).stdout;
    for (const number of [110, 60]) {
      const narrow = await columns(number);
      const longest = Math.max(
        ...narrow
          .split("\n")
          .slice(3)
          .map((line) => line.length),
      );
      assert.ok(longest <= number, `${longest} in ${number}`);
      for (const part of ["'django.db.backends.postgresql'", "MIXED", "b'\\x00': [True]", "shop/settings/base.py:9"])
        assert.ok(narrow.includes(part) && wide.includes(part), part);
    }
  });

  it("shows one setting in full, with the modules that get the same of it together", async () => {
    const { stdout } = await project.run("show", "DEBUG", "MIXED", "production", "development");
    assert.match(
      stdout,
      /^DEBUG\n {2}shop\.settings\.production \(production\)\n {4}False\n {4}shop\/settings\/production\.py:4$/m,
    );
    assert.match(stdout, /^ {2}shop\.settings\.development \(development\)\n {4}True/m);
    assert.match(stdout, /^ {2}shop\.settings\.development \(development\)\n {4}<not set>$/m);
  });

  it("compares no more than two modules where a role stands for several", async () => {
    const { code, stderr } = await project.run("show", "--diff", "production", "nowhere");
    assert.equal(code, 2);
    assert.match(stderr, /there is no settings module "nowhere"/);
  });

  it("takes the project's folder from --project", async () => {
    const { stdout } = await run(["show", "production", "--project", project.folder]);
    assert.match(stdout, /^shop\.settings\.production/);
  });
});
