import assert from "node:assert/strict";
import Ajv from "ajv";
import {
  defaultConfig,
  gradeOf,
  isExcluded,
  isRuleOn,
  matchesPath,
  regrade,
  ruleSetting,
  type Config,
} from "../../server/src/lint/config";
import { loadConfig } from "../../server/src/lint/configFile";
import { readConfig } from "../../server/src/lint/configReader";
import { configSchema, summaryOf } from "../../server/src/lint/configSchema";
import type { Finding } from "../../server/src/lint/finding";
import type { Rule } from "../../server/src/lint/rule";
import { rules } from "../../server/src/rules/index";
import { MemoryFileSystem } from "../harness/memoryFileSystem";

const FILE = "/shop/pyproject.toml";

function rule(id: string, more: Partial<Rule> = {}): Rule {
  return {
    id,
    category: "security",
    severity: "info",
    audience: "production",
    djangoChecks: [],
    messages: {},
    fixes: {},
    onByDefault: true,
    doc: `# ${id}\n\nReports ${id}\nwherever.\n`,
    check: () => undefined,
    ...more,
  };
}

const limited = rule("limited-rule", {
  options: {
    limit: { type: "integer", default: 3, description: "How many." },
    names: { type: "strings", default: [], description: "Which." },
    loud: { type: "boolean", default: false, description: "Loud." },
    prefix: { type: "string", default: "", description: "Prefix." },
  },
});
const first = rule("first-rule");
const quiet = rule("quiet-rule", { onByDefault: false });
const known = [first, quiet, limited];

function read(text: string): Config {
  const config = readConfig(`[tool.django-settings-lint]\n${text}`, FILE, known);
  assert.ok(config);
  return config;
}

/** Each problem as `line: message`, lines of the given text counted from 1, with the text that it is about. */
function problems(text: string): readonly string[] {
  const whole = `[tool.django-settings-lint]\n${text}`;
  return read(text).problems.map(({ message, range }) => {
    assert.ok(range);
    const line = whole.slice(0, range.start).split("\n").length - 1;
    return `${line} <${whole.slice(range.start, range.end)}> ${message}`;
  });
}

describe("config", () => {
  it("reads everything that it knows", () => {
    const config = read(
      `preset = "strict"
django = "4.2"
exclude = ["legacy", "shop/old/*.py"]
require-reason = true

[tool.django-settings-lint.rules]
first-rule = "off"
"limited-rule" = { severity = "hint", limit = 5, names = ["a"], loud = true, prefix = "x" }

[tool.django-settings-lint.roles]
"shop.settings.live" = "production"

[tool.django-settings-lint.assume]
DJANGO_ENV = "production"

[[tool.django-settings-lint.overrides]]
paths = ["shop/**"]
roles = ["test"]
rules = { quiet-rule = "error" }
`,
    );
    assert.deepEqual(config.problems, []);
    assert.equal(config.preset.value, "strict");
    assert.deepEqual(config.django?.value, [4, 2]);
    assert.equal(config.requireReason.value, true);
    assert.equal(config.rules.get("first-rule")?.grade, "off");
    assert.deepEqual(Object.fromEntries(config.rules.get("limited-rule")?.options ?? []), {
      limit: 5,
      names: ["a"],
      loud: true,
      prefix: "x",
    });
    assert.equal(config.roles.get("shop.settings.live")?.value, "production");
    assert.equal(config.assume.get("DJANGO_ENV")?.value, "production");
    assert.equal(config.overrides[0]?.rules.get("quiet-rule")?.grade, "error");
  });

  it("knows where each value comes from", () => {
    const config = read(`preset = "all"\n[tool.django-settings-lint.rules]\nfirst-rule = "hint"\n`);
    assert.deepEqual(config.preset.origin, { kind: "file", file: FILE, line: 1, range: { start: 28, end: 34 } });
    const setting = ruleSetting(config, first, undefined);
    assert.equal(setting.origin.kind === "file" && setting.origin.line, 3);
    assert.deepEqual(ruleSetting(config, quiet, undefined).origin, { kind: "preset", preset: "all" });
    assert.deepEqual(ruleSetting(defaultConfig("/shop"), first, undefined).origin, { kind: "default" });
  });

  const mistakes: readonly (readonly [name: string, text: string, problem: RegExp])[] = [
    ["an unknown key", `presets = "all"`, /^1 <presets> Unknown key "presets"\. Did you mean "preset"\?/],
    [
      "another preset",
      `preset = "recomended"`,
      /^1 <"recomended"> "preset" must be one of .* Did you mean "recommended"\?$/,
    ],
    ["a number for a release", `django = 5.2`, /^1 <5\.2> "django" must be a release as a text: "5\.2"\.$/],
    ["a text for a list", `exclude = "legacy"`, /^1 <"legacy"> "exclude" must be a list of texts/],
    ["a text for a switch", `require-reason = "yes"`, /^1 <"yes"> "require-reason" must be true or false\.$/],
    [
      "an unknown rule",
      `rules = { frist-rule = "off" }`,
      /^1 <frist-rule> There is no rule "frist-rule"\. Did you mean "first-rule"\?$/,
    ],
    ["another severity", `rules = { first-rule = "warn" }`, /^1 <"warn"> "first-rule" must be one of .*"warning"/],
    [
      "an unknown option",
      `rules = { limited-rule = { limits = 1 } }`,
      /^1 <limits> Unknown key "limits"\. Did you mean "limit"\?/,
    ],
    [
      "an option of another type",
      `rules = { limited-rule = { limit = 1.5 } }`,
      /^1 <1\.5> "limit" must be a whole number\.$/,
    ],
    ["another role", `roles = { "shop.settings" = "prod" }`, /^1 <"prod"> "shop\.settings" must be one of/],
    ["a number for a variable", `assume = { DEBUG = 1 }`, /^1 <1> "DEBUG" must be a text.*DEBUG = "\.\.\."\.$/],
    [
      "a table for overrides",
      `overrides = { rules = {} }`,
      /^1 <\{ rules = \{\} \}> "overrides" must be a list of tables/,
    ],
    ["a table's wrong place", `rules = 3`, /^1 <3> "rules" must be a table\.$/],
    ["another role in a list", `overrides = [{ roles = ["tests"] }]`, /^1 <"tests"> .*Did you mean "test"\?$/],
  ];
  for (const [name, text, expected] of mistakes) {
    it(`says what is wrong and keeps the rest: ${name}`, () => {
      const found = problems(text);
      assert.equal(found.length, 1, JSON.stringify(found));
      assert.match(found[0] ?? "", expected);
      assert.equal(read(text).problems[0]?.file, FILE);
    });
  }

  it("keeps what is right beside what is wrong", () => {
    const config = read(
      `preset = "al"\nexclude = ["legacy"]\n[tool.django-settings-lint.rules]\nno-rule = "off"\nfirst-rule = "off"`,
    );
    assert.equal(config.problems.length, 2);
    assert.equal(config.preset.value, "recommended");
    assert.deepEqual(config.exclude.value, ["legacy"]);
    assert.equal(config.rules.get("first-rule")?.grade, "off");
  });

  it("does not apply an override whose condition cannot be read", () => {
    assert.deepEqual(read(`overrides = [{ paths = 3, rules = { first-rule = "off" } }]`).overrides, []);
  });

  it("says where a file stops being TOML, without showing it", () => {
    const config = readConfig(`[tool.django-settings-lint]\nsecret = "abc\n`, FILE, known);
    assert.equal(config?.problems.length, 1);
    assert.match(config?.problems[0]?.message ?? "", /^This file is not valid TOML \(.+\), so the configuration/);
    assert.doesNotMatch(config?.problems[0]?.message ?? "", /abc/);
    assert.ok((config?.problems[0]?.range?.start ?? 0) >= 28);
    assert.equal(readConfig(`[tool.other]\nx = "\n`, FILE, known), undefined);
  });

  it("says when the table is none", () => {
    const config = readConfig(`[tool]\ndjango-settings-lint = 3\n`, FILE, known);
    assert.match(config?.problems[0]?.message ?? "", /must be a table/);
  });

  describe("resolution", () => {
    const grade = (text: string, one: Rule, place?: { file: string; role: "test" | "production" }) =>
      ruleSetting(read(text), one, place).grade;

    it("follows the preset", () => {
      assert.deepEqual([grade("", first), grade("", quiet)], [undefined, "off"]);
      assert.equal(grade(`preset = "all"`, quiet), undefined);
      assert.equal(grade(`preset = "none"`, first), "off");
      assert.equal(grade(`preset = "none"\nrules = { first-rule = "hint" }`, first), "hint");
      assert.equal(grade(`rules = { quiet-rule = {} }`, quiet), undefined);
    });

    it("makes everything at least a warning under strict, but what is named", () => {
      const strict = read(`preset = "strict"\nrules = { limited-rule = "hint" }`);
      assert.equal(gradeOf(ruleSetting(strict, first, undefined), "info"), "warning");
      assert.equal(gradeOf(ruleSetting(strict, first, undefined), "error"), "error");
      assert.equal(gradeOf(ruleSetting(strict, limited, undefined), "error"), "hint");
    });

    it("lets overrides win where path and role match, later ones over earlier ones", () => {
      const text = `rules = { first-rule = "error" }
overrides = [
  { roles = ["test"], rules = { first-rule = "off" } },
  { paths = ["shop/settings/*.py"], rules = { first-rule = "info" } },
  { paths = ["shop/settings/ci.py"], roles = ["test"], rules = { first-rule = "hint" } },
]`;
      assert.equal(grade(text, first), "error");
      assert.equal(grade(text, first, { file: "/shop/other.py", role: "production" }), "error");
      assert.equal(grade(text, first, { file: "/shop/other.py", role: "test" }), "off");
      assert.equal(grade(text, first, { file: "/shop/shop/settings/a.py", role: "test" }), "info");
      assert.equal(grade(text, first, { file: "/shop/shop/settings/ci.py", role: "test" }), "hint");
    });

    it("runs a rule that is on anywhere", () => {
      assert.ok(
        isRuleOn(read(`preset = "none"\noverrides = [{ roles = ["test"], rules = { quiet-rule = "hint" } }]`), quiet),
      );
      assert.ok(!isRuleOn(read(`overrides = [{ roles = ["test"], rules = { quiet-rule = "off" } }]`), quiet));
    });

    it("matches names at any depth and paths from the file's folder", () => {
      const matches = (pattern: string, file: string): boolean => matchesPath(defaultConfig("/shop"), [pattern], file);
      assert.ok(matches("legacy", "/shop/a/legacy/b.py"));
      assert.ok(matches("*.local.py", "/shop/a/b.local.py"));
      assert.ok(matches("a/b.py", "/shop/a/b.py"));
      assert.ok(!matches("b/c.py", "/shop/a/b/c.py"));
      assert.ok(matches("./a/", "/shop/a/b/c.py"));
      assert.ok(!matches("**", "/elsewhere/a.py"));
      assert.ok(isExcluded(read(`exclude = ["old/**"]`), "/shop/old/a.py"));
    });

    it("regrades in the editor without adding anything", () => {
      const findings = [{ rule: "first-rule", severity: "error" }] as unknown as readonly Finding[];
      assert.equal(regrade(findings, { "first-rule": "hint" })[0]?.severity, "hint");
      assert.deepEqual(regrade(findings, { "first-rule": "off" }), []);
      assert.equal(regrade(findings, undefined), findings);
    });
  });

  describe("file", () => {
    const table = (preset: string): string => `[tool.django-settings-lint]\npreset = "${preset}"\n`;

    it("is the nearest one with the table", async () => {
      const files = new MemoryFileSystem({
        "/repo/.git/HEAD": "",
        "/repo/pyproject.toml": table("all"),
        "/repo/shop/pyproject.toml": "[project]\nname = 'shop'\n",
        "/repo/blog/pyproject.toml": table("none"),
      });
      assert.equal((await loadConfig(files, "/repo/shop", known)).preset.value, "all");
      assert.equal((await loadConfig(files, "/repo/shop", known)).folder, "/repo");
      assert.equal((await loadConfig(files, "/repo/blog", known)).preset.value, "none");
    });

    it("is never looked for above the repository", async () => {
      const files = new MemoryFileSystem({ "/pyproject.toml": table("all"), "/repo/.git/HEAD": "", "/repo/a.py": "" });
      assert.equal((await loadConfig(files, "/repo", known)).file, undefined);
    });

    it("may be unreadable", async () => {
      const files = new MemoryFileSystem({ "/repo/pyproject.toml": { failure: "unreadable" } });
      const config = await loadConfig(files, "/repo", known);
      assert.match(config.problems[0]?.message ?? "", /cannot be read \(EACCES\)/);
    });
  });

  describe("schema", () => {
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(configSchema([...rules, ...known]));

    it("accepts what the reader accepts and nothing else", () => {
      assert.ok(validate({ preset: "all", rules: { "limited-rule": { severity: "hint", limit: 2 } }, django: "5.2" }));
      assert.ok(validate({ overrides: [{ roles: ["test"], rules: { "first-rule": "off" } }], assume: { A: "b" } }));
      assert.ok(!validate({ preset: "some" }));
      assert.ok(!validate({ rules: { "no-rule": "off" } }));
      assert.ok(!validate({ rules: { "limited-rule": { limit: "2" } } }));
    });

    it("says in a line what a rule reports", () => {
      assert.equal(summaryOf(first), "Reports first-rule wherever.");
    });
  });
});
