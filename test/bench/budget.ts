import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { evaluate } from "../../server/src/python/evaluate";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";
import { BUDGET_CASES } from "../python/budgetCases";

/** What the evaluation of a hostile module, and telling all outcomes, takes. */
interface Cost {
  readonly cpuMilliseconds: number;
  /** By how much the process grew. */
  readonly megabytes: number;
}

/** Each case of the budget's table, evaluated in a process of its own. Throws where one fails or takes longer than a minute. */
function measureBudget(): readonly (Cost & { readonly name: string })[] {
  const register = join(__dirname, "..", "harness", "register.cjs");
  return BUDGET_CASES.map(({ name }, index) => {
    const args = ["--require", register, __filename, String(index)];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 60_000 });
    if (status !== 0) throw new Error(`${name}: ${stderr.slice(0, 500)}`);
    return { name, ...(JSON.parse(stdout) as Cost) };
  });
}

async function costOf(index: number): Promise<Cost> {
  const found = BUDGET_CASES[index];
  if (found === undefined) throw new Error("there is no such case");
  const host = memoryHost(await testParser(), "/project", found.files);
  const before = process.resourceUsage().maxRSS;
  const started = process.cpuUsage();
  const evaluation = evaluate(host, "/project/settings.py");
  for (const name of evaluation.names) evaluation.outcomes(name);
  const { user, system } = process.cpuUsage(started);
  return {
    cpuMilliseconds: (user + system) / 1000,
    megabytes: (process.resourceUsage().maxRSS - before) / 1024,
  };
}

/** What evaluating a hostile module may take; a loaded machine may take five times as long. */
const MOST_MILLISECONDS = 1000;
const MOST_MEGABYTES = 300;

/** Prints what each case takes, and lets the process end with 1 where one takes too much. */
export function printBudget(): void {
  const rows = measureBudget();
  console.log(`\nevaluating hostile modules: at most ${MOST_MILLISECONDS} ms CPU and ${MOST_MEGABYTES} MB each`);
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, cpuMilliseconds, megabytes } of rows) {
    const isOver = cpuMilliseconds > 5 * MOST_MILLISECONDS || megabytes > MOST_MEGABYTES;
    if (isOver) process.exitCode = 1;
    const cells = [`${cpuMilliseconds.toFixed(0)} ms`, `${megabytes.toFixed(0)} MB`].map((cell) => cell.padStart(10));
    console.log([name.padEnd(width), ...cells, ...(isOver ? ["too much"] : [])].join("  "));
  }
}

// With a case's number this is the process that measures it, without one the command that prints the table.
const [, , index] = process.argv;
if (require.main === module) {
  if (index === undefined) printBudget();
  else void costOf(Number(index)).then((cost) => console.log(JSON.stringify(cost)));
}
