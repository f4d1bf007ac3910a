import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Rule } from "../server/src/lint/rule";
import { readCases } from "./harness/cases";
import { checkCase, VARIANTS } from "./harness/checkCase";
import { readDocExamples } from "./harness/docExamples";
import { lintFiles, projectFiles } from "./harness/lintCase";

const root = join(__dirname, "..");

interface NewRule {
  readonly scaffold: (
    root: string,
    name?: string,
  ) => { readonly files: readonly string[] } | { readonly problem: string };
}

describe("npm run new-rule", () => {
  let copy: string;
  let scaffold: NewRule["scaffold"];

  before(async function () {
    this.timeout(30_000);
    ({ scaffold } = (await import(pathToFileURL(join(root, "scripts/newRule.mjs")).href)) as NewRule);
    copy = mkdtempSync(join(tmpdir(), "new-rule-"));
    cpSync(join(root, "server/src"), join(copy, "server/src"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  });

  after(() => rmSync(copy, { recursive: true, force: true }));

  const made = (name: string): readonly string[] => {
    const result = scaffold(copy, name);
    assert.ok("files" in result, JSON.stringify(result));
    return result.files;
  };
  const read = (path: string): string => readFileSync(join(copy, path), "utf8");
  const load = (path: string): Readonly<Record<string, Rule>> => require(join(copy, path)) as Record<string, Rule>;

  it("writes a rule, its page and its cases, and lists it among those of its category", () => {
    assert.deepEqual(made("security/shop-gate-open"), [
      "server/src/rules/security/shop-gate-open.ts",
      "server/src/rules/security/shop-gate-open.md",
      "test/rules/security/shop-gate-open.md",
      "server/src/rules/index.ts",
    ]);
    const index = read("server/src/rules/index.ts");
    const imports = [...index.matchAll(/^import .* from "\.\/(.+\/.+)";$/gm)].map(([, path]) => path);
    assert.ok(imports.includes("security/shop-gate-open"));
    assert.deepEqual(imports, imports.toSorted());
    assert.match(index, / {2}shopGateOpen,\n {2}\/\/ performance/);
  });

  it("lists the first rule of a category, too", () => {
    const index = "server/src/rules/index.ts";
    const without = read(index).replace(/( {2}\/\/ deployment\n)(?: {2}\w+,\n)+/, "$1");
    writeFileSync(join(copy, index), without);
    made("deployment/shop-gate-missing");
    assert.match(read(index), / {2}\/\/ deployment\n {2}shopGateMissing,\n {2}\/\/ third-party/);
  });

  it("leaves a rule of which cases and page hold", async function () {
    this.timeout(30_000);
    const [source = "", page = "", cases = ""] = made("correctness/shop-gate-stuck");
    const rule = load(source)["shopGateStuck"];
    assert.ok(rule);
    for (const one of readCases(read(cases))) for (const variant of VARIANTS) await checkCase(one, [rule], variant);
    for (const { files, roles, section } of readDocExamples(read(page))) {
      const { findings } = await lintFiles(projectFiles(files, roles), [rule]);
      assert.equal(findings.length, section === "Wrong" ? 1 : 0);
    }
  });

  it("writes nothing over a rule that there is, and says how to name one", () => {
    const before = read("server/src/rules/index.ts");
    const problems = [
      "security/debug-enabled",
      "performance/debug-enabled",
      "security/Debug_On",
      "safety/debug",
      "debug",
    ];
    const texts = [...problems, undefined].map((name) => {
      const result = scaffold(copy, name);
      return "problem" in result ? result.problem : "none";
    });
    assert.match(
      texts[0] ?? "",
      /^There is a rule debug-enabled already: server\/src\/rules\/security\/debug-enabled\.ts\.$/,
    );
    assert.match(texts[1] ?? "", /already/);
    assert.match(texts[2] ?? "", /"Debug_On" is no id/);
    assert.match(texts[3] ?? "", /There is no category "safety"\. Use one of security, performance/);
    for (const text of texts.slice(4)) assert.match(text, /npm run new-rule security\/some-setting-disabled/);
    assert.equal(read("server/src/rules/index.ts"), before);
  });
});
