import assert from "node:assert/strict";
import { PLAIN } from "../../server/src/cli/style";
import { unifiedDiff } from "../../server/src/cli/unifiedDiff";

describe("a unified diff", () => {
  const diff = (before: string | undefined, after: string): readonly string[] =>
    unifiedDiff({ name: "a.py", before, after }, PLAIN).split("\n");

  it("is empty for equal texts", () => {
    assert.deepEqual(diff("a\n", "a\n"), [""]);
  });

  it("shows three lines around a change", () => {
    const lines = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    const before = `${lines.join("\n")}\n`;
    assert.deepEqual(diff(before, before.replace("5", "five")), [
      "--- a/a.py",
      "+++ b/a.py",
      "@@ -2,7 +2,7 @@",
      ...[" 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8"],
      "",
    ]);
  });

  it("makes two hunks of changes that are far apart, and one of near ones", () => {
    const text = Array.from({ length: 30 }, (_, line) => `${line}\n`).join("");
    const far = diff(text, text.replace("2\n", "two\n").replace("25\n", "x\n"));
    assert.equal(far.filter((line) => line.startsWith("@@")).length, 2);
    const near = diff(text, text.replace("2\n", "two\n").replace("\n8\n", "\neight\n"));
    assert.equal(near.filter((line) => line.startsWith("@@")).length, 1);
  });

  it("knows new files, empty ones and missing line breaks", () => {
    assert.deepEqual(diff(undefined, "a\n"), ["--- /dev/null", "+++ b/a.py", "@@ -0,0 +1,1 @@", "+a", ""]);
    assert.deepEqual(diff("a", "a\n"), [
      "--- a/a.py",
      "+++ b/a.py",
      "@@ -1,1 +1,1 @@",
      "-a",
      "\\ No newline at end of file",
      "+a",
      "",
    ]);
  });
});
