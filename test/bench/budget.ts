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
export function measureBudget(): readonly (Cost & { readonly name: string })[] {
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

if (require.main === module) void costOf(Number(process.argv[2])).then((cost) => console.log(JSON.stringify(cost)));
