import { join } from "node:path";
import { measureBudget } from "./budget";
import { measureCheck } from "./check";
import { measureKeystrokes, measureStart, type Measurement } from "./keystroke";
import { measureParts } from "./parts";
import { measureSyntaxStart } from "./syntaxStart";

// Prints how long things take on this machine: npm run bench [-- PROJECT]. Needs the bundles of npm run build. PROJECT is the
// folder that the command line is measured with, else the example.

async function main(): Promise<void> {
  const project = process.argv[2] ?? join(__dirname, "..", "..", "example");
  const measurements = [
    ...measureCheck(project, 10),
    ...(await measureStart(10)),
    ...(await measureKeystrokes(200)),
    ...(await measureParts(100)),
    ...measureSyntaxStart(10),
  ];
  print(measurements);
  printBudget(measureBudget());
}

/** What evaluating a hostile module may take; a loaded machine may take five times as long. */
const MOST_MILLISECONDS = 1000;
const MOST_MEGABYTES = 300;

function printBudget(rows: ReturnType<typeof measureBudget>): void {
  console.log(`\nevaluating hostile modules: at most ${MOST_MILLISECONDS} ms CPU and ${MOST_MEGABYTES} MB each`);
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, cpuMilliseconds, megabytes } of rows) {
    const isOver = cpuMilliseconds > 5 * MOST_MILLISECONDS || megabytes > MOST_MEGABYTES;
    if (isOver) process.exitCode = 1;
    const cells = [`${cpuMilliseconds.toFixed(0)} ms`, `${megabytes.toFixed(0)} MB`].map((cell) => cell.padStart(10));
    console.log([name.padEnd(width), ...cells, ...(isOver ? ["too much"] : [])].join("  "));
  }
}

function print(measurements: readonly Measurement[]): void {
  const width = Math.max(...measurements.map(({ name }) => name.length));
  const row = (name: string, ...cells: readonly string[]): string =>
    [name.padEnd(width), ...cells.map((cell) => cell.padStart(10))].join("  ");
  console.log(row("", "runs", "median", "p99"));
  for (const { name, runs, median, p99 } of measurements)
    console.log(row(name, `${runs}`, `${median.toFixed(1)} ms`, `${p99.toFixed(1)} ms`));
}

void main();
