import assert from "node:assert/strict";
import { Workspace } from "../../server/src/features/workspace";
import type { RuleContext } from "../../server/src/lint/rule";
import { rules } from "../../server/src/rules/index";
import { EDIT_KINDS, typedInto, type EditKind } from "../bench/edits";
import { largeProject } from "../bench/settingsModule";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import { testParser } from "../harness/parser";

const ROOT = "/home/ann";
const BASE = `${ROOT}/shop/settings/base.py`;

/** The most rules of all that may run again after a keystroke of each kind of edit. */
const MOST: Readonly<Record<string, number>> = {
  "inside a comment": 0,
  "a value at 60 %": 14,
  "a new line at the top": 0,
};

/** How often rules run in one analysis after another, each a keystroke after the one before. */
async function runsOf(kind: EditKind, keystrokes: number): Promise<readonly string[][]> {
  let ran: string[] = [];
  const heard = rules.map((rule) => ({
    ...rule,
    check(context: RuleContext<string, string>) {
      ran.push(rule.id);
      rule.check(context);
    },
  }));
  const project = largeProject(250);
  const files = new MemoryFileSystem(project, ROOT);
  const workspace = new Workspace(ROOT, { files, parser: await testParser(), rules: heard });
  await workspace.analyse();
  let text = project["shop/settings/base.py"] ?? "";
  const lines = text.split("\n");
  const runs: string[][] = [];
  for (let n = 0; n < keystrokes; n++) {
    ran = [];
    text = typedInto(text, kind.keystroke(lines, n));
    workspace.setOverlay(BASE, text);
    await workspace.analyse();
    runs.push(ran);
  }
  return runs;
}

describe("features: how many rules an edit runs again", () => {
  for (const kind of EDIT_KINDS)
    it(`runs few of them after a keystroke: ${kind.name}`, async () => {
      const most = MOST[kind.name] ?? 0;
      for (const ran of (await runsOf(kind, 4)).slice(1))
        assert.ok(ran.length <= most, `${ran.length} of ${rules.length} rules ran: ${ran.join(", ")}`);
    });
});
