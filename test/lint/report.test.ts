import assert from "node:assert/strict";
import { isTruthy } from "../../server/src/lint/effective";
import type { Finding } from "../../server/src/lint/finding";
import { defineRule, type Report, type Rule, type RuleContext, type RuleDeclaration } from "../../server/src/lint/rule";
import { defineSettingRule } from "../../server/src/rules/settingRule";
import { lintFiles, projectFiles } from "../harness/lintCase";

type Declared = RuleDeclaration<string, string>;

/** A rule that says of SHOP_OPEN what `check` finds out about it. */
function probe(
  check: (context: RuleContext<string, string>) => Report | undefined,
  more: Partial<Declared> = {},
): Rule {
  return defineRule<string, string>({
    id: "probe",
    category: "security",
    severity: "error",
    audience: "production",
    messages: {
      open: "{setting} is on in {module}, which runs in {environment}.",
      missing: "{setting} is on while {variables} {are} not set.",
    },
    fixes: { close: { safety: "manual", title: "Turn {setting} off in {module}" } },
    doc: "",
    check: (context) => {
      const report = check(context);
      if (report !== undefined) context.report(report);
    },
    ...more,
  });
}

const judged = (context: RuleContext<string, string>): Report | undefined => {
  const proof = context.setting("SHOP_OPEN").judge(isTruthy);
  return proof && { message: "open", proof };
};

async function findingOf(
  rule: Rule,
  source: string,
  { role = "production", files = {} }: { role?: string | undefined; files?: Readonly<Record<string, string>> } = {},
): Promise<Finding | undefined> {
  const all = new Map([["shop/settings.py", source], ...Object.entries(files)]);
  const roles = new Map(role === "" ? [] : [["shop/settings.py", role]]);
  const { findings } = await lintFiles(projectFiles(all, roles), [rule]);
  assert.ok(findings.length < 2);
  return findings[0];
}

const compose = (variable: string): Readonly<Record<string, string>> => ({
  "docker-compose.prod.yml": `services:\n  web:\n    image: shop\n    environment:\n      ${variable}\n`,
});
const READ = 'import os\nSHOP_OPEN = bool(os.environ.get("SHOP_OPEN", ""))\n';
const OPEN_BY_DEFAULT = 'import os\nSHOP_OPEN = bool(os.environ.get("SHOP_OPEN", "yes"))\n';

describe("a report with a proof", () => {
  it("stands where the value is written, about its setting, and fills what the context knows", async () => {
    const finding = await findingOf(
      probe((context) => ({ ...judged(context), fixes: [undefined, { id: "close" }] }) as Report),
      "X = 1\nSHOP_OPEN = True\n",
    );
    assert.equal(finding?.message, "SHOP_OPEN is on in shop.settings, which runs in production.");
    assert.equal(finding.setting, "SHOP_OPEN");
    assert.deepEqual(finding.site.range, { start: 6, end: 15 });
    assert.deepEqual(
      finding.fixes.map(({ title }) => title),
      ["Turn SHOP_OPEN off in shop.settings"],
    );
  });

  it("shows the way from where the value is written", async () => {
    const files = { "shop/base.py": "SHOP_OPEN = True\n" };
    const finding = await findingOf(probe(judged), "from .base import *\n", { files });
    assert.deepEqual(
      finding?.chain.map(({ text }) => text),
      ["SHOP_OPEN is set here, in shop.base.", "shop.settings imports it here.", "shop.settings is selected here."],
    );
  });
});

describe("a verdict over a setting", () => {
  it("names the deployment file that makes it so", async () => {
    const finding = await findingOf(probe(judged), READ, { files: compose("SHOP_OPEN: 'yes'") });
    assert.match(
      finding?.message ?? "",
      /runs in production\. This is because docker-compose\.prod\.yml:5 sets SHOP_OPEN\.$/,
    );
    assert.equal(finding?.severity, "error");
    const link = finding.chain.find(({ site }) => site.file.endsWith("docker-compose.prod.yml"));
    assert.equal(link?.text, "SHOP_OPEN is set here, for production.");
  });

  it("counts what production's deployment files say for a rule about every environment, too", async () => {
    const files = compose("SHOP_OPEN: 'yes'");
    const rule = probe(judged, { audience: "entry" });
    const finding = await findingOf(rule, READ, { files });
    assert.match(finding?.message ?? "", /docker-compose\.prod\.yml:5 sets SHOP_OPEN\.$/);
    assert.equal(await findingOf(rule, READ, { files, role: "development" }), undefined);
  });

  it("counts what happens while a variable is missing one grade lower, and says so", async () => {
    const finding = await findingOf(probe(judged), OPEN_BY_DEFAULT);
    assert.match(finding?.message ?? "", /runs in production\. This is so when SHOP_OPEN is not set\.$/);
    assert.equal(finding?.severity, "warning");
  });

  it("is not made of a missing variable that a deployment file sets", async () => {
    assert.equal(await findingOf(probe(judged), OPEN_BY_DEFAULT, { files: compose("SHOP_OPEN: ''") }), undefined);
    assert.equal(await findingOf(probe(judged), OPEN_BY_DEFAULT, { files: compose("SHOP_OPEN: ${OPEN}") }), undefined);
  });

  it("is none where the environment leaves it open", async () => {
    assert.equal(await findingOf(probe(judged), READ), undefined);
  });

  it("keeps the severity of a message that names the missing variables itself", async () => {
    const rule = probe(({ setting }) => {
      const proof = setting("SHOP_OPEN").whenMissing(isTruthy);
      return proof && { message: "missing", proof };
    });
    const finding = await findingOf(rule, OPEN_BY_DEFAULT);
    assert.equal(finding?.message, "SHOP_OPEN is on while SHOP_OPEN is not set.");
    assert.equal(finding.severity, "error");
  });
});

describe("a message", () => {
  it("does not claim that a module runs in production where nobody knows", async () => {
    const told = async (role: string) => (await findingOf(probe(judged), "SHOP_OPEN = True\n", { role }))?.message;
    assert.equal(await told("production"), "SHOP_OPEN is on in shop.settings, which runs in production.");
    assert.equal(await told(""), "SHOP_OPEN is on in shop.settings, if it is deployed.");
  });

  it("names only the variables that decide the setting", async () => {
    const source =
      'import os\nREGION = os.environ.get("REGION", "eu")\nSHOP_OPEN = bool(os.environ.get("OPEN", "yes")) or REGION == "us"\n';
    const finding = await findingOf(probe(judged), source);
    assert.match(finding?.message ?? "", /This is so when OPEN is not set\.$/);
  });

  it("blames no variable without which DEBUG would be on", async () => {
    const source = 'import os\nDEBUG = bool(os.environ.get("DEBUG", "yes"))\nSHOP_OPEN = DEBUG\n';
    assert.equal(await findingOf(probe(judged), source), undefined);
  });
});

describe("the severity of a rule", () => {
  const rule = probe(judged, { severityIfAssumed: "info" });

  it("is another one where production is a guess and DEBUG is on", async () => {
    assert.equal((await findingOf(rule, "SHOP_OPEN = DEBUG = True\n", { role: "" }))?.severity, "info");
    assert.equal((await findingOf(rule, "SHOP_OPEN = True\n", { role: "" }))?.severity, "error");
    assert.equal((await findingOf(rule, "SHOP_OPEN = DEBUG = True\n"))?.severity, "error");
  });

  it("is lowered for what a missing variable leaves, also where a report gives it", async () => {
    const graver = probe((context) => {
      const report = judged(context);
      return report && { ...report, severity: "warning" };
    });
    assert.equal((await findingOf(graver, "SHOP_OPEN = True\n"))?.severity, "warning");
    assert.equal((await findingOf(graver, OPEN_BY_DEFAULT))?.severity, "info");
  });

  it("gives way to that of a report", async () => {
    const own = probe((context) => ({ ...judged(context), severity: "hint" }) as Report, { severityIfAssumed: "info" });
    assert.equal((await findingOf(own, "SHOP_OPEN = DEBUG = True\n", { role: "" }))?.severity, "hint");
  });
});

describe("the outcomes of a setting", () => {
  it("are a proof each", async () => {
    const seen: string[] = [];
    const rule = probe(({ setting }) => {
      for (const { value, when } of setting("SHOP_OPEN").proofs()) seen.push(`${value.kind} ${when}`);
      return undefined;
    });
    await findingOf(rule, 'import os\nSHOP_OPEN = 1\nif os.environ.get("X"):\n    SHOP_OPEN = "yes"\n');
    assert.deepEqual(seen.toSorted(), ["int unless X", "str if X"]);
  });
});

describe("a rule about one bad value", () => {
  const rule = defineSettingRule({
    ...{ id: "probe", category: "security", severity: "error", audience: "production", doc: "" },
    setting: "SHOP_LOCKED",
    messages: { off: "{setting} is off.", unset: "{setting} is not set." },
    fixes: {
      lock: { safety: "unsafe", set: "True" },
      remove: {
        safety: "safe",
        title: "Remove {setting}",
        remove: true,
        when: ({ module }) => module.name === "shop.lock",
      },
    },
  });
  const told = async (source: string, file = "shop/settings.py"): Promise<readonly unknown[]> => {
    const files = new Map([[file, source]]);
    const { findings } = await lintFiles(projectFiles(files, new Map([[file, "production"]])), [rule]);
    return findings.map(({ messageId, severity, fixes }) => [messageId, severity, fixes.map(({ title }) => title)]);
  };

  it("tells a value that is written from one that is not", async () => {
    const set = "Set SHOP_LOCKED = True in shop.settings";
    assert.deepEqual(await told("SHOP_LOCKED = 0\n"), [["off", "error", [set]]]);
    assert.deepEqual(await told("DEBUG = False\n"), [["unset", "error", [set]]]);
    assert.deepEqual(await told("SHOP_LOCKED = 1\n"), []);
  });

  it("offers nothing else where the assignment can be removed", async () => {
    assert.deepEqual(await told("SHOP_LOCKED = 0\n", "shop/lock.py"), [["off", "error", ["Remove SHOP_LOCKED"]]]);
  });

  it("leaves a read of the environment as it is", async () => {
    const read = 'import os\nSHOP_LOCKED = os.environ.get("SHOP_LOCKED", "") == "yes"\n';
    assert.deepEqual(await told(read), [["off", "warning", []]]);
  });
});
