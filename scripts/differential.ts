/**
 * Plays random editing sessions over invented workspaces and compares, after every edit, the analysis that remembers with a
 * fresh one of the same texts. Prints the first difference of each session with all that led to it.
 *
 *     npm run differential -- --rounds 200 --edits 50
 *     npm run differential -- --seed 117 --rounds 1 --show    one session again, with its history
 */
import { parseArgs } from "node:util";
import { testParser } from "../test/harness/parser";
import { playSession, type Difference } from "../test/differential/session";

const { values: options } = parseArgs({
  options: {
    seed: { type: "string", default: "1000" },
    rounds: { type: "string", default: "20" },
    edits: { type: "string", default: "50" },
    show: { type: "boolean", default: false },
  },
});

/** The lines in which two texts differ, some before and after them. */
function differing(remembered: string, fresh: string): string {
  const [ours, theirs] = [remembered.split("\n"), fresh.split("\n")];
  let from = 0;
  while (from < ours.length && ours[from] === theirs[from]) from++;
  const part = (lines: readonly string[]): string => lines.slice(Math.max(0, from - 6), from + 6).join("\n");
  return `remembered:\n${part(ours)}\nfresh:\n${part(theirs)}`;
}

function report({ seed, edit, what, remembered, fresh, history }: Difference): void {
  console.log(`session ${seed} differs after edit ${edit} in: ${what}`);
  console.log(differing(remembered, fresh));
  console.log((options.show ? history : history.slice(-3)).join("\n"));
}

async function main(): Promise<void> {
  const parser = await testParser();
  const [first, rounds, edits] = [Number(options.seed), Number(options.rounds), Number(options.edits)];
  let failed = 0;
  for (let seed = first; seed < first + rounds; seed++) {
    const difference = await playSession(parser, seed, edits);
    if (difference === undefined) continue;
    failed += 1;
    report(difference);
  }
  console.log(`${rounds} sessions of ${edits} edits from seed ${first}: ${failed} differ`);
  process.exitCode = failed === 0 ? 0 : 1;
}

void main();
