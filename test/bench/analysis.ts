import { Workspace } from "../../server/src/features/workspace";
import { rules } from "../../server/src/rules/index";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import { testParser } from "../harness/parser";
import { EDIT_KINDS, typedInto, type EditKind } from "./edits";
import { summary, type Measurement } from "./measurement";
import { largeProject } from "./settingsModule";

const ROOT = "/home/ann";
const BASE = `${ROOT}/shop/settings/base.py`;
const WARM_UP = 30;

/** What an analysis costs after an edit, by the lines of the module and by the number of rules. */
export async function measureAnalyses(edits: number): Promise<readonly Measurement[]> {
  const measured: Measurement[] = [];
  for (const kind of EDIT_KINDS) {
    const usual = `analysis, ${kind.name}, 1000 lines`;
    measured.push(summary(usual, await analysisTimes(kind, edits, 1000, rules.length)));
    for (const lines of [250, 4000])
      measured.push(
        summary(`analysis, ${kind.name}, ${lines} lines`, await analysisTimes(kind, edits, lines, rules.length), usual),
      );
    const half = Math.floor(rules.length / 2);
    measured.push(
      summary(`analysis, ${kind.name}, half of the rules`, await analysisTimes(kind, edits, 1000, half), usual),
    );
  }
  return measured;
}

async function analysisTimes(
  kind: EditKind,
  edits: number,
  lineCount: number,
  ruleCount: number,
): Promise<readonly number[]> {
  const project = largeProject(lineCount);
  const files = new MemoryFileSystem(project, ROOT);
  const workspace = new Workspace(ROOT, { files, parser: await testParser(), rules: rules.slice(0, ruleCount) });
  await workspace.analyse();
  let text = project["shop/settings/base.py"] ?? "";
  const lines = text.split("\n");
  const times: number[] = [];
  for (let n = 0; n < edits + WARM_UP; n++) {
    text = typedInto(text, kind.keystroke(lines, n));
    const started = performance.now();
    workspace.setOverlay(BASE, text);
    await workspace.analyse();
    if (n >= WARM_UP) times.push(performance.now() - started);
  }
  return times;
}
