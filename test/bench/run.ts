import { join } from "node:path";
import { printBudget } from "./budget";
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
  printBudget();
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
