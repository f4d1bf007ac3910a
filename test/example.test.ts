import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import planted from "./example.expected.json";

const root = join(__dirname, "..");
const example = join(root, "example");

interface Reported {
  readonly rule: string;
  readonly file: string;
  readonly range: { readonly start: { readonly line: number } };
}

/** Runs the built command line (`npm run build`) as a person in the project's folder would. */
function check(): { readonly status: number | null; readonly findings: readonly Reported[] } {
  const cli = join(root, "dist", "cli.js");
  const result = spawnSync(process.execPath, [cli, "check", ".", "--format", "json"], {
    cwd: example,
    encoding: "utf8",
  });
  assert.equal(result.stderr, "");
  const report: { findings: readonly Reported[] } = JSON.parse(result.stdout);
  return { status: result.status, findings: report.findings };
}

describe("the bundled example", function () {
  this.timeout(60_000);

  it("has the planted mistakes, all of them and no others", () => {
    const { status, findings } = check();
    const found = findings.map(({ rule, file, range }) => `${file}:${range.start.line} ${rule}`);
    const expected = planted.map(({ rule, file, line }) => `${file}:${line} ${rule}`);
    assert.deepEqual(found.toSorted(), expected.toSorted());
    assert.equal(status, 1);
  });
});
