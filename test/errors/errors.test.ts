import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { shop, TemporaryProject, type Result } from "../cli/command";

/** A project with something wrong in it, the rest of which is as it should be. */
describe("with something wrong in the project", function () {
  this.timeout(60_000);
  let project: TemporaryProject;
  afterEach(() => project.remove());

  /** Everything else still works: the finding about production is there, and nothing failed inside. */
  const assertRestWorks = ({ code, stdout, stderr }: Result, expected = 1): void => {
    assert.match(stdout, /debug-enabled/);
    assert.equal(code, expected, stderr);
    assert.ok(!stderr.includes("should not have happened") && !stderr.includes("    at "), stderr);
    assert.ok(
      !stdout.includes("mistake in Django Settings Lint") && !stderr.includes("mistake in Django Settings Lint"),
    );
  };
  const check = async (files: Readonly<Record<string, string | Uint8Array>>): Promise<Result> => {
    project = new TemporaryProject(shop(files));
    return project.run("check");
  };

  describe("a settings file", () => {
    it("with broken syntax loses the broken statement and nothing else", async () => {
      const production =
        "from .base import *\n\nALLOWED_HOSTS = [\n    'a'\n\nCACHES = {{\nLANGUAGE_CODE = 'de'\nUSE_TZ = True\n";
      const result = await check({ "shop/settings/production.py": production });
      assertRestWorks(result);
      const { modules } = (await project.json("show", "production")) as {
        modules: [{ settings: Record<string, { python?: string }> }];
      };
      assert.equal(modules[0].settings["DEBUG"]?.python, "True");
    });

    it("that is not UTF-8 is named and skipped", async () => {
      const latin = new Uint8Array([...Buffer.from('NAME = "caf'), 0xe9, ...Buffer.from('"\n')]);
      const result = await check({
        "shop/settings/latin.py": latin,
        "shop/settings/development.py": "from .latin import *\n",
      });
      assertRestWorks(result);
      assert.match(result.stderr, /shop\/settings\/latin\.py: note: .*not UTF-8/);
    });

    it("over 5 MB is named and skipped", async () => {
      const long = "A = 1  # filler to make it long\n".repeat(180_000);
      assert.ok(long.length > 5 * 1024 * 1024);
      const result = await check({
        "shop/settings/long.py": long,
        "shop/settings/development.py": "from .long import *\n",
      });
      assertRestWorks(result);
      assert.match(result.stderr, /shop\/settings\/long\.py: note: .*larger than 5 MB/);
    });

    const filler = "# filler to make it long, as some generated files are\n";

    it("of more than 500,000 characters is named and skipped", async () => {
      const result = await check({
        "shop/settings/long.py": filler.repeat(10_000),
        "shop/settings/development.py": "from .long import *\n",
      });
      assertRestWorks(result);
      assert.match(result.stderr, /shop\/settings\/long\.py: note: .*longer than 500,000 characters/);
    });

    it("of almost 500,000 characters is read", async () => {
      const long = `from .base import *\n${filler.repeat(9_000)}DEBUG = True\n`;
      const result = await check({ "shop/settings/production.py": long });
      assertRestWorks(result);
      assert.match(result.stdout, /shop\/settings\/production\.py:9002:1/);
    });

    for (const [what, deep] of [
      ["brackets", `DEEP = ${"[".repeat(10_000)}${"]".repeat(10_000)}`],
      ["unclosed brackets", `DEEP = ${"(".repeat(10_000)}`],
      ["operators", `DEEP = ${"1 + ".repeat(10_000)}1`],
      ["unary operators", `DEEP = ${"not ".repeat(10_000)}True`],
      ["calls", `DEEP = f${"()".repeat(10_000)}`],
      ["blocks", Array.from({ length: 10_000 }, (_, level) => `${" ".repeat(level)}if A:`).join("\n")],
      [
        "elifs",
        `if A:\n    X = 0\n${Array.from({ length: 10_000 }, (_, level) => `elif B == ${level}:\n    X = ${level}\n`).join("")}`,
      ],
    ] as const) {
      it(`with ${what} 10,000 levels deep does not stop the rest`, async () => {
        const result = await check({ "shop/settings/production.py": `from .base import *\n${deep}\n` });
        // What such code makes of the other settings may be unknown; that the rest of the project is read may not.
        assert.ok(result.code === 0 || result.code === 1, result.stderr);
        assert.ok(!result.stderr.includes("should not have happened"), result.stderr);
        const shown = await project.run("show", "development");
        assert.match(shown.stdout, /^ {2}DEBUG +True /m);
        assert.equal(shown.code, 0);
      });
    }

    it("with null bytes or nothing in it does not stop the rest", async () => {
      const result = await check({ "shop/settings/extra.py": "A = '\u0000'\n\u0000", "shop/settings/empty.py": "" });
      assertRestWorks(result);
    });
  });

  describe("a file or folder", () => {
    it("behind a dangling or circular symbolic link is left out", async () => {
      project = new TemporaryProject(shop());
      symlinkSync("nowhere.py", join(project.folder, "shop/settings/local.py"));
      symlinkSync("circle.py", join(project.folder, "shop/settings/circle.py"));
      mkdirSync(join(project.folder, "loop"));
      symlinkSync("..", join(project.folder, "loop/again"));
      symlinkSync("self", join(project.folder, "self"));
      const result = await project.run("check");
      assertRestWorks(result);
      const { code, stderr } = await project.run("check", "shop/settings/circle.py");
      assert.equal(code, 2);
      assert.match(stderr, /there is no file or folder "shop\/settings\/circle\.py"/);
    });

    it("with an unusual name is no trouble", async () => {
      assertRestWorks(await check({ "shop/ä 日本 %41 #?.py": "A = 1\n", "we\nird/settings.py": "DEBUG = True\n" }));
      const { stdout } = await project.run("check", "--format", "sarif");
      JSON.parse(stdout);
    });
  });

  describe("a configuration", () => {
    const configured = (table: string): Promise<Result> => check({ "pyproject.toml": table });

    it("with a wrong key says which, where and what was meant; the rest of it counts", async () => {
      const result = await configured(
        '[tool.django-settings-lint]\npresett = "all"\n[tool.django-settings-lint.rules]\ndebug-enabeld = "off"\ndebug-enabled = "info"\n',
      );
      assertRestWorks(result, 2);
      assert.match(result.stderr, /^pyproject\.toml:2:1: error: .*presett.*preset/m);
      assert.match(result.stderr, /^pyproject\.toml:4:1: error: .*debug-enabeld.*Did you mean "?debug-enabled"?\?/m);
      assert.match(result.stdout, /^info {2}debug-enabled /m);
    });

    it("with a wrong type or value says what is right", async () => {
      const result = await configured(
        '[tool.django-settings-lint]\nexclude = "tests"\npreset = "strictest"\ndjango = 5\n',
      );
      assertRestWorks(result, 2);
      assert.match(result.stderr, /^pyproject\.toml:2:\d+: error: .*exclude.*list/m);
      assert.match(result.stderr, /^pyproject\.toml:3:\d+: error: .*recommended/m);
      assert.match(result.stderr, /^pyproject\.toml:4:\d+: error: /m);
    });

    it("that is no TOML says where", async () => {
      const result = await configured('[tool.django-settings-lint]\npreset = "all\n');
      assertRestWorks(result, 2);
      assert.match(result.stderr, /^pyproject\.toml:2:\d+: error: /m);
    });

    it("that is not UTF-8 is named", async () => {
      const bytes = new Uint8Array([...Buffer.from("[tool.django-settings-lint]\n# "), 0xff, 0xfe]);
      const result = await check({ "pyproject.toml": bytes });
      assertRestWorks(result, 2);
      assert.match(result.stderr, /^pyproject\.toml: error: /m);
    });

    it("of other tools that is broken is their business", async () => {
      assertRestWorks(await configured("[tool.ruff\n"));
    });

    it("is told in SARIF and JSON, too", async () => {
      await configured("[tool.django-settings-lint]\npreset = 1\n");
      const { problems } = (await project.json("check")) as { problems: { file: string; range: unknown }[] };
      assert.equal(problems[0]?.file, "pyproject.toml");
      const { stdout } = await project.run("check", "--format", "sarif");
      const log = JSON.parse(stdout) as { runs: [{ invocations: [{ executionSuccessful: boolean }] }] };
      assert.equal(log.runs[0].invocations[0].executionSuccessful, false);
    });
  });
});
