import assert from "node:assert/strict";
import { Cancelled } from "../../server/src/base/cancellation";
import type { Analysis } from "../../server/src/features/analysis";
import { defaultConfig } from "../../server/src/lint/config";
import { lintProject } from "../../server/src/lint/engine";
import { SHAPES_ONLY } from "../../server/src/lint/redaction/redactor";
import type { Finding } from "../../server/src/lint/finding";
import { siteOf, type Audience, type Report, type Rule, type RuleContext } from "../../server/src/lint/rule";
import { lintFiles, projectFiles } from "../harness/lintCase";

function rule(check: (context: RuleContext<string, string>) => void, more: Partial<Rule> = {}): Rule {
  return {
    id: "probe",
    category: "security",
    severity: "error",
    audience: "entry",
    djangoChecks: [],
    messages: { here: "{name} is wrong.", there: "Elsewhere." },
    fixes: {
      safe: { safety: "safe", title: "Make {name} right" },
      other: { safety: "unsafe", title: "Do something else" },
      byHand: { safety: "manual", title: "Think" },
    },
    onByDefault: true,
    doc: "",
    check,
    ...more,
  };
}

/** Reports at the head of the module or file. */
const atHead =
  (more: Partial<Report> = {}) =>
  (context: RuleContext<string, string>) =>
    context.report({ message: "here", values: { name: "X" }, at: context.headSite, setting: "X", ...more });

const PROJECT = {
  "shop/settings/base.py": "X = 1\n",
  "shop/settings/production.py": "from .base import *\n",
  "shop/settings/staging.py": "from .base import *\n",
  "shop/settings/development.py": "from .base import *\n\nDEBUG = True\n",
  "shop/settings/test.py": "from .base import *\n",
};
const ROLES = new Map(
  ["base", "production", "staging", "development", "test"].map((role) => [`shop/settings/${role}.py`, role]),
);

async function lint(
  rules: readonly Rule[],
  files: Readonly<Record<string, string>> = PROJECT,
  roles: ReadonlyMap<string, string> = ROLES,
): Promise<Analysis> {
  return lintFiles(projectFiles(new Map(Object.entries(files)), roles), rules);
}

const modulesOf = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ module }) => (module ?? "none").replace("shop.settings.", "")).toSorted();

describe("engine", () => {
  const audiences: readonly (readonly [Audience, readonly string[]])[] = [
    ["production", ["production", "staging"]],
    ["hardened", ["production", "staging"]],
    ["development", ["development"]],
    ["test", ["test"]],
    ["entry", ["development", "production", "staging", "test"]],
  ];
  for (const [audience, expected] of audiences) {
    it(`runs ${audience} rules on ${expected.join(", ")}`, async () => {
      assert.deepEqual(modulesOf((await lint([rule(atHead(), { audience })])).findings), expected);
    });
  }

  it("runs file rules on every settings file once, project rules once", async () => {
    const files: string[] = [];
    const perFile = rule(({ file }) => void files.push(file.path), { audience: "file" });
    let runs = 0;
    const perProject = rule(() => void (runs += 1), { id: "other-probe", audience: "project" });
    await lint([perFile, perProject]);
    assert.equal(new Set(files).size, files.length / Math.max(runs, 1));
    assert.deepEqual(
      [...new Set(files)].map((file) => file.replace("/shop-project/shop/settings/", "")),
      ["base.py", "development.py", "production.py", "staging.py", "test.py"],
    );
  });

  it("leaves an assumed module in which DEBUG is on to few rules", async () => {
    const only = { "shop/settings.py": `DEBUG = True\nROOT_URLCONF = "shop.urls"\nINSTALLED_APPS = ["shop"]\n` };
    const run = (audience: Audience) => lint([rule(atHead(), { audience })], only, new Map());
    assert.equal((await run("production")).findings.length, 1);
    assert.equal((await run("hardened")).findings.length, 0);
  });

  it("applies rules to the Django releases that they are for", async () => {
    const count = async (django: Rule["django"], requirements?: string): Promise<number> => {
      const files = requirements === undefined ? PROJECT : { ...PROJECT, "requirements.txt": requirements };
      const probe = rule(atHead(), { audience: "test", ...(django === undefined ? {} : { django }) });
      return (await lint([probe], files)).findings.length;
    };
    assert.equal(await count({ since: [5, 2] }), 1);
    assert.equal(await count({ since: [6, 0] }), 0);
    assert.equal(await count({ until: [5, 2] }), 1);
    assert.equal(await count({ until: [4, 2] }), 0);
    assert.equal(await count({ since: [4, 0], until: [4, 2] }, "Django==4.1\n"), 1);
  });

  it("is silenced by SILENCED_SYSTEM_CHECKS of the module itself", async () => {
    const files = {
      ...PROJECT,
      "shop/settings/production.py": `from .base import *\nSILENCED_SYSTEM_CHECKS = ["security.W001", "x.W002"]\n`,
    };
    const run = async (djangoChecks: readonly string[], report: Partial<Report> = {}) =>
      modulesOf((await lint([rule(atHead(report), { audience: "production", djangoChecks })], files)).findings);
    assert.deepEqual(await run(["security.W001"]), ["staging"]);
    assert.deepEqual(await run(["security.W009"]), ["production", "staging"]);
    assert.deepEqual(await run(["security.W001", "security.W009"], { djangoCheck: "security.W009" }), [
      "production",
      "staging",
    ]);
  });

  it("makes one finding of the same report for several modules, production first", async () => {
    const inBase = rule((context) => {
      const proof = context.setting("X").mustBe(() => true);
      if (proof !== undefined) atHead({ at: proof.site })(context);
    });
    const { findings } = await lint([inBase]);
    assert.equal(findings.length, 1);
    assert.equal(findings[0]?.module, "shop.settings.production");
    assert.equal(findings[0]?.role, "production");
    assert.deepEqual(findings[0]?.modules, [
      "shop.settings.production",
      "shop.settings.staging",
      "shop.settings.development",
      "shop.settings.test",
    ]);
  });

  it("lowers the severity where a module that is not there may replace the setting, and says so", async () => {
    const files = {
      ...PROJECT,
      "shop/settings/production.py":
        "from .base import *\nX = 1\ntry:\n    from .local import *\nexcept ImportError:\n    pass\n",
    };
    const { findings } = await lint([rule(atHead(), { audience: "production" })], files);
    const [production, staging] = findings;
    assert.deepEqual([production?.severity, staging?.severity], ["warning", "error"]);
    assert.equal(production?.message, "X is wrong.");
    assert.deepEqual(
      production?.chain.map(({ text }) => text),
      ["settings/production.py:4 may override it: from .local import *"],
    );
  });

  it("tells once what happens at one place in several rounds of a loop", async () => {
    const files = { ...PROJECT, "shop/settings/base.py": "X = [1]\nfor n in (2, 3):\n    X.append(n)\n" };
    const probe = rule((context) => {
      const proof = context.setting("X").mustBe((value) => value.kind === "list");
      assert.ok(proof);
      assert.equal(proof.steps.filter((step) => step.kind === "mutation").length, 2);
      context.report({ message: "there", proof });
    });
    const { findings } = await lint([probe], files);
    const texts = findings.find(({ module }) => module === "shop.settings.production")?.chain.map(({ text }) => text);
    assert.deepEqual(texts?.slice(0, 3), [
      "X is set here, in shop.settings.base.",
      "X is changed here, in shop.settings.base.",
      "shop.settings.production imports it here.",
    ]);
  });

  it("orders findings by file and place", async () => {
    const probe = rule(
      ({ file, report }) => {
        for (const start of [3, 0, 1]) {
          report({ message: "there", at: siteOf(file.path, { start, end: start + 1 }), setting: "X" });
        }
      },
      { audience: "file" },
    );
    const { findings } = await lint([probe]);
    const places = findings.map(({ site }) => `${site.file} ${site.range.start}`);
    assert.deepEqual(places, places.toSorted());
    assert.equal(places.length, 15);
  });

  it("fills titles, prefers the first safe fix and makes edits only when asked", async () => {
    let asked = 0;
    const probe = rule(
      (context) =>
        atHead({
          fixes: [
            { id: "other", edit: () => undefined },
            { id: "safe", values: { name: "X" }, safety: "unsafe", edit: () => undefined },
            {
              id: "safe",
              values: { name: "X" },
              edit: (edit) => {
                asked += 1;
                edit.assign(context.module.file, "X", "2");
              },
            },
            { id: "byHand" },
          ],
        })(context),
      { audience: "test" },
    );
    const [finding] = (await lint([probe])).findings;
    assert.equal(asked, 0);
    assert.deepEqual(
      finding?.fixes.map(({ id, title, safety, preferred }) => [id, title, safety, preferred]),
      [
        ["other", "Do something else", "unsafe", false],
        ["safe", "Make X right", "unsafe", false],
        ["safe", "Make X right", "safe", true],
        ["byHand", "Think", "manual", false],
      ],
    );
    assert.deepEqual(finding?.fixes[2]?.edits(), finding?.fixes[2]?.edits());
    assert.equal(asked, 2);
    assert.deepEqual(finding?.fixes[3]?.edits(), []);
  });

  const mistakes: readonly (readonly [name: string, report: Partial<Report>, error: RegExp])[] = [
    ["an undeclared message", { message: "nowhere" }, /message "nowhere" is not declared/],
    ["a placeholder without text", { values: {} }, /no text for \{name\}/],
    ["an undeclared fix", { fixes: [{ id: "magic" }] }, /fix "magic" is not declared/],
    ["a fix made safer", { fixes: [{ id: "other", safety: "safe", edit: () => undefined }] }, /cannot be safe/],
    ["a fix without edit", { fixes: [{ id: "other" }] }, /has no edit/],
    ["an edit of a manual fix", { fixes: [{ id: "byHand", edit: () => undefined }] }, /has an edit/],
  ];
  for (const [name, report, error] of mistakes) {
    it(`throws in tests for ${name}`, () => assert.rejects(lint([rule(atHead(report))]), error));
  }

  it("makes a note of a rule that fails, and goes on with the others", async () => {
    const { projects, snapshot } = await lint([]);
    const [linted] = projects;
    assert.ok(linted);
    const broken = rule(() => {
      throw new TypeError("secret text");
    });
    const fine = rule(atHead(), { id: "fine", audience: "test" });
    const request = { ...linted, redactor: SHAPES_ONLY, snapshot, rules: [broken, fine], config: defaultConfig("/") };
    const result = lintProject({ ...request, token: { isCancellationRequested: false } });
    assert.equal(result.findings.length, 1);
    assert.equal(result.notes.length, 4);
    assert.match(result.notes[0]?.message ?? "", /^The rule probe failed here \(TypeError\)/);
    assert.throws(() => lintProject({ ...request, token: { isCancellationRequested: true } }), Cancelled);
  });

  it("keeps a suppressed finding with its reason", async () => {
    const files = {
      ...PROJECT,
      "shop/settings/test.py": "from .base import *  # django-settings-lint: ignore[probe] -- known\n",
    };
    const { findings, projects } = await lint([rule(atHead(), { audience: "test" })], files);
    assert.deepEqual(findings, []);
    const suppressed = projects.flatMap((project) => project.suppressed);
    assert.deepEqual(
      suppressed.map(({ finding, reason }) => [finding.rule, reason]),
      [["probe", "known"]],
    );
  });

  it("gives declared options, as configured or by default", async () => {
    const seen: unknown[] = [];
    const options = { limit: { type: "integer", default: 3, description: "" } } as const;
    const probe = rule((context) => void seen.push(context.option("limit")), { audience: "test", options });
    await lint([probe]);
    const pyproject = "[tool.django-settings-lint.rules]\nprobe = { limit = 5 }\n";
    await lint([probe], { ...PROJECT, "pyproject.toml": pyproject });
    assert.deepEqual(new Set(seen), new Set([3, 5]));
    await assert.rejects(lint([rule((context) => void context.option("limit"))]), /not declared/);
  });

  it("leaves out excluded files, and grades by override", async () => {
    const pyproject = `[tool.django-settings-lint]
exclude = ["staging.py"]
overrides = [{ roles = ["test"], rules = { probe = "hint" } }, { roles = ["development"], rules = { probe = "off" } }]
`;
    const { findings } = await lint([rule(atHead())], { ...PROJECT, "pyproject.toml": pyproject });
    assert.deepEqual(
      findings.map(({ module, severity }) => [module, severity]),
      [
        ["shop.settings.production", "error"],
        ["shop.settings.test", "hint"],
      ],
    );
  });

  it("gives rules about files no settings module", async () => {
    await assert.rejects(lint([rule(({ module }) => void module, { audience: "file" })]), /have no settings module/);
  });
});
